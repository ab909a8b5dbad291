"""What a reader may see of results and needs: none, public, network or named.

Public: the teaser of a public listing. Network: members of admitted organisations, the full text. Named: the
owner's people, the responsible manager, whoever was granted it, and the reviewer while it is under review.
Listings that are not on the market (drafts, withdrawn, past their freshness) exist for the named only.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from yinxian.kernel import clock
from yinxian.network.members import is_in_network, organisation_ids

from ..codes import Confidence
from ..models import Grant, Need, Result
from ..permissions import reviewed_associations

NONE, PUBLIC, NETWORK, NAMED = "none", "public", "network", "named"
ORDER = (NONE, PUBLIC, NETWORK, NAMED)

LISTED: dict[type[Result] | type[Need], tuple[str, ...]] = {
    Result: (Result.State.PUBLISHED,),
    Need: (Need.State.PUBLISHED, Need.State.MATCHING),
}
UNDER_REVIEW: dict[type[Result] | type[Need], tuple[str, ...]] = {
    Result: (Result.State.PENDING, Result.State.HOLD),
    Need: (Need.State.CONFIRMED, Need.State.HOLD),
}
L = TypeVar("L", Result, Need)


def on_market(model: type[Result] | type[Need], today: dt.date) -> Q:
    """Published and fresh."""
    return Q(state__in=LISTED[model]) & (Q(fresh_until=None) | Q(fresh_until__gte=today))


def _named(model: type[Result] | type[Need], user: Any) -> Q:
    if not getattr(user, "is_authenticated", False):
        return Q(pk__in=[])
    mine = organisation_ids(user)
    link = "result_id" if model is Result else "need_id"
    grants = Grant.objects.filter(Q(user_id=user.pk) | Q(organisation_id__in=mine), ended_at=None)
    granted = grants.filter(**{f"{link}__isnull": False}).values(link)
    named = Q(owner_id__in=mine) | Q(manager_id=user.pk) | Q(pk__in=granted)
    if reviewed := reviewed_associations(user):
        named |= Q(state__in=UNDER_REVIEW[model], owner__admitted_by_id__in=reviewed)
    return named


def _visible(model: type[L], user: Any, today: dt.date | None) -> QuerySet[L]:
    listed = on_market(model, today or clock.today())
    network = is_in_network(user)
    shown = Q(confidence=Confidence.PUBLIC) | (Q(confidence=Confidence.NETWORK) if network else Q(pk__in=[]))
    named = _named(model, user)
    level = Case(
        When(named, then=Value(NAMED)),
        When(listed & shown, then=Value(NETWORK if network else PUBLIC)),
        default=Value(NONE),
        output_field=CharField(),
    )
    found = model._default_manager.filter(named | (listed & shown))
    return found.annotate(level=level).select_related("owner", "manager")


def visible_results(user: Any, today: dt.date | None = None) -> QuerySet[Result]:
    """Results that the reader may see, each with ``.level``."""
    return _visible(Result, user, today)


def visible_needs(user: Any, today: dt.date | None = None) -> QuerySet[Need]:
    """Needs that the reader may see, each with ``.level``."""
    return _visible(Need, user, today)


def listed_results(user: Any, today: dt.date | None = None) -> QuerySet[Result]:
    """Results on the market that the reader may see."""
    return visible_results(user, today).filter(on_market(Result, today or clock.today()))


def listed_needs(user: Any, today: dt.date | None = None) -> QuerySet[Need]:
    """Needs on the market that the reader may see."""
    return visible_needs(user, today).filter(on_market(Need, today or clock.today()))


def level_for(user: Any, listing: Result | Need) -> str:
    """none, public, network or named. In a list read ``.level`` of the visible rows instead: this asks once a row."""
    visible: QuerySet[Any] = visible_results(user) if isinstance(listing, Result) else visible_needs(user)
    return str(visible.filter(pk=listing.pk).values_list("level", flat=True).first() or NONE)


def at_least(level: str, wanted: str) -> bool:
    return ORDER.index(level) >= ORDER.index(wanted)
