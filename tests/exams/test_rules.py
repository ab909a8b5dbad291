"""Keys, answers, scores, papers and statistics, without a database."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.exams.rules.answers import checked_answer
from yinxian.exams.rules.drawing import Candidate, checked_rows, draw, wants
from yinxian.exams.rules.exchange import COLUMNS, from_row, to_row
from yinxian.exams.rules.keys import checked_question
from yinxian.exams.rules.scoring import final, score, too_far_apart
from yinxian.exams.rules.statistics import FEW, Taken, correlation, histogram, item_statistics
from yinxian.exams.starter import starter
from yinxian.kernel.errors import Conflict, Invalid

ROW = {"module": "policy", "kind": "single", "difficulty": 0, "count": 2, "points": 5}


def number_key(value: str, unit: str, tolerance: str = "0") -> dict[str, str]:
    return {"value": value, "unit": unit, "tolerance": tolerance}


def said(value: str, unit: str) -> dict[str, str]:
    return {"value": value, "unit": unit}


@pytest.mark.parametrize(
    ("key", "answer", "right"),
    [
        (number_key("0.005", "%"), said("50", "ppm"), True),
        (number_key("50", "ppm"), said("0.005", "%"), True),
        (number_key("50", "ppm"), said("0.5", "%"), False),
        (number_key("37.5", "万元"), said("375000", "元"), True),
        (number_key("76800", "元"), said("7.68", "万元"), True),
        (number_key("76800", "元"), said("76.8", "万元"), False),
        (number_key("15", "天"), said("15", "days"), True),
        (number_key("72410", "人", "10"), said("72400", "名"), True),
        (number_key("15", "天"), said("360", "h"), True),
        (number_key("10", "mm", "0.5"), said("1.05", "cm"), True),
        (number_key("10", "mm", "0.5"), said("1.06", "cm"), False),
        (number_key("150", "℃"), said("423.15", "K"), True),
        (number_key("10", "mm"), said("10", ""), False),
        (number_key("10", "mm"), said("10", "kg"), False),
    ],
)
def test_a_number_is_compared_in_any_unit_of_its_kind(key: dict[str, str], answer: dict[str, str], right: bool) -> None:
    hundredths, lines = score("number", key, answer, 4)
    assert hundredths == (400 if right else 0)
    assert lines[0]["of"] == 400 and lines[0]["hundredths"] == hundredths


def test_several_gives_part_for_part_and_nothing_with_a_wrong_one() -> None:
    key = {"right": ["a", "c", "d"]}
    assert score("several", key, {"chosen": ["a", "c", "d"]}, 3)[0] == 300
    assert score("several", key, {"chosen": ["a"]}, 3)[0] == 100
    assert score("several", key, {"chosen": ["a", "b", "c", "d"]}, 3)[0] == 0
    assert score("several", key, {}, 3) == (0, [{"what": "blank", "key": "", "said": "", "hundredths": 0, "of": 300}])


CASE: dict[str, Any] = {
    "indicators": [
        {"name": "CO", "op": "<=", "low": None, "high": "50", "unit": "ppm", "quote": ""},
        {"name": "寿命", "op": ">=", "low": "8000", "high": None, "unit": "h", "quote": ""},
    ],
    "field": "06",
    "field_also": ["05"],
    "budget": {"low_fen": 60_000_000, "high_fen": 80_000_000},
    "duration_months": 10,
    "weights": {"indicators": 60, "field": 10, "budget": 15, "duration": 15},
}


def brief(**change: Any) -> dict[str, Any]:
    names = ("indicators", "field", "budget", "duration_months")
    return {name: CASE[name] for name in names} | change


def test_a_case_is_scored_line_by_line() -> None:
    assert score("case", CASE, brief(), 20)[0] == 2000
    assert score("case", CASE, brief(field="05"), 20)[0] == 2000, "a field that is also accepted"
    assert score("case", CASE, brief(field="09"), 20)[0] == 1800
    assert score("case", CASE, brief(budget=None), 20)[0] == 1700
    assert score("case", CASE, brief(duration_months=12), 20)[0] == 1700
    other = {**CASE["indicators"][0], "high": "0.005", "unit": "%", "name": "一氧化碳"}
    assert score("case", CASE, brief(indicators=[CASE["indicators"][1], other]), 20)[0] == 2000, "unit, order"
    wrong_way = {**CASE["indicators"][0], "op": ">=", "low": "50", "high": None}
    assert score("case", CASE, brief(indicators=[wrong_way, CASE["indicators"][1]]), 20)[0] == 1400
    extra = {"name": "重量", "op": "<=", "low": None, "high": "3", "unit": "kg", "quote": ""}
    hundredths, lines = score("case", CASE, brief(indicators=[*CASE["indicators"], extra]), 20)
    assert hundredths == 1600 and [line["what"] for line in lines].count("extra") == 1, "an invented line costs"
    assert sum(line["of"] for line in lines) == 2000


def test_a_budget_that_the_text_does_not_give_is_not_to_be_invented() -> None:
    key = CASE | {"budget": None}
    assert score("case", key, brief(budget=None), 20)[0] == 2000
    assert score("case", key, brief(), 20)[0] == 1700


BAD_KEYS: list[tuple[str, Any, str]] = [
    ("single", {}, "exams.question_no_right"),
    ("single", {"right": []}, "exams.question_no_right"),
    ("single", {"right": ["a", "b"]}, "exams.question_one_right"),
    ("single", {"right": ["z"]}, "exams.question_right_unknown"),
    ("several", {"right": ["a", "z"]}, "exams.question_right_unknown"),
    ("truth", {"right": ["maybe"]}, "exams.question_right_unknown"),
    ("number", {"value": "10" * 300, "unit": "mm"}, "exams.question_number"),
    ("number", {"value": "1e400", "unit": "mm"}, "exams.question_number"),
    ("number", {"value": "nan", "unit": "mm"}, "exams.question_number"),
    ("number", {"value": "1", "unit": "mm", "tolerance": "-1"}, "exams.question_number"),
    ("number", {"value": "1", "unit": "m" * 30}, "exams.text_too_long"),
    ("short", {}, "exams.question_guide"),
    ("case", {"indicators": []}, "exams.question_no_right"),
    ("case", {**CASE, "weights": {"indicators": 50}}, "exams.question_weights"),
    ("case", {**CASE, "weights": {**CASE["weights"], "field": 11}}, "exams.question_weights"),
    ("case", {**CASE, "field": "99"}, "exams.case_field"),
    ("case", {**CASE, "budget": {"low_fen": 10**400, "high_fen": 1}}, "exams.case_budget"),
    ("case", {**CASE, "duration_months": 10**400}, "exams.case_months"),
    ("case", {**CASE, "indicators": [{}] * 31}, "kernel.too_many"),
]


@pytest.mark.parametrize(("kind", "key", "code"), BAD_KEYS)
def test_a_question_that_cannot_be_graded_is_refused(kind: str, key: Any, code: str) -> None:
    options = [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}] if kind in ("single", "several") else []
    with pytest.raises(Invalid) as caught:
        checked_question(kind, {"text": "题", "options": options, "key": key})
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": ""}, "exams.question_text"),
        ({"text": "长" * 7_000}, "exams.text_too_long"),
        ({"text": 5}, "exams.text_too_long"),
        ({"difficulty": 9}, "exams.question_difficulty"),
        ({"difficulty": True}, "exams.question_difficulty"),
        ({"tags": ["x"] * 11}, "exams.question_tags"),
        ({"options": [{"text": "甲"}]}, "exams.question_options"),
        ({"options": [{"text": "甲"}, {"text": "甲"}]}, "exams.question_options_same"),
        ({"options": [{"id": "a", "text": "甲"}, {"id": "a", "text": "乙"}]}, "exams.question_options"),
        ({"options": "<script>"}, "exams.question_options"),
    ],
)
def test_bad_questions_are_refused(change: dict[str, Any], code: str) -> None:
    good = {"text": "题", "options": [{"text": "甲"}, {"text": "乙"}], "key": {"right": ["a"]}}
    assert checked_question("single", good)["options"][1]["id"] == "b"
    with pytest.raises(Invalid) as caught:
        checked_question("single", good | change)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("single", {"chosen": ["z"]}, "exams.answer_option"),
        ("single", {"chosen": ["a", "b"]}, "exams.answer_one_option"),
        ("several", {"chosen": [["a"]]}, "exams.answer_option"),
        ("single", {"chosen": "a"}, "exams.answer_option"),
        ("single", "a", "exams.answer_shape"),
        ("number", {"value": "五十", "unit": "ppm"}, "exams.answer_number"),
        ("number", {"value": "9" * 400, "unit": "ppm"}, "exams.answer_number"),
        ("number", {"value": "1e400", "unit": ""}, "exams.answer_number"),
        ("number", {"value": 10**400, "unit": ""}, "exams.answer_number"),
        ("number", {"value": "inf", "unit": ""}, "exams.answer_number"),
        ("number", {"value": ["1"], "unit": ""}, "exams.answer_number"),
        ("number", {"value": "1", "unit": {"a": 1}}, "exams.text_too_long"),
        ("short", {"text": "字" * 5_000}, "exams.text_too_long"),
        ("case", {"indicators": [7]}, "market.brief_indicator_figure"),
        ("case", {"budget": {"low_fen": "x"}}, "exams.case_budget"),
        ("case", {"duration_months": -1}, "exams.case_months"),
    ],
)
def test_nonsense_is_no_answer(kind: str, given: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        checked_answer(kind, given, order=["b", "a"])
    assert caught.value.code == code


def test_answers_are_kept_in_one_form() -> None:
    assert checked_answer("several", {"chosen": ["b", "a", "b"]}, order=["b", "a"]) == {"chosen": ["a", "b"]}
    assert checked_answer("number", {"value": "１,０００", "unit": " 元 "}, order=[]) == {"value": "1000", "unit": "元"}
    assert checked_answer("short", {"text": "<b>好</b>\x00"}, order=[]) == {"text": "<b>好</b>"}
    for kind in ("single", "number", "short", "case"):
        assert checked_answer(kind, {}, order=["a"]) == {}


def bank_of(*counts: tuple[str, str, int, int]) -> list[Candidate]:
    made = []
    for module, kind, difficulty, count in counts:
        for _ in range(count):
            made.append(Candidate(len(made), f"Q{len(made)}", module, kind, difficulty, ("a", "b", "c")))
    return made


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "exams.blueprint_rows"),
        ({}, "exams.blueprint_rows"),
        ([ROW] * 61, "exams.blueprint_rows"),
        ([ROW, ROW], "exams.blueprint_twice"),
        ([ROW | {"count": -1}], "exams.blueprint_figures"),
        ([ROW | {"count": 0}], "exams.blueprint_figures"),
        ([ROW | {"points": 10**400}], "exams.blueprint_figures"),
        ([ROW | {"count": 1.5}], "exams.blueprint_row"),
        ([ROW | {"count": True}], "exams.blueprint_row"),
        ([ROW | {"difficulty": 7}], "exams.blueprint_row"),
        ([ROW | {"module": "nothing"}], "exams.blueprint_row"),
        ([ROW | {"of": [ROW]}], "exams.blueprint_row"),
        (["row"], "exams.blueprint_row"),
    ],
)
def test_a_blueprint_that_cannot_be_is_refused(rows: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        checked_rows(rows)
    assert caught.value.code == code


def test_rows_nested_in_themselves_are_refused() -> None:
    row: dict[str, Any] = dict(ROW)
    row["count"] = [row]
    with pytest.raises(Invalid):
        checked_rows([row])


@given(st.integers(0, 2**62), st.integers(0, 2**62))
def test_the_same_seed_gives_the_same_paper(seed: int, other: int) -> None:
    bank = bank_of(("policy", "single", 1, 6), ("policy", "single", 2, 6))
    rows = [ROW | {"count": 3}, ROW | {"difficulty": 1, "count": 5}]
    paper = draw(rows, bank, seed)
    mixed = list(bank)
    random.Random(other).shuffle(mixed)
    assert draw(rows, mixed, seed) == paper, "the order of the bank does not matter"
    assert len({one.version for one in paper}) == 8
    assert all(sorted(one.order) == ["a", "b", "c"] for one in paper)
    by_version = {one.version: one for one in bank}
    assert all(by_version[one.version].difficulty == 1 for one in paper[3:])


def test_other_seeds_give_other_papers() -> None:
    bank = bank_of(("policy", "single", 1, 30))
    papers = {tuple(one.version for one in draw([ROW | {"count": 5}], bank, seed)) for seed in range(20)}
    orders = {tuple(draw([ROW | {"count": 1}], bank[:1], seed)[0].order) for seed in range(40)}
    assert len(papers) > 15 and len(orders) == 6


def test_a_bank_that_is_too_small_is_told_row_by_row() -> None:
    bank = bank_of(("policy", "single", 1, 3), ("policy", "single", 2, 1))
    rows = [ROW | {"count": 2}, ROW | {"difficulty": 1, "count": 3}]
    assert [(want.have, want.short) for want in wants(rows, bank)] == [(1, 1), (3, 0)]
    with pytest.raises(Conflict) as caught:
        draw(rows, bank, 1)
    assert caught.value.params == {"missing": 1, "rows": 1}
    assert "1 道" in caught.value.sentence


def test_the_final_score() -> None:
    assert final({}) is None and final({"first": 100}) is None
    assert final({"rule": 5}) == 5
    assert final({"first": 100, "second": 151}) == 126
    assert final({"first": 0, "second": 1000, "third": 700}) == 700
    assert final({"rule": 5, "appeal": 9}) == 9
    assert too_far_apart(0, 401, 20, 2000) and not too_far_apart(0, 400, 20, 2000)


def test_statistics_against_figures_worked_by_hand() -> None:
    """Six papers: p = 4/6; r = 0.53333 / sqrt(1.33333 * 0.43333) = 0.7016, from the sums of products and squares."""
    rows = [Taken(1, 0.9), Taken(1, 0.8), Taken(1, 0.7), Taken(1, 0.4), Taken(0, 0.5), Taken(0, 0.1, ("b",))]
    found = item_statistics(rows)
    assert found.n == 6 and found.few and FEW == 30
    assert round(found.difficulty, 4) == 0.6667
    assert found.discrimination == pytest.approx(0.53333 / (1.33333 * 0.43333) ** 0.5, abs=1e-4)
    assert found.upper_lower == 0.5, "two of six: the best (1, 1), the worst (1, 0)"
    assert found.used == {"b": 1} and found.blank == 5


def test_what_cannot_be_said_is_not_said() -> None:
    alike = item_statistics([Taken(1, 0.5)] * 10)
    assert alike.discrimination is None and alike.difficulty == 1
    few = item_statistics([Taken(1, 0.5), Taken(0, 0.4)])
    assert few.discrimination is None and few.upper_lower is None
    assert correlation([0, 1, 0, 1, 1], [1, 0, 1, 0, 0]) == pytest.approx(-1)
    assert histogram([0, 999, 1000, 10_000]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_the_starter_bank_is_whole() -> None:
    questions = starter()
    assert len(questions) >= 63 and len({one["code"] for one in questions}) == len(questions)
    assert sum(one["kind"] == "case" for one in questions) == 3
    for one in questions:
        content = checked_question(one["kind"], one)
        for name in ("text", "text_en", "explanation", "explanation_en", "article", "article_en"):
            assert content[name], (one["code"], name)
        assert all(option["text"] and option["text_en"] for option in content["options"]), one["code"]
        if one["kind"] == "number":
            assert score("number", content["key"], said(one["key"]["value"], one["key"]["unit"]), 1)[0] == 100
        if one["kind"] == "case":
            names = ("indicators", "field", "budget", "duration_months")
            answer = checked_answer("case", {name: content["key"][name] for name in names}, order=[])
            assert score("case", content["key"], answer, 20)[0] == 2000


def test_every_question_comes_back_from_a_table_as_it_went() -> None:
    for one in starter():
        content = checked_question(one["kind"], one)
        values = one | content
        row = dict(zip(COLUMNS, to_row(values), strict=True))
        assert checked_question(one["kind"], from_row(row)) == content, one["code"]
