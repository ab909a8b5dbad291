"""What was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from yinxian.kernel import clock
from yinxian.market.models import Evidence, Need
from yinxian.market.queries.levels import visible_needs

from ..models import Candidate, Feedback
from ..permissions import can_decide


@dataclass(frozen=True)
class Truth:
    """Evidence that is neither withdrawn nor expired, strongest first."""

    rows: list[Evidence]
    tenths: int | None

    @property
    def figure(self) -> str:
        return "" if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}"


def shortlisted(need: Need) -> QuerySet[Candidate]:
    """Results on the need's shortlist, best first, with their owners."""
    rows = Candidate.objects.filter(need=need, state=Candidate.State.SHORTLISTED)
    return rows.select_related("result", "result__owner", "decided_by").order_by("-score", "pk")


def counts(need: Need) -> dict[str, int]:
    """How many candidates stand in each state."""
    rows = Candidate.objects.filter(need=need).order_by().values_list("state").annotate(n=Count("pk"))
    return {**dict.fromkeys(Candidate.State.values, 0), **dict(rows)}


def feedback_of(need: Need) -> QuerySet[Feedback]:
    """Every decision about the need's candidates, latest first."""
    return Feedback.objects.filter(candidate__need=need).select_related("candidate__result", "actor").order_by("-pk")


def need_for(slug: str, user: Any) -> Need | None:
    """A need whose matches the reader may work with: seen by them, or theirs to decide about."""
    found = visible_needs(user).filter(slug=slug).first()
    if found is not None:
        return found
    hidden = Need.objects.filter(slug=slug).select_related("owner", "manager").first()
    if hidden is None or not can_decide(user, hidden):
        return None
    hidden.level = "network"  # type: ignore[attr-defined]  # as visible_needs annotates it; a colleague is not named
    return hidden


def evidence_of(need: Need, today: dt.date | None = None) -> Truth:
    """What still speaks for the need being true; the figure is the mean of the valid scores, in tenths of a point."""
    today = today or clock.today()
    rows = list(need.evidence.filter(withdrawn_at=None, expires_on__gte=today).order_by("-score", "-dated"))
    tenths = round(10 * sum(row.score for row in rows) / len(rows)) if rows else None
    return Truth(rows, tenths)
