"""Who belongs where: the ground of most permissions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from .models import ManagerProfile, Membership, Organisation, User

Role = Membership.Role


def memberships_of(user: Any) -> QuerySet[Membership]:
    """The person's present memberships, organisations loaded."""
    if not getattr(user, "is_authenticated", False):
        return Membership.objects.none()
    return Membership.objects.filter(user=user, ended_at=None).select_related("organisation").order_by("pk")


def organisations_of(user: Any) -> list[Organisation]:
    return [membership.organisation for membership in memberships_of(user)]


def organisation_ids(user: Any) -> set[int]:
    """Ids of the organisations that the person acts for; read once a request (kept on the user object)."""
    if not getattr(user, "is_authenticated", False):
        return set()
    if not hasattr(user, "_organisation_ids"):
        user._organisation_ids = set(memberships_of(user).values_list("organisation_id", flat=True))
    return set(user._organisation_ids)


def has_role(user: Any, organisation_id: int | None, roles: Iterable[str] = Role.values) -> bool:
    """Whether the person belongs to the organisation in one of the roles."""
    if organisation_id is None or organisation_id not in organisation_ids(user):
        return False
    return memberships_of(user).filter(organisation_id=organisation_id, role__in=list(roles)).exists()


def is_in_network(user: Any) -> bool:
    """Member of an organisation that an association has admitted, or a manager whom one has."""
    if not getattr(user, "is_authenticated", False):
        return False
    if not hasattr(user, "_in_network"):
        admitted = Q(organisation__admitted_by__isnull=False) | Q(organisation__kind=Organisation.Kind.ASSOCIATION)
        user._in_network = (
            memberships_of(user).filter(admitted).exists()
            or ManagerProfile.objects.filter(user=user, association__isnull=False).exists()
        )
    return bool(user._in_network)


def is_manager(user: Any) -> bool:
    return getattr(user, "is_authenticated", False) and ManagerProfile.objects.filter(user=user).exists()


def association_for(organisation: Organisation) -> Organisation | None:
    """The association that reviews this organisation's listings."""
    return organisation if organisation.kind == Organisation.Kind.ASSOCIATION else organisation.admitted_by


def members_of(organisation_id: int, roles: Iterable[str] = Role.values) -> QuerySet[User]:
    """People who act for the organisation now, in one of the roles."""
    return User.objects.filter(
        memberships__organisation_id=organisation_id,
        memberships__ended_at=None,
        memberships__role__in=list(roles),
    ).distinct()
