"""Foreign certificates that people have presented."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, User

from ..models import Presentation

REVIEWING = (Membership.Role.ADMIN, Membership.Role.REVIEWER)


def presentations_of(user: User) -> QuerySet[Presentation]:
    return Presentation.objects.filter(user=user).select_related("recognition__association", "recognition__equals")


def presentations_waiting(user: Any) -> QuerySet[Presentation]:
    """Those that wait for an association that the person reviews for."""
    reviewing = memberships_of(user).filter(role__in=REVIEWING).values("organisation")
    return (
        Presentation.objects.filter(state=Presentation.State.PRESENTED, recognition__association__in=reviewing)
        .select_related("recognition__association", "recognition__equals", "user")
        .order_by("presented_at", "pk")
    )


def visible_presentation(user: Any, slug: str) -> Presentation | None:
    """One's own, and those that wait for or were decided by an association that one reviews for."""
    found = (
        Presentation.objects.filter(slug=slug)
        .select_related("recognition__association", "recognition__equals", "user", "decided_by")
        .first()
    )
    if found is None or not user.is_authenticated:
        return None
    reviews = memberships_of(user).filter(role__in=REVIEWING, organisation=found.recognition.association_id)
    return found if found.user_id == user.pk or reviews.exists() else None
