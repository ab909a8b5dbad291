"""The one place that asks what time it is. Rules take a date; only the edges ask the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_time", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present date in China."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Replay a past moment (demo data, tests). A naive moment is read as Shanghai time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    token = _fixed.set(aware.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
