"""The pure part: names of indicators, the fit table, words and phrases, the score."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.world import BRIEF, indicator
from yinxian.matching.engine.explain import carried_by
from yinxian.matching.engine.fit import Table, fit_table
from yinxian.matching.engine.names import LIKELY, SURE, similarity
from yinxian.matching.engine.score import Offer, text_points, weigh
from yinxian.matching.engine.terms import plan, wishes
from yinxian.matching.engine.wanted import Wanted, from_brief

TODAY = dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("寿命", "使用寿命"),
        ("一氧化碳浓度", "CO 排放浓度"),
        ("压降", "流阻"),
        ("去除率", "脱除率"),
        ("响应时间", "response time"),
        ("起燃温度", "启动温度"),
        ("温度", "工作温度"),
        ("等效寿命", "使用寿命"),
    ],
)
def test_names_of_the_same_thing_are_alike(one: str, other: str) -> None:
    assert similarity(one, other) >= SURE
    assert similarity(other, one) == similarity(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("入口浓度", "出口浓度"),
        ("一氧化碳浓度", "NOx 浓度"),
        ("COD 去除率", "氨氮去除率"),
        ("最高温度", "最低温度"),
        ("硫化氢含量", "硫含量"),
        ("起燃温度", "供汽温度"),
        ("定位精度", "测量精度"),
        ("系统效率", "分离效率"),
        ("重复定位精度", "定位精度"),
        ("寿命", "压降"),
        ("", "寿命"),
        ("厚度", ""),
    ],
)
def test_names_of_different_things_are_not(one: str, other: str) -> None:
    assert similarity(one, other) < LIKELY


def verdicts(asked: list[dict[str, Any]], offered: list[dict[str, Any]]) -> list[str]:
    return [row.verdict for row in fit_table(asked, offered).rows]


def test_each_figure_is_used_once_and_for_the_name_nearest_to_it() -> None:
    asked = [indicator("抗拉强度", ">=", "500", "MPa"), indicator("抗压强度", ">=", "900", "MPa")]
    offered = [indicator("抗压强度", "=", "1", "GPa"), indicator("抗拉强度", "=", "450", "MPa")]
    assert verdicts(asked, offered) == ["fail", "met"]
    assert verdicts([*asked, indicator("抗压强度", ">=", "1", "MPa")], offered).count("unknown") == 1


def test_units_that_cannot_be_compared_are_never_paired() -> None:
    assert verdicts([indicator("寿命", ">=", "5", "年")], [indicator("寿命", ">=", "3000", "次")]) == ["unknown"]
    assert verdicts([indicator("温度", "<=", "300", "℃")], [indicator("温度", "=", "573.15", "K")]) == ["met"]
    assert verdicts([indicator("纯度", ">=", "99", "%")], []) == ["unknown"]


def test_a_figure_without_a_name_is_not_guessed() -> None:
    assert verdicts([indicator("", ">=", "5", "年")], [indicator("寿命", ">=", "9", "年")]) == ["unknown"]


def planned(wanted: Wanted, holding: dict[str, int], total: int) -> Any:
    return plan(wishes(wanted), holding, total)


def test_common_words_and_figures_are_not_asked_for() -> None:
    wanted = Wanted(segments=(("热水器烟道里的一氧化碳低温催化消除技术 50 ppm", 1.0),))
    terms = wishes(wanted).weights
    assert "50" not in terms
    holding = dict.fromkeys(terms, 3) | {"技术": 90_000}
    assert "技术" not in planned(wanted, holding, 100_000).weights


def test_a_word_counts_once_however_often_it_is_said() -> None:
    once, often = (planned(Wanted(segments=((text, 1.0),)), {"催化": 5}, 100) for text in ("催化", "催化，催化，催化"))
    assert once.weights == often.weights


def test_a_part_of_a_longer_word_is_no_word_of_its_own() -> None:
    asked = wishes(Wanted(segments=(("一氧化碳", 1.0),)))
    assert "一氧化碳" in asked.whole
    assert "氧化碳" not in asked.whole
    assert "氧化" in wishes(Wanted(segments=(("一氧化碳要氧化掉", 1.0),))).whole


def test_phrases_are_whole_words_of_both_texts() -> None:
    wanted = from_brief(BRIEF)
    terms = wishes(wanted)
    chosen = plan(terms, dict.fromkeys(terms.weights, 5), 1000)
    found = carried_by(chosen, wanted.text, "本品可在烟道消除一氧化碳；COD 不变，coating 也不变")
    assert "一氧化碳" in [one.phrase for one in found]
    assert not any("co" in one.phrase for one in found)
    assert carried_by(chosen, wanted.text, "毫不相干") == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_explained(need: str, result: str) -> None:
    wanted = Wanted(segments=((need, 1.0),))
    terms = wishes(wanted)
    chosen = plan(terms, dict.fromkeys(terms.weights, 1), 50)
    found = carried_by(chosen, need, result)
    assert sum(one.share for one in found) <= 1.0001
    assert chosen.norm >= 0


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(0, 10**15), st.integers(0, 10**15), st.integers(1, 9))
def test_scores_stay_between_0_and_100(relevance: float, norm: float, budget: int, price: int, trl: int) -> None:
    wanted = Wanted(fields=(("07", 1.0),), modes=("licence",), budget_fen=budget, months=3)
    offer = Offer(field="01", modes=("assignment",), price_low_fen=price, trl=trl, fresh_until=TODAY)
    assert 0 <= weigh(wanted, offer, Table(), relevance, norm, TODAY).score <= 100


def test_more_relevance_never_earns_less() -> None:
    points = [text_points(step / 10, 2.0) for step in range(100)]
    assert points == sorted(points)
    assert text_points(5, 0) == 0


def test_what_is_not_known_adds_nothing_and_says_nothing() -> None:
    signals = weigh(Wanted(), Offer(), Table(), 1.0, 1.0, TODAY)
    assert set(signals.points) == {"text"}
    assert not signals.said


HOLES: list[dict[str, Any]] = [
    {},
    {"budget": None, "field": None, "indicators": None, "deadline": "gestern"},
    {"title": ["x"], "budget": {"high_fen": "viel"}, "field": ["07"], "keywords": [1, "a"]},
]


@pytest.mark.parametrize("content", HOLES)
def test_a_brief_with_holes_is_read_as_far_as_it_goes(content: dict[str, Any]) -> None:
    wanted = from_brief(content)
    assert wanted.budget_fen is None
    assert wanted.deadline is None
    wishes(wanted)
