"""Internships as their two people see them, and the deals that a mentor may name."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yinxian.deals.models import Deal, Side, TeamMember
from yinxian.deals.queries.deals import visible_to
from yinxian.network.models import ManagerProfile, User

from ..models import Internship

NOT_YET = (Deal.State.LEAD, Deal.State.COMPLETED, Deal.State.TERMINATED)


def deals_to_mentor_on(user: User) -> QuerySet[Deal]:
    """Running deals with an introduction in which the person is the manager, or a manager of the team."""
    inside = TeamMember.objects.filter(
        deal=OuterRef("pk"),
        user=user,
        left_at=None,
        side=Side.MANAGER,
        profession=TeamMember.Profession.MANAGER,
    )
    found = Deal.objects.filter(Q(manager=user) | Exists(inside)).exclude(state__in=NOT_YET)
    return found.order_by("-changed_at", "-pk")


def internships_of(user: Any) -> QuerySet[Internship]:
    """Those of the trainee and of the mentor, newest first; nobody else's."""
    if not getattr(user, "is_authenticated", False):
        return Internship.objects.none()
    found = Internship.objects.filter(Q(trainee=user) | Q(mentor=user))
    return found.select_related("trainee", "mentor", "deal__need").order_by("-asked_at", "-pk")


def internship_for(user: Any, slug: str) -> Internship | None:
    return internships_of(user).filter(slug=slug).first()


def reads_deal(user: Any, internship: Internship) -> bool:
    """Whether the person may open the deal itself: by its own rules, never because of the internship."""
    return internship.deal_id is not None and visible_to(user).filter(pk=internship.deal_id).exists()


def mentors(user: User) -> QuerySet[ManagerProfile]:
    """Managers who may be asked: open to work, with an association, not oneself."""
    found = ManagerProfile.objects.filter(association__isnull=False, user__is_active=True, open_to_work=True)
    return found.exclude(user=user).select_related("user", "association").order_by("user__name", "pk")
