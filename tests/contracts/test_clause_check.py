"""The clause check on drafts of every kind: what it finds, what it leaves alone, how long it takes."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from django.utils import translation

from tests.contracts.draft_set import cases, measure
from yinxian.contracts.clause_check import LONGEST, check, explain
from yinxian.contracts.clause_check.advice import ADVICE
from yinxian.contracts.clause_check.items import NAMES
from yinxian.contracts.clause_check.rules.figures import read_capitals
from yinxian.contracts.clause_check.rules.missing import NEEDED, USUAL, WORDS

FLOOR = 0.95


def test_precision_and_recall_stay_above_the_floor() -> None:
    counts, differences = measure()
    assert len(cases()) >= 60
    whole: Counter[str] = sum(counts.values(), Counter())
    assert whole["hit"] / (whole["hit"] + whole["false"]) >= FLOOR, differences
    assert whole["hit"] / (whole["hit"] + whole["miss"]) >= FLOOR, differences
    for name, count in counts.items():
        assert count["hit"] / (count["hit"] + count["miss"]) >= 0.8, (name, differences)


def test_a_finding_says_where_under_which_article_and_what_to_offer() -> None:
    words = "第一条 双方合作。\n乙方保证 研发成功。"
    found = check(words).findings[0]
    assert words[found["start"] : found["end"]] == found["quote"] == "保证 研发成功"
    told = explain(found, english_draft=False)
    assert "858" in told["article"] and told["why"] and told["whom"] and "风险" in told["offer"]
    with translation.override("en"):
        english = explain(found, english_draft=True)
        assert english["article"].startswith("Civil Code") and "risk" in english["offer"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_rule_and_item_speaks_both_languages(language: str) -> None:
    params = {"one": "1", "other": "2", "total": "3", "said": "4", "months": "5"}
    with translation.override(language):
        for rule in ADVICE:
            told = explain(
                {"rule": rule, "item": "secrecy", "start": 0, "end": 1, "quote": "", "params": params},
                english_draft=language == "en",
            )
            assert all(told[key] for key in ("title", "article", "why", "whom", "offer"))
            if language == "en":
                assert not any("\u4e00" <= c <= "\u9fff" for key in ("title", "article", "why") for c in told[key])
    assert set(WORDS) <= set(NAMES)
    assert {item for items in (*NEEDED.values(), *USUAL.values()) for item in items} <= set(WORDS)


@pytest.mark.parametrize(
    "words",
    [
        "保证" * 40_000,
        "退还全部，未" * 30_000,
        "支付%" * 50_000,
        "甲方" * 40_000,
        "一" * 60_000,
        "(" * 60_000,
        "1" * 60_000,
    ],
)
def test_time_grows_with_the_length_only(words: str) -> None:
    start = time.perf_counter()
    check(words)
    assert time.perf_counter() - start < 20


def test_a_draft_beyond_the_limit_is_read_in_part_and_says_so() -> None:
    made = check("甲" * LONGEST + "。乙方保证研发成功。")
    assert made.notes == ["cut"] and not made.findings


@pytest.mark.parametrize(
    ("words", "fen"),
    [
        ("壹佰万元整", 100_000_000),
        ("肆拾捌万伍仟元整", 48_500_000),
        ("壹亿零伍万元", 10_005_000_000),
        ("叁角伍分", None),
    ],
)
def test_capitals_are_read(words: str, fen: int | None) -> None:
    assert read_capitals(words) == fen
