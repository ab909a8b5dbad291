"""The figures beside the items of the menu, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yinxian.deals.models import Deal, Milestone
from yinxian.deals.queries.deals import visible_to
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import UNDER_REVIEW
from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, User

PAYS = (Membership.Role.ADMIN, Membership.Role.FINANCE)


def _number(found: QuerySet[Any]) -> Coalesce:
    one = found.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Count("pk", distinct=True)).values("_n")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)


def counts_for(user: User, reviewed: Iterable[int]) -> dict[str, int]:
    """Running deals, payments to accept, listings to review; by the name of the page."""
    pays = memberships_of(user).filter(role__in=PAYS).values("organisation_id")
    waiting = {"owner__admitted_by__in": list(reviewed)}
    figures = User.objects.filter(pk=user.pk).values_list(
        _number(visible_to(user).exclude(state__in=Deal.ENDED).select_related(None)),
        _number(Milestone.objects.filter(state=Milestone.State.SUBMITTED, deal__buyer__in=pays)),
        _number(Result.objects.filter(**waiting, state__in=UNDER_REVIEW[Result])),
        _number(Need.objects.filter(**waiting, state__in=UNDER_REVIEW[Need])),
    )
    deals, payments, results, needs = figures.get()
    return {"deals:deals": deals, "settlement:accounts": payments, "market:review_queue": results + needs}
