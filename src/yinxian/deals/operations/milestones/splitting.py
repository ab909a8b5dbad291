"""Fix, at signing, the rule by which every payment of a deal will be split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User
from yinxian.settlement.operations import fix_rule, open_account
from yinxian.settlement.operations.accounts import party_of
from yinxian.settlement.rules import STAFF_FLOOR_BP, Fee, Role, Share, SplitRule, Tier

from ...floors import Declared, followed, hold, is_transfer, main_of
from ...models import Deal, Introduction
from ...permissions import milestones as permissions
from ...queries.rewards import staff_of
from .common import lock_deal, parties

MOST_PEOPLE = 50
Person = tuple[User | str, int] | tuple[User | str, int, bool]
"""Who (a name, for a group that the supplier pays on), basis points of the team's part, whether a main contributor."""


@dataclass(frozen=True)
class Reward:
    """What the supplier declares of a deal's money: in basis points and fen."""

    reward_bp: int = 0
    staff_bp: int = STAFF_FLOOR_BP
    inventors: tuple[Person, ...] = ()
    direct_costs_fen: int = 0
    staff: tuple[tuple[User, int], ...] = ()


def checked(inventors: Sequence[Person]) -> tuple[Person, ...]:
    """The same with clean names. Invalid when there are too many or one has no name."""
    if len(inventors) > MOST_PEOPLE:
        raise Invalid("deals.reward_people", limit=MOST_PEOPLE)
    found: list[Person] = []
    for one in inventors:
        who = one[0] if isinstance(one[0], User) else text.clean(one[0]).strip()
        if not 0 < len(who.name if isinstance(who, User) else who) <= 40:
            raise Invalid("deals.reward_people", limit=MOST_PEOPLE)
        found.append((who, one[1], len(one) > 2 and bool(one[2])))
    return tuple(found)


@transaction.atomic
def fix_split(
    *,
    deal_id: int,
    actor: User,
    reward_bp: int = 0,
    staff_bp: int = STAFF_FLOOR_BP,
    inventors: Sequence[Person] = (),
    direct_costs_fen: int = 0,
    cap_fen: int | None = None,
) -> Deal:
    """Fix the rule: fee and shares from the introduction, the supplier's reward from what it declares here.

    ``inventors`` are people, or names of groups that the supplier pays on, with basis points of the team's part;
    none means one line for the whole team. Allowed once, when the amount is known and before anything is planned.
    """
    deal = lock_deal(deal_id)
    if not permissions.can_fix_split(actor, deal):
        raise Forbidden("deals.may_not_fix_split")
    if deal.split_rule_id:
        raise Conflict("deals.split_fixed")
    if deal.introduction is None or not deal.amount_fen or deal.state not in (*Deal.AFTER_SIGNING, Deal.State.INTENT):
        raise Conflict("deals.too_early_to_split")
    given = Reward(reward_bp, staff_bp, checked(inventors), direct_costs_fen, staff_of(deal.supplier_id))
    return keep_rule(deal, deal.introduction, given, actor=actor, cap_fen=cap_fen)


def keep_rule(
    deal: Deal,
    introduction: Introduction,
    reward: Reward,
    *,
    actor: User,
    cap_fen: int | None = None,
    stored: int | None = None,
) -> Deal:
    """Fix the rule of a locked deal. ``stored`` is the version of the stored reward that it was made from.

    Invalid where the reward lies below what the law asks of the supplier (see floors).
    """
    declared = Declared(reward.reward_bp, reward.staff_bp, main_of(reward.inventors))
    day = deal.signed_on or clock.today()
    local = followed(deal.supplier, day, reward.reward_bp) if reward.reward_bp else None
    supplier = party_of(deal.supplier)
    staff = open_account(
        code=f"party:{deal.supplier.slug}/staff",
        name=f"{deal.supplier.name} · 转移人员",
        owner_organisation=deal.supplier,
    )
    rule = SplitRule(
        supplier=supplier.code,
        supplier_name=supplier.name,
        contract_fen=deal.amount_fen or 0,
        fee=_fee(introduction, cap_fen),
        shares=team_of(introduction),
        direct_costs_fen=reward.direct_costs_fen,
        reward_bp=reward.reward_bp,
        staff=staff.code,
        staff_name=staff.name,
        staff_bp=reward.staff_bp,
        inventors=_inventors(deal.supplier, reward.inventors),
        staff_parts=_staff(reward.staff),
        basis=f"{local.key}/{local.version}" if local else "",
    )
    rule.check()
    hold(deal.supplier, day, declared, is_transfer(deal.contract))
    deal.split_rule = fix_rule(reference=deal.slug, rule=rule, actor=actor)
    deal.save(update_fields=["split_rule"])
    journal.record(
        "deals.split.fixed",
        actor=actor,
        subject=deal,
        data={"version": deal.split_rule.version, **({"stored": stored} if stored else {})},
        organisations=parties(deal),
    )
    return deal


def _fee(introduction: Introduction, cap_fen: int | None) -> Fee:
    return Fee(
        kind=introduction.fee_kind,
        bp=introduction.fee_rate_bp or 0,
        tiers=tuple(Tier(step.get("up_to_fen"), step["bp"]) for step in introduction.fee_ladder),
        amount_fen=introduction.fee_fixed_fen or 0,
        payer=introduction.payer,
        cap_fen=cap_fen,
        trigger=introduction.trigger,
    )


ROLES = {Organisation.Kind.ASSOCIATION: Role.PLATFORM}


def team_of(introduction: Introduction) -> tuple[Share, ...]:
    """Who shares a fee, by account and basis points, as confirmed with the introduction."""
    found = []
    for share in introduction.shares.select_related("user", "organisation"):
        if share.user:
            account, role = party_of(share.user), Role.MANAGER
        elif share.organisation:
            account = party_of(share.organisation)
            role = ROLES.get(Organisation.Kind(share.organisation.kind), Role.AGENCY)
        found.append(Share(account.code, account.name, share.bp, role))
    return tuple(found)


def _staff(staff: Sequence[tuple[User, int]]) -> tuple[Share, ...]:
    accounts = [(party_of(person), bp) for person, bp in staff]
    return tuple(Share(account.code, account.name, bp, Role.STAFF) for account, bp in accounts)


def _inventors(supplier: Organisation, inventors: Sequence[Person]) -> tuple[Share, ...]:
    found = []
    team: Sequence[Person] = inventors or [("科研团队", 10_000)]
    for one in team:
        who, bp, main = one[0], one[1], len(one) > 2 and bool(one[2])
        if isinstance(who, User):
            account = party_of(who)
            found.append(Share(account.code, account.name, bp, Role.INVENTOR, main))
        else:
            account = open_account(
                code=f"party:{supplier.slug}/team" if not inventors else f"party:{supplier.slug}/team/{who[:40]}",
                name=f"{supplier.name} · {who}"[:160],
                owner_organisation=supplier,
            )
            found.append(Share(account.code, account.name, bp, Role.INVENTOR, main))
    return tuple(found)
