"""REST endpoints of rewards: what a supplier stores beforehand, and the rule of one deal."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema
from pydantic import StrictInt

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.market.queries.details import result_for
from yinxian.network.models import Organisation
from yinxian.network.queries.directory import visible_organisation
from yinxian.settlement.rules import STAFF_FLOOR_BP

from ..http import SignedIn
from ..models import RewardRule
from ..operations import milestones as operations
from ..operations.rewards import store_reward
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries.rewards import reward_for, reward_of

router = Router()


class Inventor(Schema):
    name: str
    bp: StrictInt


class RewardIn(Schema):
    """Basis points: 7000 is 70 %. Inventors share the team's part and add up to 10000; none is one line for all."""

    reward_bp: StrictInt
    staff_bp: StrictInt = STAFF_FLOOR_BP
    inventors: list[Inventor] = []


class DealRewardIn(RewardIn):
    direct_costs_fen: StrictInt = 0


class RewardOut(DealRewardIn):
    """``staff``: who shares the transfer staff's part, by points; empty is one line for the office."""

    staff: list[Inventor] = []
    version: int


class Kept(Schema):
    """``stored`` is what signing will fix, or None; ``fixed_version`` the version of the rule that is fixed."""

    stored: RewardOut | None
    fixed_version: int | None = None


def _values(given: RewardIn) -> dict[str, Any]:
    return {**given.dict(exclude={"inventors"}), "inventors": [(one.name, one.bp) for one in given.inventors]}


def _kept(rule: RewardRule | None, fixed: int | None = None) -> dict[str, Any]:
    return {"stored": rule.given() if rule else None, "fixed_version": fixed}


def _supplier(request: SignedIn, slug: str) -> Organisation:
    found = or_404(visible_organisation(request.user, slug))
    if not permissions.can_store_reward(request.user, found.pk):
        raise Forbidden("deals.may_not_store_reward")
    return found


def _result(request: SignedIn, slug: str) -> Any:
    found = or_404(result_for(request.user, slug)).listing
    if not permissions.can_store_reward(request.user, found.owner_id):
        raise Forbidden("deals.may_not_store_reward")
    return found


@router.get("/rewards/organisations/{supplier}", response=Kept)
def organisation_reward(request: SignedIn, supplier: str) -> dict[str, Any]:
    return _kept(reward_of(organisation_id=_supplier(request, supplier).pk))


@router.put("/rewards/organisations/{supplier}", response=Kept)
def store_organisation_reward(request: SignedIn, supplier: str, given: RewardIn) -> dict[str, Any]:
    """Store the reward of all deals of a supplier for the next signing."""
    pk = _supplier(request, supplier).pk
    return _kept(store_reward(organisation_id=pk, actor=request.user, **_values(given)))


@router.get("/rewards/results/{result}", response=Kept)
def result_reward(request: SignedIn, result: str) -> dict[str, Any]:
    return _kept(reward_of(result_id=_result(request, result).pk))


@router.put("/rewards/results/{result}", response=Kept)
def store_result_reward(request: SignedIn, result: str, given: RewardIn) -> dict[str, Any]:
    """Store the reward of the deals of one result."""
    return _kept(store_reward(result_id=_result(request, result).pk, actor=request.user, **_values(given)))


@router.get("/{deal}/split", response=Kept)
def deal_split(request: SignedIn, deal: str) -> dict[str, Any]:
    found = or_404(deals.find(request.user, deal))
    if not permissions.can_fix_split(request.user, found):
        raise Forbidden("deals.may_not_fix_split")
    return _kept(reward_for(found), found.split_rule.version if found.split_rule else None)


@router.put("/{deal}/split", response=Kept)
def set_deal_split(request: SignedIn, deal: str, given: DealRewardIn) -> dict[str, Any]:
    """Before signing: store the reward of this deal. After it, where nothing was stored: fix the rule, once."""
    found = or_404(deals.find(request.user, deal))
    if found.state in found.BEFORE_SIGNING:
        return _kept(store_reward(deal_id=found.pk, actor=request.user, **_values(given)))
    fixed = operations.fix_split(deal_id=found.pk, actor=request.user, **_values(given)).split_rule
    return _kept(reward_for(found), fixed.version if fixed else None)
