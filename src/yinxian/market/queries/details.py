"""One listing for one reader, and what the reader may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinxian.network.members import is_manager, memberships_of, organisation_ids
from yinxian.network.models import ManagerProfile, Organisation, User

from .. import permissions
from ..models import Brief, Grant, Need, Result
from .levels import LISTED, NAMED, UNDER_REVIEW, visible_needs, visible_results
from .shown import Shown, shown


@dataclass(frozen=True)
class Detail:
    """``listing`` is for operations and addresses; what is read of it comes from ``shown``."""

    listing: Any
    shown: Shown
    can_edit: bool
    can_sign_off: bool
    can_review: bool
    brief: Brief | None = None


def _rights(reader: Any, listing: Result | Need) -> tuple[bool, bool, bool]:
    """May edit, may sign off, may review."""
    if getattr(listing, "level", "") != NAMED:
        return False, False, False
    under_review = listing.state in UNDER_REVIEW[type(listing)]
    return (
        permissions.can_edit(reader, listing),
        permissions.can_sign_off(reader, listing),
        under_review and permissions.can_review(reader, listing),
    )


def result_for(reader: Any, slug: str) -> Detail | None:
    """The result as the reader may see it; None when they may not."""
    listing = visible_results(reader).filter(slug=slug).first()
    return None if listing is None else Detail(listing, shown(listing), *_rights(reader, listing))


def need_for(reader: Any, slug: str) -> Detail | None:
    """The need as the reader may see it, with its latest signed brief; the named see the latest of all."""
    listing = visible_needs(reader).filter(slug=slug).first()
    if listing is None:
        return None
    briefs = listing.briefs.order_by("-number")
    level = str(getattr(listing, "level", ""))
    brief = (briefs if level == NAMED else briefs.filter(signed_off_at__isnull=False)).first()
    return Detail(listing, shown(listing, brief=brief), *_rights(reader, listing), brief)


def may_write_for(reader: Any) -> QuerySet[Organisation]:
    """Organisations in whose name the reader may put something on the market."""
    own = memberships_of(reader).filter(role__in=permissions.OWNERS).values("organisation_id")
    found = Q(pk__in=own)
    if is_manager(reader):
        found |= Q(admitted_by__isnull=False) | Q(kind=Organisation.Kind.ASSOCIATION)
    return Organisation.objects.filter(found).order_by("name")


def mine(reader: Any, model: type[Result] | type[Need]) -> QuerySet[Any]:
    """What the reader's organisations own and what they look after, in every state, the last changed first."""
    own = Q(owner_id__in=organisation_ids(reader)) | Q(manager_id=reader.pk)
    visible: QuerySet[Any] = visible_results(reader) if model is Result else visible_needs(reader)
    return visible.filter(own).order_by("-changed_at", "-pk")


def state_counts(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in counted}


def to_review(reader: Any, model: type[Result] | type[Need]) -> QuerySet[Any]:
    """What waits for the reader's decision, the longest waiting first."""
    associations = permissions.reviewed_associations(reader)
    theirs = Q(owner__admitted_by_id__in=associations) | Q(owner_id__in=associations)
    visible: QuerySet[Any] = visible_results(reader) if model is Result else visible_needs(reader)
    return visible.filter(theirs, state__in=UNDER_REVIEW[model]).order_by("changed_at", "pk")


def review_count(reader: Any) -> int:
    """How many listings wait for the reader; 0 for everyone who reviews nothing."""
    if not permissions.reviewed_associations(reader):
        return 0
    return to_review(reader, Result).count() + to_review(reader, Need).count()


def grants_on(listing: Result | Need) -> QuerySet[Grant]:
    """Who is named on it now."""
    return listing.grants.filter(ended_at=None).select_related("organisation", "user")


def managers_to_choose() -> QuerySet[User]:
    """Managers open to new work, by name."""
    profiles = ManagerProfile.objects.filter(open_to_work=True, user__is_active=True).values("user_id")
    return User.objects.filter(pk__in=profiles).order_by("name")


def on_the_market(listing: Result | Need) -> bool:
    return listing.state in LISTED[type(listing)]
