"""Orders to the bank: payments ordered once, cancelled before they are carried out, booked when the bank paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ..banking.lines import plain
from ..models import BankAccount, BankLine, Entry, PaymentItem, PaymentOrder, Transaction
from ..permissions import can_keep_escrow
from .accounts import BANK, bank
from .banking import lock_line, settle_line
from .posting import Leg, post

MOST_ITEMS = 500
LONGEST_AHEAD = dt.timedelta(days=60)


@transaction.atomic
def order_payments(*, bank_account_id: int, actor: User, entry_ids: Sequence[int], execute_on: dt.date) -> PaymentOrder:
    """Order the bank to pay what was released to parties. The caller has made sure whose entries these are.

    Conflict when one of them is ordered already; Invalid when there are none, a payee is unknown or the day cannot be.
    """
    account = BankAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=bank_account_id)
    if not can_keep_escrow(actor, account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    if not clock.today() <= execute_on <= clock.today() + LONGEST_AHEAD:
        raise Invalid("settlement.order_day", field="execute_on")
    wanted = sorted(set(entry_ids))
    if not 0 < len(wanted) <= MOST_ITEMS:
        raise Invalid("settlement.order_items", limit=MOST_ITEMS)
    if PaymentItem.objects.filter(entry__in=wanted).exists():
        raise Conflict("settlement.order_twice")
    entries = Entry.objects.filter(pk__in=wanted).select_related("account__payee", "transaction").order_by("pk")
    order = PaymentOrder.objects.create(
        bank_account=account, execute_on=execute_on, created_by=actor, created_at=clock.now()
    )
    for entry in entries:
        payee = getattr(entry.account, "payee", None)
        if payee is None:
            raise Invalid("settlement.order_payee", name=entry.account.shown_name)
        PaymentItem(
            order=order,
            entry=entry,
            account=entry.account,
            amount_fen=entry.amount,
            holder=payee.holder,
            number=payee.number,
            bank_name=payee.bank_name,
            bank_code=payee.bank_code,
            text=entry.transaction.memo[:140],
        ).save()
    journal.record(
        "settlement.payments.ordered",
        actor=actor,
        subject=order,
        data={"items": len(wanted)},
        organisations=[account.organisation_id],
    )
    return order


@transaction.atomic
def cancel_order(*, order_id: int, reason: str, actor: User) -> PaymentOrder:
    """Cancel an order that the bank has not carried out, saying why; what it was to pay can be ordered again.

    Conflict once one of its items is booked as paid. The same order again changes nothing.
    """
    held = PaymentOrder.objects.values_list("bank_account_id", flat=True).get(pk=order_id)
    account = BankAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=held)
    if not can_keep_escrow(actor, account.organisation):
        raise Forbidden("settlement.not_the_keeper")
    order = PaymentOrder.objects.select_for_update(of=("self",), no_key=True).get(pk=order_id)
    if order.cancelled_at is not None:
        return order
    items = list(PaymentItem.objects.select_for_update(of=("self",), no_key=True).filter(order=order).order_by("pk"))
    if any(item.transaction_id is not None for item in items):
        raise Conflict("settlement.order_paid")
    why = plain(reason, 300)
    if not why:
        raise Invalid("settlement.order_why", field="reason")
    order.cancelled_at, order.cancelled_by, order.cancelled_why = clock.now(), actor, why
    order.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    PaymentItem.objects.filter(order=order).update(entry=None)
    journal.record(
        "settlement.payments.cancelled",
        actor=actor,
        subject=order,
        data={"items": len(items), "why": why},
        organisations=[account.organisation_id],
    )
    return order


@transaction.atomic
def book_paid(*, line_id: int, item_id: int, actor: User) -> BankLine:
    """Book a line by which the bank paid an ordered item. Conflict when it is paid already or the amounts differ.

    Where the owner has confirmed the payment under the same number, that is the booking.
    """
    line = lock_line(line_id, actor)
    item = PaymentItem.objects.select_for_update(of=("self",), no_key=True).select_related("account").get(pk=item_id)
    if item.order.bank_account_id != line.bank_account_id or item.transaction_id is not None:
        raise Conflict("settlement.item_paid")
    if item.order.cancelled_at is not None:
        raise Conflict("settlement.item_cancelled")
    if line.foreign or line.amount_fen != -item.amount_fen:
        raise Invalid("settlement.item_amount")
    bank()
    item.transaction = post(
        key=f"payout:{item.account.slug}:{''.join(line.number.split())}",
        kind=Transaction.Kind.PAYOUT,
        legs=[Leg(item.account.code, -item.amount_fen), Leg(BANK, item.amount_fen)],
        actor=actor,
        memo=f"{line.booked_on.isoformat()} {line.number}",
    )
    item.save(update_fields=["transaction"])
    settle_line(line, item.transaction, actor)
    return line
