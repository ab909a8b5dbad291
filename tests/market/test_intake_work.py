"""The rules read a text in work linear in its length: counted, not timed."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from yinxian.kernel.text import clean
from yinxian.market.intake import make_brief

PARAGRAPH = (
    "我厂的干燥设备能耗高，成品含水率不稳定，由18%降至12%-14%才能入库。目标：能耗降低30%，节拍≤45s，"
    "寿命不低于1.5万小时，噪音≤75dB(A)。现有工作基础：公司成立于2009年，占地80亩，员工260人。"
    "希望与高校联合攻关，预算60万元，6个月内完成样机。\n"
)


def calls(text: str) -> int:
    """How many Python and C calls reading the text takes."""
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        make_brief("", text, date(2026, 3, 4))
    finally:
        sys.setprofile(before)
    return count


def test_ten_times_the_text_takes_no_more_than_a_few_times_ten_the_work() -> None:
    make_brief("", PARAGRAPH, date(2026, 3, 4))
    short, long = (PARAGRAPH * 2_000)[:20_000], (PARAGRAPH * 2_000)[:200_000]
    assert len(clean(long)) == 200_000
    assert calls(long) <= 15 * calls(short)


@pytest.mark.parametrize("unit", ["1", "1,", "1-", "一", "（", "≥ ", "预算", "2026年", "a/", "mm/", "。"])
def test_no_repeated_sign_makes_a_pattern_run_away(unit: str) -> None:
    """A pattern that backtracks over the whole text would not come back within any patience."""
    make_brief(unit * 10, unit * (100_000 // len(unit)), date(2026, 3, 4))
