"""The small rules of an introduction: months, and when two subjects are alike."""

from __future__ import annotations

import datetime as dt

from yinxian.deals.operations.acknowledgements import months_after
from yinxian.deals.queries.introductions import alike


def test_months_end_on_the_last_day_of_a_short_month() -> None:
    assert months_after(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert months_after(dt.date(2026, 3, 11), 24) == dt.date(2028, 3, 11)
    assert months_after(dt.date(2026, 12, 1), 1) == dt.date(2027, 1, 1)


def test_subjects_are_alike_across_scripts_and_not_when_they_differ() -> None:
    assert alike("熱水器一氧化碳消除", "燃气热水器一氧化碳低温消除")
    assert not alike("锂电池隔膜", "热水器一氧化碳消除")
    assert not alike("", "热水器")
