"""Book lines of bank statements as payments, and order what was released to be paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.network.models import User
from yinxian.settlement.models import BankAccount, BankLine, PaymentItem, PaymentOrder
from yinxian.settlement.operations.banking import lock_line, settle_line
from yinxian.settlement.operations.orders import book_paid, order_payments
from yinxian.settlement.permissions import can_keep_escrow

from ..models import BankMatch, BankReceipt, Milestone
from ..permissions.milestones import keeper_id
from ..queries.banking import payable
from .milestones import record_foreign_payment, record_payment


@transaction.atomic
def book_line(*, line_id: int, milestone_id: int, actor: User) -> BankLine:
    """Book money that came as the payment of a milestone, by the operation that records any bank receipt.

    Conflict when the line is settled; Invalid when the milestone is not one that this account waits for, or more came
    than is outstanding: the line stays open.
    """
    line = lock_line(line_id, actor)
    milestone = _expected_here(line, milestone_id)
    if line.foreign:
        raise Invalid("deals.bank_foreign", field="rate", currency=line.currency)
    receipt = record_payment(
        milestone_id=milestone.pk,
        amount_fen=line.amount_fen,
        number=line.number,
        paid_on=line.booked_on,
        payer=line.name or milestone.deal.buyer.name,
        key=_key(line),
        actor=actor,
    )
    BankMatch.objects.create(line=line, receipt=receipt)
    settle_line(line, receipt.transaction, actor)
    return line


@transaction.atomic
def book_foreign_line(
    *, line_id: int, milestone_id: int, rate: str, source: str, actor: User, exchanged: int | None = None
) -> BankLine:
    """Book foreign money that came as a foreign receipt of a milestone, at the rate that the bank stated.

    ``exchanged``: hundredths of the currency, all of it when None. What the receipt refuses leaves the line open.
    """
    line = lock_line(line_id, actor)
    milestone = _expected_here(line, milestone_id)
    receipt = record_foreign_payment(
        milestone_id=milestone.pk,
        currency=line.currency,
        received=line.amount_fen,
        exchanged=exchanged,
        rate=rate,
        source=source,
        number=line.number,
        paid_on=line.booked_on,
        payer=line.name or milestone.deal.buyer.name,
        key=_key(line),
        actor=actor,
    )
    BankMatch.objects.create(line=line, receipt=receipt)
    settle_line(line, receipt.transaction, actor)
    return line


def _expected_here(line: BankLine, milestone_id: int) -> Milestone:
    """The milestone, if its money comes into the account of the line. Invalid else, and for money that went."""
    milestone = Milestone.objects.select_related("deal__manager", "deal__buyer").get(pk=milestone_id)
    if line.amount_fen < 0 or keeper_id(milestone.deal) != line.bank_account.organisation_id:
        raise Invalid("deals.bank_not_expected", field="milestone")
    return milestone


def _key(line: BankLine) -> str:
    """A line that is booked again after it was undone is another receipt."""
    before = BankReceipt.objects.filter(key__startswith=f"bank:{line.slug}").count()
    return f"bank:{line.slug}" + (f":{before}" if before else "")


@transaction.atomic
def book_item(*, line_id: int, item_slug: str, actor: User) -> BankLine:
    """Book money that went as the payment of an ordered item."""
    item = PaymentItem.objects.filter(slug=item_slug).first()
    if item is None:
        raise Conflict("settlement.item_paid")
    return book_paid(line_id=line_id, item_id=item.pk, actor=actor)


def book_many(*, wanted: Mapping[int, str], actor: User) -> dict[int, Refusal | None]:
    """Book lines (ids) as what they were found to be (slug of a milestone or of an ordered item), each for itself:
    one that is refused holds no other up, and its refusal is told."""
    milestones = dict(Milestone.objects.filter(slug__in=wanted.values()).values_list("slug", "pk"))
    told: dict[int, Refusal | None] = {}
    for line_id, slug in sorted(wanted.items()):
        try:
            if slug in milestones:
                book_line(line_id=line_id, milestone_id=milestones[slug], actor=actor)
            else:
                book_item(line_id=line_id, item_slug=slug, actor=actor)
            told[line_id] = None
        except Refusal as refusal:
            told[line_id] = refusal
    return told


@transaction.atomic
def order_released(*, bank_account_id: int, actor: User, entry_ids: Sequence[int], execute_on: dt.date) -> PaymentOrder:
    """Order the bank to pay parts of releases out of escrow that the organisation keeps; of others: Invalid."""
    account = BankAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=bank_account_id)
    if not can_keep_escrow(actor, account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    there = {entry.pk for entry in payable(account)}
    if not set(entry_ids) <= there:
        raise Invalid("deals.not_payable")
    return order_payments(bank_account_id=account.pk, actor=actor, entry_ids=entry_ids, execute_on=execute_on)
