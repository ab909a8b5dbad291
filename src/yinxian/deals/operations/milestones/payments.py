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
from yinxian.settlement.operations import receive

from ...models import BankReceipt, Deal, Milestone
from ...permissions import milestones as permissions
from ...queries.milestones import outstanding
from .common import keep, lock_milestone, must_be_open, note, parties, take_file, text_of

EARLIEST = dt.date(2000, 1, 1)


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

    The same ``key`` again gives the same receipt. Conflict when the milestone is funded already; Invalid for an
    amount beyond what is outstanding, a day in the future, or a receipt number that this deal has already.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_record_payment(actor, milestone.deal):
        raise Forbidden("deals.may_not_record_payment")
    known = BankReceipt.objects.filter(key=key, milestone=milestone).first() if key else None
    if known is not None:
        return known
    must_be_open(milestone.deal)
    if milestone.state != Milestone.State.UNFUNDED:
        raise Conflict("deals.already_funded", state=milestone.get_state_display())
    receipt = _receipt(milestone, amount_fen, number, paid_on, payer, key, actor)
    take_file(receipt, file)
    receipt.transaction = receive(
        reference=milestone.deal.slug,
        amount_fen=amount_fen,
        key=f"receive:{milestone.slug}:{receipt.number}",
        actor=actor,
        memo=f"{milestone.deal.number} {milestone.title}",
    )
    receipt.save()
    note("deals.payment.recorded", actor=actor, milestone=milestone)
    if not outstanding(milestone):
        milestone.move_to(Milestone.State.FUNDED)
        keep(milestone, "")
        note("deals.milestone.funded", actor=actor, milestone=milestone)
        _start_performing(milestone.deal, actor)
    return receipt


def _receipt(
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
    if BankReceipt.objects.filter(milestone__deal=milestone.deal, number=number).exists():
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
