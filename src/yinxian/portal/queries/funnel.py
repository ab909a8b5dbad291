"""How far a manager's needs came: verified, met once, met again, signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yinxian.deals.models import Deal, Introduction, Meeting
from yinxian.market.models import Need
from yinxian.network.models import User

YEAR = 365
UNVERIFIED = (Need.State.SUBMITTED, Need.State.VERIFYING, Need.State.REJECTED)
LABELS = (
    pgettext_lazy("funnel", "核实的需求"),
    pgettext_lazy("funnel", "首次对接"),
    pgettext_lazy("funnel", "二次对接"),
    pgettext_lazy("funnel", "签约"),
)


@dataclass(frozen=True)
class Step:
    label: Any
    count: int
    width: int  # percent of the first, in steps of 5


@dataclass(frozen=True)
class Funnel:
    steps: list[Step]
    worst: str  # where most are lost, in a sentence; empty when nothing is lost


def funnel(manager: User, today: dt.date) -> Funnel | None:
    """The needs taken in over twelve months; None when there was none. One query.

    A first meeting is an acknowledged introduction or a recorded meeting, the second a second recorded meeting;
    who came further has been at every step before.
    """
    meetings = Meeting.objects.filter(deal__need=OuterRef("pk")).order_by().values("deal__need").annotate(n=Count("pk"))
    acknowledged = Introduction.objects.filter(need=OuterRef("pk"), state=Introduction.State.ACKNOWLEDGED)
    signed = Deal.objects.filter(need=OuterRef("pk"), signed_on__isnull=False)
    since = today - dt.timedelta(days=YEAR)
    rows = Need.objects.filter(manager=manager, created_at__date__gte=since).annotate(
        met=Coalesce(Subquery(meetings.values("n"), output_field=IntegerField()), 0),
        introduced=Exists(acknowledged),
        has_signed=Exists(signed),
        verified=Q(~Q(state__in=UNVERIFIED)),
    )
    reached = [
        4 if has_signed else 3 if met > 1 else 2 if met or introduced else 1 if verified else 0
        for met, introduced, has_signed, verified in rows.values_list("met", "introduced", "has_signed", "verified")
    ]
    counts = [sum(depth >= step for depth in reached) for step in (1, 2, 3, 4)]
    if not counts[0]:
        return None
    steps = [Step(label, count, _width(count, counts[0])) for label, count in zip(LABELS, counts, strict=True)]
    return Funnel(steps, _worst(counts))


def _width(count: int, of: int) -> int:
    """At least 5 for anything at all, so that it can be seen."""
    return max(5, round(20 * count / of) * 5) if count else 0


def _worst(counts: list[int]) -> str:
    losses = [(counts[place] - counts[place + 1], -place) for place in range(len(counts) - 1)]
    lost, place = max(losses)
    if lost <= 0:
        return ""
    names = {"before": LABELS[-place], "after": LABELS[-place + 1], "lost": lost}
    return _("从%(before)s到%(after)s少得最多：%(lost)s 项停在这一步。") % names
