"""Reports of royalties that are late."""

from __future__ import annotations

import datetime as dt

from yinxian import journal

from ..operations.royalties import chase_late


@journal.daily("deals.late_royalties")
def chase(today: dt.date) -> None:
    chase_late(today)
