"""The invoice that goes with a payment: asked for, then sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP
from yinxian.network.models import User

from ...models import Invoice, Milestone
from ...permissions import milestones as permissions
from .common import lock_milestone, note, take_file, text_of
from .payments import EARLIEST


@transaction.atomic
def ask_for_invoice(*, milestone_id: int, actor: User) -> Invoice:
    """The buyer asks the supplier for an invoice; asking again while one is awaited changes nothing."""
    milestone = lock_milestone(milestone_id)
    if not permissions.can_ask_for_invoice(actor, milestone.deal):
        raise Forbidden("deals.may_not_ask_for_invoice")
    if milestone.kind == Milestone.Kind.FEE:
        raise Conflict("deals.invoice_not_here")
    awaited = milestone.invoices.filter(sent_at=None).first()
    if awaited is not None:
        return awaited
    made = Invoice.objects.create(
        milestone=milestone, amount_fen=milestone.amount_fen, asked_by=actor, asked_at=clock.now()
    )
    note("deals.invoice.asked", actor=actor, milestone=milestone)
    return made


@transaction.atomic
def send_invoice(
    *,
    milestone_id: int,
    number: str,
    issued_on: dt.date,
    amount_fen: int,
    tax_rate_bp: int,
    actor: User,
    file: UploadedFile[Any] | None = None,
) -> Invoice:
    """The supplier records the invoice it sent: number, date, amount with tax, tax rate, file.

    The same number again gives the same invoice when everything else is the same, else Invalid.
    """
    milestone = lock_milestone(milestone_id)
    if not permissions.can_send_invoice(actor, milestone.deal):
        raise Forbidden("deals.may_not_send_invoice")
    number = text_of(number, field="number", required=True)
    if len(number) > 40:
        raise Invalid("deals.text_too_long", field="number", limit=40)
    known = Invoice.objects.filter(milestone__deal=milestone.deal, number=number).first()
    if known is not None:
        if (known.milestone_id, known.amount_fen, known.issued_on) == (milestone.pk, amount_fen, issued_on):
            return known
        raise Invalid("deals.invoice_known", field="number", number=number)
    if type(amount_fen) is not int or not 0 < amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
    if not 0 <= tax_rate_bp <= WHOLE_BP:
        raise Invalid("kernel.percent", field="tax_rate")
    if not EARLIEST <= issued_on <= clock.today():
        raise Invalid("deals.issued_on", field="issued_on")
    invoice = milestone.invoices.filter(sent_at=None).first() or Invoice(milestone=milestone)
    invoice.number, invoice.issued_on = number, issued_on
    invoice.amount_fen, invoice.tax_rate_bp = amount_fen, tax_rate_bp
    invoice.sent_by, invoice.sent_at = actor, clock.now()
    take_file(invoice, file)
    invoice.save()
    note("deals.invoice.sent", actor=actor, milestone=milestone)
    return invoice
