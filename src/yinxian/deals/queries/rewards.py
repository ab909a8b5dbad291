"""Stored rewards: which one counts for a deal, and what a supplier has stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yinxian.market.models import Result
from yinxian.network.members import memberships_of
from yinxian.network.models import Organisation, User

from ..models import Deal, RewardRule
from ..permissions.milestones import PAYS


def reward_for(deal: Deal) -> RewardRule | None:
    """The narrowest that is stored: the deal's own, the result's, the supplier's."""
    whose = Q(deal_id=deal.pk) | Q(result_id=deal.result_id) | Q(supplier_id=deal.supplier_id)
    found = list(RewardRule.objects.filter(whose))
    return min(found, key=lambda rule: 0 if rule.deal_id else 1 if rule.result_id else 2, default=None)


def reward_of(*, organisation_id: int | None = None, result_id: int | None = None) -> RewardRule | None:
    """What is stored for an organisation, or else for a result."""
    if result_id is not None:
        return RewardRule.objects.filter(result_id=result_id).first()
    return RewardRule.objects.filter(supplier_id=organisation_id).first()


def staff_of(supplier_id: int) -> tuple[tuple[User, int], ...]:
    """Who of the supplier's office shares the transfer staff's part, with basis points of it; none when not named."""
    rule = RewardRule.objects.filter(supplier_id=supplier_id).first()
    named = rule.staff if rule else []
    users = User.objects.in_bulk([one["user"] for one in named])
    return tuple((users[one["user"]], one["bp"]) for one in named)


@dataclass(frozen=True)
class Stored:
    """A supplier of the reader's: its rule for all deals, and its results with the rule of each (or none)."""

    supplier: Organisation
    rule: RewardRule | None
    results: list[tuple[Result, RewardRule | None]]


MOST = 200


def stored_by(user: Any) -> list[Stored]:
    """What the supplier organisations in which the person may store rewards have stored; four queries in all."""
    mine = memberships_of(user).filter(role__in=PAYS, organisation__kind=Organisation.Kind.SUPPLIER)
    suppliers = {one.organisation_id: one.organisation for one in mine}
    closed = (Result.State.WITHDRAWN, Result.State.REJECTED)
    results = list(Result.objects.filter(owner__in=suppliers).exclude(state__in=closed).order_by("-pk")[:MOST])
    rules = list(RewardRule.objects.filter(Q(supplier__in=suppliers) | Q(result__in=[one.pk for one in results])))
    own = {rule.supplier_id: rule for rule in rules}
    special = {rule.result_id: rule for rule in rules}
    return [
        Stored(
            supplier,
            own.get(supplier.pk),
            [(result, special.get(result.pk)) for result in results if result.owner_id == supplier.pk],
        )
        for supplier in suppliers.values()
    ]
