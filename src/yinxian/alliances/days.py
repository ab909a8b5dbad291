"""Days and months of a membership."""

from __future__ import annotations

import calendar
import datetime as dt

EARLIEST, LATEST = 1949, 2100


def months_on(day: dt.date, months: int) -> dt.date:
    """The last day of a period of so many months that begins on a day: 2026-01-31 and 1 give 2026-02-27."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    same = min(day.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, same) - dt.timedelta(days=1)


def sensible(*days: dt.date) -> bool:
    """Whether these are years that a register can hold."""
    return all(EARLIEST <= day.year <= LATEST for day in days)
