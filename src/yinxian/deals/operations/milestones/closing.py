"""Accept and release, or refund: the two ways a milestone's money leaves escrow."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import show_yuan
from yinxian.network.models import User
from yinxian.settlement import operations as settlement

from ...models import Milestone
from ...permissions import milestones as permissions
from ...queries.milestones import CLOSED, outstanding, split_of_part
from .common import keep, lock_milestone, must_be_open, note


@transaction.atomic
def accept_and_release(*, milestone_id: int, actor: User, key: str = "", amount_fen: int | None = None) -> Milestone:
    """The buyer accepts; the money leaves escrow and is split at once by the rule fixed at signing.

    One transaction: the milestone, the books and the journal, or nothing. A deposit and the buyer's fee are
    released as soon as they are funded; the rest after the supplier has submitted. With ``amount_fen`` only that part:
    the milestone stays as it is until nothing of it is left. The same key and request again changes nothing; the key
    with another request is Conflict.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_release(actor, milestone.deal):
        raise Forbidden("deals.only_the_buyer_releases")
    if settlement.seen(actor=actor, key=key, asked=["release", milestone.slug, amount_fen]):
        return milestone
    must_be_open(milestone.deal)
    if milestone.state == Milestone.State.RELEASED:
        raise Conflict("deals.already_released")
    if milestone.state == Milestone.State.FUNDED and milestone.kind == Milestone.Kind.PAYMENT:
        raise Conflict("deals.nothing_submitted")
    if milestone.state == Milestone.State.DISPUTED:
        raise Conflict("deals.in_dispute")
    return pay_out(milestone, actor=actor, key=key, amount_fen=amount_fen)


@transaction.atomic
def refund(*, milestone_id: int, actor: User, key: str = "", amount_fen: int | None = None) -> Milestone:
    """The supplier gives held money back to the buyer: all that is left, or ``amount_fen`` of it.

    Without its consent only a decided dispute does. Keys as for a release.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_refund(actor, milestone.deal):
        raise Forbidden("deals.only_the_supplier_refunds")
    if settlement.seen(actor=actor, key=key, asked=["refund", milestone.slug, amount_fen]):
        return milestone
    if milestone.deal.frozen:
        raise Conflict("deals.deal_frozen")
    if milestone.state == Milestone.State.DISPUTED:
        raise Conflict("deals.in_dispute")
    return give_back(milestone, actor=actor, key=key, amount_fen=amount_fen)


def pay_out(milestone: Milestone, *, actor: User, key: str, amount_fen: int | None = None) -> Milestone:
    """Split and release a locked milestone or a part of it. The books' own key makes paying twice impossible."""
    deal, part = milestone.deal, _part(milestone, amount_fen)
    if part == milestone.left_fen:
        milestone.move_to(Milestone.State.RELEASED)
    elif not milestone.can_move_to(Milestone.State.RELEASED):
        milestone.move_to(Milestone.State.RELEASED)  # refuses, and says why
    found, before = split_of_part(milestone, part), milestone.kept_split
    milestone.split = (before + found if before else found).to_json()
    milestone.transaction = settlement.release(
        reference=deal.slug,
        lines=found.lines,
        key=_key("release", milestone, part),
        actor=actor,
        memo=f"{deal.number} {milestone.title}",
        rule=deal.split_rule if milestone.kind != Milestone.Kind.FEE else None,
        split=found,
    )
    milestone.released_fen += part
    _keep(milestone, actor=actor, key=key)
    team = [line.party.removeprefix("party:") for line in found.lines if line.role in {"manager", "agency"}]
    closed = milestone.state == Milestone.State.RELEASED
    note(
        "deals.milestone.released" if closed else "deals.milestone.part_released",
        actor=actor,
        milestone=milestone,
        data={
            "amount_fen": part,
            **({"kind": milestone.kind, "team": team, "last": _all_closed(milestone)} if closed else {}),
        },
    )
    return milestone


def give_back(milestone: Milestone, *, actor: User, key: str, amount_fen: int | None = None) -> Milestone:
    """Refund a locked milestone: all that is left of it, a part, or what came before it was full."""
    deal = milestone.deal
    if milestone.state == Milestone.State.UNFUNDED:
        part = milestone.left_fen - outstanding(milestone)
        if not part:
            raise Conflict("deals.nothing_held")
        if amount_fen not in (None, part):
            raise Conflict("deals.refund_all_that_came", came=show_yuan(part))
        whole = True
    else:
        part = _part(milestone, amount_fen)
        whole = part == milestone.left_fen
    if whole or not milestone.can_move_to(Milestone.State.REFUNDED):
        milestone.move_to(Milestone.State.REFUNDED)
    milestone.transaction = settlement.refund(
        reference=deal.slug,
        amount_fen=part,
        key=_key("refund", milestone, part),
        actor=actor,
        memo=f"{deal.number} {milestone.title}",
    )
    milestone.refunded_fen += part
    _keep(milestone, actor=actor, key=key)
    closed = milestone.state == Milestone.State.REFUNDED
    name = "deals.milestone.refunded" if closed else "deals.milestone.part_refunded"
    note(name, actor=actor, milestone=milestone, data={"amount_fen": part})
    return milestone


def _part(milestone: Milestone, amount_fen: int | None) -> int:
    """The amount asked for, or all that is left. Invalid when it cannot be; Conflict for more than is held."""
    if amount_fen is None:
        return milestone.left_fen or milestone.amount_fen  # nothing left: the state refuses, and says why
    if type(amount_fen) is not int or amount_fen <= 0:
        raise Invalid("settlement.amount", field="amount")
    if amount_fen > milestone.left_fen:
        raise Conflict("deals.more_than_held", field="amount", left=show_yuan(milestone.left_fen))
    return amount_fen


def _key(verb: str, milestone: Milestone, part: int) -> str:
    """The books' own key: one for the whole, one for each part by what had gone before it."""
    gone = milestone.released_fen + milestone.refunded_fen
    return f"{verb}:{milestone.slug}" + (f":{gone}" if gone or part != milestone.amount_fen else "")


def _keep(milestone: Milestone, *, actor: User, key: str) -> None:
    if milestone.state in CLOSED:
        milestone.closed_at, milestone.closed_by = clock.now(), actor
    keep(milestone, key, "split", "transaction", "released_fen", "refunded_fen", "closed_at", "closed_by")


def _all_closed(milestone: Milestone) -> bool:
    """Whether the plan has nothing left that could still be paid."""
    return not milestone.deal.milestones.exclude(state__in=CLOSED).exists()
