"""Offers that were not answered in time."""

from __future__ import annotations

import datetime as dt

from yinxian import journal

from ..models import Introduction
from ..operations.introductions import expire_introduction


@journal.daily("deals.expire_introductions")
def expire_offers(today: dt.date) -> None:
    late = Introduction.objects.filter(state=Introduction.State.OFFERED, answer_by__lt=today)
    for introduction_id in late.order_by("pk").values_list("pk", flat=True):
        expire_introduction(introduction_id=introduction_id, today=today)
