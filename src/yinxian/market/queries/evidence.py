"""Reading evidence: what counts today, and what it adds up to."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from ..intake.truth import Truth, weigh
from ..models import Evidence, Need


def evidence_of(need: Need) -> QuerySet[Evidence]:
    """All that was ever brought, latest first."""
    return need.evidence.select_related("added_by").order_by("-dated", "-pk")


def live_evidence(need: Need, today: dt.date) -> QuerySet[Evidence]:
    """What counts: not withdrawn, and not past its last day."""
    return evidence_of(need).filter(withdrawn_at=None, expires_on__gte=today)


def truth_of(need: Need, today: dt.date) -> Truth:
    """The total of 10 and its parts."""
    return weigh(live_evidence(need, today).values_list("kind", "score"))
