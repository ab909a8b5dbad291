"""The manager hears a month ahead that a protection period will end."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.journal.models import Entry

from ..models import Introduction
from .introductions import team_organisations

AHEAD = dt.timedelta(days=30)
NAME = "deals.introduction.ending"


@transaction.atomic
def remind_managers(*, today: dt.date) -> int:
    """One entry for each acknowledged introduction whose last day is within 30 days, once; returns how many.

    The period never changes after the acknowledgement, so the entry itself says that it was told. Only the
    manager's side is concerned: the pair need not be reminded of the day from which nothing is due.
    """
    ending = Introduction.objects.select_for_update(of=("self",)).filter(
        state=Introduction.State.ACKNOWLEDGED, protected_until__gte=today, protected_until__lte=today + AHEAD
    )
    known = {introduction.pk: introduction for introduction in ending.order_by("pk")}
    told = Entry.objects.filter(
        name=NAME, subject_type=Introduction._meta.label_lower, subject_id__in=list(known)
    ).values_list("subject_id", flat=True)
    waiting = [introduction for pk, introduction in known.items() if pk not in set(told)]
    for introduction in waiting:
        until = introduction.protected_until
        journal.record(
            "deals.introduction.ending",
            actor=None,
            subject=introduction,
            data={"until": until.isoformat() if until else ""},
            organisations=team_organisations(introduction),
        )
    return len(waiting)
