"""A supplier's reward, stored beforehand: for all its deals, for a result, or for one deal before it is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.kernel.money import MAX_FEN
from yinxian.market.models import Result
from yinxian.network.members import members_of
from yinxian.network.models import Organisation, User
from yinxian.settlement.rules import STAFF_FLOOR_BP, Role, Share, SplitRule

from ..models import Deal, RewardRule
from ..permissions import milestones as permissions
from ..queries.rewards import reward_for, staff_of
from .milestones.common import lock_deal, parties
from .milestones.splitting import MOST_PEOPLE, Person, Reward, checked, keep_rule


@transaction.atomic
def store_reward(
    *,
    actor: User,
    reward_bp: int,
    staff_bp: int = STAFF_FLOOR_BP,
    inventors: Sequence[Person] = (),
    direct_costs_fen: int = 0,
    organisation_id: int | None = None,
    result_id: int | None = None,
    deal_id: int | None = None,
) -> RewardRule:
    """Store the reward of an organisation's deals, of a result or of a deal (give one of the three), for the next
    signing. What is fixed already does not change. Invalid when the shares or the floors cannot be right
    (促进科技成果转化法 45; 浙江省促进科技成果转化条例 37: at least 5 % of the reward for transfer staff)."""
    of, concerned = _locked(actor, organisation_id, result_id, deal_id)
    given = checked(inventors)
    people = [_row(one) for one in given]
    _check(Reward(reward_bp, staff_bp, given, direct_costs_fen), people)
    rule = RewardRule.objects.filter(**of).first() or RewardRule(**of)
    costs = direct_costs_fen if deal_id else 0
    laid_down = (rule.reward_bp, rule.staff_bp, rule.inventors, rule.direct_costs_fen)
    if rule.pk and laid_down == (reward_bp, staff_bp, people, costs):
        return rule  # the same again is no new version
    rule.reward_bp, rule.staff_bp, rule.inventors, rule.direct_costs_fen = reward_bp, staff_bp, people, costs
    rule.version, rule.stored_by, rule.stored_at = rule.version + 1, actor, clock.now()
    rule.save()
    subject = next(iter(of.values()))
    journal.record(
        "deals.reward.stored", actor=actor, subject=subject, data={"version": rule.version}, organisations=concerned
    )
    return rule


@transaction.atomic
def store_staff(
    *, organisation_id: int, actor: User, staff: Sequence[tuple[int, int]], since: dt.date, until: dt.date
) -> RewardRule:
    """Who shares the transfer staff's part (浙江省促进科技成果转化条例 37) of the supplier's deals, for the next
    signing: ids of its members with basis points that add up to 10000, found for the period of the two days.

    The rest of what is stored stays; Conflict when nothing is. The same again is no new version.
    """
    supplier = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    _may(actor, supplier)
    rule = RewardRule.objects.filter(supplier=supplier).first()
    if rule is None:
        raise Conflict("deals.staff_without_reward")
    people = {user.pk: user for user in members_of(supplier.pk)}
    if not 0 < len(staff) <= MOST_PEOPLE or len({pk for pk, _bp in staff}) != len(staff):
        raise Invalid("deals.staff_people", limit=MOST_PEOPLE)
    if any(pk not in people for pk, _bp in staff) or since > until:
        raise Invalid("deals.staff_people", limit=MOST_PEOPLE)
    named = [{"user": pk, "name": people[pk].name, "bp": bp} for pk, bp in staff]
    _check(Reward(rule.reward_bp, rule.staff_bp), [], named)
    if (rule.staff, rule.staff_since, rule.staff_until) == (named, since, until):
        return rule
    rule.staff, rule.staff_since, rule.staff_until = named, since, until
    rule.version, rule.stored_by, rule.stored_at = rule.version + 1, actor, clock.now()
    rule.save()
    data = {"version": rule.version, "since": since.isoformat(), "until": until.isoformat(), "people": len(named)}
    journal.record("deals.staff.stored", actor=actor, subject=supplier, data=data, organisations=[supplier.pk])
    return rule


def _locked(
    actor: User, organisation_id: int | None, result_id: int | None, deal_id: int | None
) -> tuple[dict[str, Any], list[int]]:
    """What the rule is of, locked, and the organisations that may know of it."""
    if deal_id is not None:
        deal = lock_deal(deal_id)
        if not permissions.can_fix_split(actor, deal):
            raise Forbidden("deals.may_not_fix_split")
        if deal.split_rule_id:
            raise Conflict("deals.split_fixed")
        if deal.state not in Deal.BEFORE_SIGNING:
            raise Conflict("deals.too_early_to_split")
        return {"deal": deal}, [pk for pk in parties(deal) if pk != deal.buyer_id]
    if result_id is not None:
        result = Result.objects.select_for_update(of=("self",)).get(pk=result_id)
        _may(actor, result.owner)
        return {"result": result}, [result.owner_id]
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id or 0)
    _may(actor, organisation)
    return {"supplier": organisation}, [organisation.pk]


def _may(actor: User, supplier: Organisation) -> None:
    if not permissions.can_store_reward(actor, supplier.pk):
        raise Forbidden("deals.may_not_store_reward")
    if supplier.kind != Organisation.Kind.SUPPLIER:
        raise Conflict("deals.reward_not_a_supplier")


def _row(one: Person) -> dict[str, Any]:
    """A person as it is stored."""
    who, marked = one[0], {"main": True} if len(one) > 2 and one[2] else {}
    if isinstance(who, User):
        return {"name": who.name, "bp": one[1], "user": who.pk, **marked}
    return {"name": who, "bp": one[1], **marked}


def _check(reward: Reward, people: list[dict[str, Any]], staff: Sequence[dict[str, Any]] = ()) -> None:
    """As the rule itself will be checked, but for the amount of the contract, which nobody knows yet."""
    team = people or [{"name": "", "bp": 10_000}]
    SplitRule(
        supplier="",
        supplier_name="",
        contract_fen=MAX_FEN,
        direct_costs_fen=reward.direct_costs_fen,
        reward_bp=reward.reward_bp or 1,  # so that the rest is looked at, whatever the reward
        staff_bp=reward.staff_bp,
        inventors=tuple(Share("", one["name"], one["bp"], Role.INVENTOR) for one in team),
        staff_parts=tuple(Share("", one["name"], one["bp"], Role.STAFF) for one in staff),
    ).check()


def fix_stored(deal: Deal, actor: User | None) -> None:
    """At signing: fix the split of a locked deal from the reward that its supplier stored.

    With nothing stored the rule stays open, and the supplier and the manager are asked for it. So it does when what
    was stored does not go with the contract (direct costs above the amount): the signing holds all the same.
    """
    introduction, rule = deal.introduction, reward_for(deal)
    if deal.split_rule_id or introduction is None:
        return
    why = "nothing_stored"
    if rule is not None:
        try:
            with transaction.atomic():
                keep_rule(
                    deal,
                    introduction,
                    _reward(rule, deal.supplier_id),
                    actor=actor or rule.stored_by,
                    stored=rule.version,
                )
            return
        except Refusal as refusal:
            deal.split_rule, why = None, refusal.code
    journal.record("deals.split.left_open", actor=actor, subject=deal, data={"why": why}, organisations=parties(deal))


def _reward(rule: RewardRule, supplier_id: int) -> Reward:
    """The rule with its people; who of the office takes part is the supplier's, whatever the rule is of."""
    users = User.objects.in_bulk([one["user"] for one in rule.inventors if "user" in one])
    team: tuple[Person, ...] = tuple(
        (users.get(one.get("user", 0), one["name"]), one["bp"], bool(one.get("main"))) for one in rule.inventors
    )
    return Reward(rule.reward_bp, rule.staff_bp, team, rule.direct_costs_fen, staff_of(supplier_id))
