"""Who may do what with a listing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yinxian.network.members import has_role, is_manager, memberships_of
from yinxian.network.models import ManagerProfile, Membership, Organisation

from .models import Listing

Role = Membership.Role
OWNERS = (Role.ADMIN, Role.MEMBER)
REVIEWERS = (Role.ADMIN, Role.REVIEWER)


def can_create(user: Any, owner: Organisation) -> bool:
    """The organisation's people; a manager may take in a listing for a client."""
    return has_role(user, owner.pk, OWNERS) or (is_manager(user) and owner.in_network)


def can_edit(user: Any, listing: Listing) -> bool:
    """The owner's people and the responsible manager."""
    return is_responsible(user, listing) or has_role(user, listing.owner_id, OWNERS)


def is_responsible(user: Any, listing: Listing) -> bool:
    return listing.manager_id is not None and listing.manager_id == getattr(user, "pk", None)


def can_sign_off(user: Any, listing: Listing) -> bool:
    """The owner signs off a listing: only its own people submit, withdraw, renew or name a party."""
    return has_role(user, listing.owner_id, OWNERS)


def reviewed_associations(user: Any) -> set[int]:
    """Associations whose members' listings the person reviews; read once a request (kept on the user object)."""
    if not getattr(user, "is_authenticated", False):
        return set()
    if not hasattr(user, "_reviewed_associations"):
        user._reviewed_associations = set(_reviewed(user))
    return set(user._reviewed_associations)


def _reviewed(user: Any) -> Iterable[int]:
    found = memberships_of(user).filter(role__in=REVIEWERS, organisation__kind=Organisation.Kind.ASSOCIATION)
    return found.values_list("organisation_id", flat=True)


def reviewer_of(listing: Listing) -> int | None:
    """The association that publishes the owner's listings; None when none has admitted it."""
    owner = listing.owner
    return owner.pk if owner.kind == Organisation.Kind.ASSOCIATION else owner.admitted_by_id


def can_review(user: Any, listing: Listing) -> bool:
    """A reviewer of the association that admitted the owner."""
    return has_role(user, reviewer_of(listing), REVIEWERS)


def can_choose_manager(user: Any, owner: Organisation) -> bool:
    """Only the owner hands a listing to someone else; a manager may take it on themselves."""
    return has_role(user, owner.pk, OWNERS)


def is_a_manager(user_id: int) -> bool:
    return ManagerProfile.objects.filter(user_id=user_id, user__is_active=True).exists()
