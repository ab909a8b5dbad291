"""Accept and release, or refund: the two ways a milestone's money leaves escrow."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User
from yinxian.settlement import operations as settlement

from ...models import Milestone
from ...permissions import milestones as permissions
from ...queries.milestones import outstanding, split_of
from .common import keep, lock_milestone, must_be_open, note, sent_again


@transaction.atomic
def accept_and_release(*, milestone_id: int, actor: User, key: str = "") -> Milestone:
    """The buyer accepts; the money leaves escrow and is split at once by the rule fixed at signing.

    One transaction: the milestone, the books and the journal, or nothing. A deposit and the buyer's fee are
    released as soon as they are funded; the rest after the supplier has submitted.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_release(actor, milestone.deal):
        raise Forbidden("deals.only_the_buyer_releases")
    if sent_again(milestone, key):
        return milestone
    must_be_open(milestone.deal)
    if milestone.state == Milestone.State.RELEASED:
        raise Conflict("deals.already_released")
    if milestone.state == Milestone.State.FUNDED and milestone.kind == Milestone.Kind.PAYMENT:
        raise Conflict("deals.nothing_submitted")
    if milestone.state == Milestone.State.DISPUTED:
        raise Conflict("deals.in_dispute")
    return pay_out(milestone, actor=actor, key=key)


@transaction.atomic
def refund(*, milestone_id: int, actor: User, key: str = "") -> Milestone:
    """The supplier gives the held money back to the buyer. Without its consent only a decided dispute does."""
    milestone = lock_milestone(milestone_id)
    if not permissions.can_refund(actor, milestone.deal):
        raise Forbidden("deals.only_the_supplier_refunds")
    if sent_again(milestone, key):
        return milestone
    if milestone.deal.frozen:
        raise Conflict("deals.deal_frozen")
    if milestone.state == Milestone.State.DISPUTED:
        raise Conflict("deals.in_dispute")
    return give_back(milestone, actor=actor, key=key)


def pay_out(milestone: Milestone, *, actor: User, key: str) -> Milestone:
    """Split and release a locked milestone. The books' own key makes paying twice impossible."""
    deal = milestone.deal
    milestone.move_to(Milestone.State.RELEASED)
    found = split_of(milestone)
    milestone.split = found.to_json()
    milestone.transaction = settlement.release(
        reference=deal.slug,
        lines=found.lines,
        key=f"release:{milestone.slug}",
        actor=actor,
        memo=f"{deal.number} {milestone.title}",
    )
    _close(milestone, actor=actor, key=key)
    team = [line.party.removeprefix("party:") for line in found.lines if line.role in {"manager", "agency"}]
    note(
        "deals.milestone.released",
        actor=actor,
        milestone=milestone,
        data={"kind": milestone.kind, "team": team, "last": _all_closed(milestone)},
    )
    return milestone


def give_back(milestone: Milestone, *, actor: User, key: str) -> Milestone:
    """Refund what has arrived for a locked milestone: all of it, or the part that came before it was full."""
    deal = milestone.deal
    held = milestone.amount_fen
    if milestone.state == Milestone.State.UNFUNDED:
        held -= outstanding(milestone)
        if not held:
            raise Conflict("deals.nothing_held")
    milestone.move_to(Milestone.State.REFUNDED)
    milestone.transaction = settlement.refund(
        reference=deal.slug,
        amount_fen=held,
        key=f"refund:{milestone.slug}",
        actor=actor,
        memo=f"{deal.number} {milestone.title}",
    )
    _close(milestone, actor=actor, key=key)
    note("deals.milestone.refunded", actor=actor, milestone=milestone)
    return milestone


def _close(milestone: Milestone, *, actor: User, key: str) -> None:
    milestone.closed_at, milestone.closed_by = clock.now(), actor
    keep(milestone, key, "split", "transaction", "closed_at", "closed_by")


def _all_closed(milestone: Milestone) -> bool:
    """Whether the plan has nothing left that could still be paid."""
    ended = (Milestone.State.RELEASED, Milestone.State.REFUNDED)
    return not milestone.deal.milestones.exclude(state__in=ended).exists()
