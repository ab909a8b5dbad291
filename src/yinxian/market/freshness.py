"""Freshness: a listing is good for a year from its publication or renewal."""

from __future__ import annotations

import datetime as dt

FRESH_DAYS = 365
REMIND_DAYS = 30


def fresh_until(day: dt.date) -> dt.date:
    """The last day on which a listing published or renewed on ``day`` is shown."""
    return day + dt.timedelta(days=FRESH_DAYS)
