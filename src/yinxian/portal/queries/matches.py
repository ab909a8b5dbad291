"""My needs and results, and how far their matching is."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from yinxian.market.models import Need, Result
from yinxian.matching.models import Candidate
from yinxian.network.members import memberships_of
from yinxian.network.models import Membership

State = Need.State
RUNNING = (State.TRANSLATING, State.CONFIRMED, State.PUBLISHED, State.MATCHING, State.REDIAGNOSIS, State.TRACKING)
WORKS = (Membership.Role.ADMIN, Membership.Role.MEMBER)


def _mine(user: Any) -> Q:
    works = memberships_of(user).filter(role__in=WORKS).values("organisation_id")
    return Q(manager=user) | Q(owner__in=works)


def needs_to_match(user: Any) -> QuerySet[Any]:
    """Needs that the person looks after, with the numbers shortlisted and refused; untouched ones first."""
    counts = {
        name: Count("candidates", filter=Q(candidates__state=state))
        for name, state in (("chosen", Candidate.State.SHORTLISTED), ("refused", Candidate.State.REFUSED))
    }
    found: QuerySet[Any] = Need.objects.filter(_mine(user), state__in=RUNNING).select_related("owner")
    found = found.annotate(**counts)
    return found.order_by("chosen", "-changed_at", "-pk")


def results_to_match(user: Any) -> QuerySet[Result]:
    """The person's published results: for each, needs can be looked for."""
    found = Result.objects.filter(_mine(user), state=Result.State.PUBLISHED).select_related("owner")
    return found.order_by("-changed_at", "-pk")
