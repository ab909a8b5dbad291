"""Open a dispute about a milestone, and settle it by the same answer of both sides."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import show_yuan
from yinxian.network.models import User
from yinxian.settlement import operations as settlement

from ...models import Dispute, Milestone
from ...permissions import milestones as permissions
from .closing import give_back, pay_out
from .common import keep, lock_milestone, must_be_open, note, text_of


@transaction.atomic
def dispute(*, milestone_id: int, reason: str, actor: User, key: str = "") -> Dispute:
    """Either side stops a funded milestone: its money is frozen where it lies."""
    milestone = lock_milestone(milestone_id)
    if not permissions.side_in_dispute(actor, milestone.deal):
        raise Forbidden("deals.not_a_side")
    if settlement.seen(actor=actor, key=key, asked=["dispute", milestone.slug, reason]):
        return milestone.disputes.latest("pk")
    must_be_open(milestone.deal)
    made = Dispute(
        milestone=milestone,
        state_before=milestone.state,
        reason=text_of(reason, field="reason", required=True),
        opened_by=actor,
        opened_at=clock.now(),
    )
    milestone.move_to(Milestone.State.DISPUTED)
    made.save()
    settlement.freeze(
        reference=milestone.deal.slug,
        amount_fen=milestone.left_fen,
        key=f"dispute:{made.pk}",
        actor=actor,
        reason=made.reason,
    )
    keep(milestone, key)
    note("deals.milestone.disputed", actor=actor, milestone=milestone)
    return made


@transaction.atomic
def decide(*, milestone_id: int, outcome: str, actor: User, key: str = "", amount_fen: int | None = None) -> Milestone:
    """One side's answer to a dispute. When both have given the same, it is done at once: released, refunded, divided
    (``amount_fen`` to the supplier, split by the rule, the rest back) or resumed where it stood. Until then the money
    stays frozen and an answer may be changed."""
    milestone = lock_milestone(milestone_id)
    side = permissions.side_in_dispute(actor, milestone.deal)
    if not side:
        raise Forbidden("deals.not_a_side")
    if settlement.seen(actor=actor, key=key, asked=["decide", milestone.slug, outcome, amount_fen]):
        return milestone
    if milestone.deal.frozen:
        raise Conflict("deals.deal_frozen")
    found = milestone.disputes.filter(decided_at=None).first()
    if found is None:
        raise Conflict("deals.no_dispute")
    if outcome not in Dispute.Outcome.values:
        raise Invalid("deals.outcome", field="outcome")
    within = type(amount_fen) is int and 0 < amount_fen < milestone.left_fen
    if outcome == Dispute.Outcome.DIVIDE and not within:
        raise Invalid("deals.divide_within", field="amount", left=show_yuan(milestone.left_fen))
    setattr(found, f"{side}_answer", outcome)
    setattr(found, f"{side}_fen", amount_fen if outcome == Dispute.Outcome.DIVIDE else None)
    if not found.agreed():
        found.save(update_fields=["buyer_answer", "supplier_answer", "buyer_fen", "supplier_fen"])
        keep(milestone, key)
        note("deals.dispute.answered", actor=actor, milestone=milestone, data={"side": side})
        return milestone
    found.outcome, found.decided_at = outcome, clock.now()
    found.save()
    settlement.unfreeze(key=f"dispute:{found.pk}", actor=actor)
    note("deals.dispute.settled", actor=actor, milestone=milestone, data={"outcome": outcome})
    if outcome == Dispute.Outcome.RELEASE:
        return pay_out(milestone, actor=actor, key=key)
    if outcome == Dispute.Outcome.REFUND:
        return give_back(milestone, actor=actor, key=key)
    if outcome == Dispute.Outcome.DIVIDE:
        pay_out(milestone, actor=actor, key=key, amount_fen=amount_fen)
        return give_back(milestone, actor=actor, key=key)
    milestone.move_to(found.state_before)
    keep(milestone, key)
    return milestone
