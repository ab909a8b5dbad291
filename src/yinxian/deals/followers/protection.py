"""Protection periods that will end soon."""

from __future__ import annotations

import datetime as dt

from yinxian import journal

from ..operations.protection import remind_managers


@journal.daily("deals.ending_protection")
def remind(today: dt.date) -> None:
    remind_managers(today=today)
