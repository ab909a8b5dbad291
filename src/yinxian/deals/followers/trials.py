"""Trials whose decision is due."""

from __future__ import annotations

import datetime as dt

from yinxian import journal

from ..operations.trials import remind_of_trials


@journal.daily("deals.trials_due")
def remind(today: dt.date) -> None:
    remind_of_trials(today)
