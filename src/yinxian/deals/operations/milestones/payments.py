"""Record that money arrived for a milestone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import show_yuan
from yinxian.network.models import User
from yinxian.settlement.operations import receive, reverse, take_back
from yinxian.settlement.operations.banking import open_again

from ...models import BankMatch, BankReceipt, Deal, Milestone, Trial
from ...permissions import milestones as permissions
from ...queries.milestones import outstanding
from .common import keep, lock_milestone, must_be_open, note, parties, take_file, text_of

EARLIEST = dt.date(2000, 1, 1)
MOST_WHY = 400


@transaction.atomic
def record_payment(
    *,
    milestone_id: int,
    amount_fen: int,
    number: str,
    paid_on: dt.date,
    payer: str,
    key: str,
    actor: User,
    file: UploadedFile[Any] | None = None,
) -> BankReceipt:
    """Record a bank receipt; the amount goes to the deal's escrow. Several may make up one milestone.

    The same ``key`` and request again gives the same receipt; with another it is Conflict, as when the milestone is
    funded already. Invalid for an amount beyond what is outstanding, a day in the future, or a receipt number that
    this deal has already.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_record_payment(actor, milestone.deal):
        raise Forbidden("deals.may_not_record_payment")
    known = BankReceipt.objects.filter(key=key).first() if key else None
    if known is not None:
        same = (milestone.pk, amount_fen, paid_on) == (known.milestone_id, known.amount_fen, known.paid_on)
        if not same or known.undone_at or text_of(number, field="number") != known.number:
            raise Conflict("settlement.key_used")
        return known
    must_take_payment(milestone)
    receipt = receipt_of(milestone, amount_fen, number, paid_on, payer, key, actor)
    take_file(receipt, file)
    receipt.transaction = receive(
        reference=milestone.deal.slug,
        amount_fen=amount_fen,
        key=books_key(milestone, receipt.number),
        actor=actor,
        memo=f"{milestone.deal.number} {milestone.title}",
    )
    receipt.save()
    note("deals.payment.recorded", actor=actor, milestone=milestone)
    funded_by(milestone, actor)
    return receipt


def funded_by(milestone: Milestone, actor: User) -> None:
    """A milestone of which nothing is outstanding is funded; the first that is starts the performance."""
    if not outstanding(milestone):
        milestone.move_to(Milestone.State.FUNDED)
        keep(milestone, "")
        note("deals.milestone.funded", actor=actor, milestone=milestone)
        _start_performing(milestone.deal, actor)


def must_take_payment(milestone: Milestone) -> None:
    """Conflict unless a payment for the milestone may come now."""
    must_be_open(milestone.deal)
    _not_on_trial(milestone)
    if milestone.state != Milestone.State.UNFUNDED:
        raise Conflict("deals.already_funded", state=milestone.get_state_display())


def _not_on_trial(milestone: Milestone) -> None:
    """Conflict for a payment of a deal whose trial is undecided (a deposit may come), or was given back."""
    trial = Trial.objects.filter(deal_id=milestone.deal_id).first()
    if trial is None or trial.state == Trial.State.CONVERTED:
        return
    if not trial.running:
        raise Conflict("deals.trial_given_back")
    if milestone.kind != Milestone.Kind.DEPOSIT:
        raise Conflict("deals.trial_undecided")


def receipt_of(
    milestone: Milestone, amount_fen: int, number: str, paid_on: dt.date, payer: str, key: str, actor: User
) -> BankReceipt:
    left = outstanding(milestone)
    if type(amount_fen) is not int or amount_fen <= 0:
        raise Invalid("settlement.amount", field="amount")
    if amount_fen > left:
        raise Invalid("deals.payment_too_much", field="amount", left=show_yuan(left))
    if not EARLIEST <= paid_on <= clock.today():
        raise Invalid("deals.paid_on", field="paid_on")
    number, payer = text_of(number, field="number", required=True), text_of(payer, field="payer", required=True)
    if len(number) > 60 or len(payer) > 120:
        raise Invalid("deals.text_too_long", field="number" if len(number) > 60 else "payer", limit=60)
    if BankReceipt.objects.filter(milestone__deal=milestone.deal, number=number, undone_at=None).exists():
        raise Invalid("deals.receipt_known", field="number", number=number)
    return BankReceipt(
        milestone=milestone,
        key=key or f"{milestone.slug}:{number}",
        amount_fen=amount_fen,
        number=number,
        paid_on=paid_on,
        payer=payer,
        recorded_by=actor,
        recorded_at=clock.now(),
    )


def books_key(milestone: Milestone, number: str) -> str:
    """The books' own key of a receipt; one that comes again after it was undone is another."""
    undone = BankReceipt.objects.filter(milestone=milestone, number=number).exclude(undone_at=None).count()
    return f"receive:{milestone.slug}:{number}" + (f":{undone}" if undone else "")


@transaction.atomic
def undo_payment(*, receipt_id: int, reason: str, actor: User) -> BankReceipt:
    """Take back a receipt that was recorded wrongly, saying why: its opposite is booked, both stay in the books.

    Only while nothing of the milestone has been released, refunded or handed in (Conflict). A line of a bank statement
    that it came from is open again. The same receipt again changes nothing.
    """
    milestone = lock_milestone(BankReceipt.objects.values_list("milestone_id", flat=True).get(pk=receipt_id))
    if not permissions.can_undo_payment(actor, milestone.deal):
        raise Forbidden("deals.may_not_undo_payment")
    receipt = BankReceipt.objects.select_related("transaction", "exchange__sold", "exchange__bought").get(pk=receipt_id)
    receipt.milestone = milestone
    if receipt.undone_at is not None:
        return receipt
    must_be_open(milestone.deal)
    gone = milestone.released_fen or milestone.refunded_fen
    if gone or milestone.state not in (Milestone.State.UNFUNDED, Milestone.State.FUNDED):
        raise Conflict("deals.receipt_in_use", state=milestone.get_state_display())
    why = text_of(reason, field="reason", required=True)
    if len(why) > MOST_WHY:
        raise Invalid("deals.text_too_long", field="reason", limit=MOST_WHY)
    if receipt.exchange is not None:
        take_back(receipt.exchange, key=f"undo:{receipt.slug}", actor=actor)
    reverse(transaction_id=receipt.transaction_id, key=f"undo:{receipt.slug}", actor=actor, memo=why)
    receipt.undone_at, receipt.undone_by, receipt.undone_why = clock.now(), actor, why
    receipt.save(update_fields=["undone_at", "undone_by", "undone_why"])
    match = BankMatch.objects.select_related("line").filter(receipt=receipt).first()
    if match is not None:
        match.delete()
        open_again(line_id=match.line_id, actor=actor, reason=why)
    if milestone.state == Milestone.State.FUNDED:
        milestone.move_to(Milestone.State.UNFUNDED)
        keep(milestone, "")
    note("deals.payment.undone", actor=actor, milestone=milestone, data={"amount_fen": receipt.amount_fen, "why": why})
    return receipt


def _start_performing(deal: Deal, actor: User) -> None:
    """The first money that arrives starts the performance of a deal."""
    if deal.can_move_to(Deal.State.PERFORMING):
        before = deal.state
        deal.move_to(Deal.State.PERFORMING)
        deal.changed_at = clock.now()
        deal.save(update_fields=["state", "changed_at"])
        journal.record(
            "deals.deal.moved",
            actor=actor,
            subject=deal,
            data={"from": before, "to": deal.state},
            organisations=parties(deal),
        )
