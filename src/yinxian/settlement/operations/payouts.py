"""The owner of an account confirms that the bank has paid it what was released."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import User

from ..models import Account, Transaction
from ..permissions import can_confirm_payout
from .accounts import bank
from .posting import Leg, opposite, post

EARLIEST = dt.date(2000, 1, 1)


@transaction.atomic
def confirm_payout(
    *, account_id: int, amount_fen: int, number: str, paid_on: dt.date, actor: User, key: str = ""
) -> Transaction:
    """Record that money left for the owner's own bank account, by the number of the bank's receipt.

    The same receipt number again for the same amount gives the same transaction; for another, Conflict.
    """
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    number = "".join(number.replace("\x00", "").split())
    if not 0 < len(number) <= 60:
        raise Invalid("settlement.receipt_number", field="number")
    if not EARLIEST <= paid_on <= clock.today():
        raise Invalid("settlement.paid_on", field="paid_on")
    if type(amount_fen) is not int or amount_fen <= 0:
        raise Invalid("settlement.amount", field="amount")
    world = bank(account.currency).code
    return post(
        key=key or f"payout:{account.slug}:{number}",
        kind=Transaction.Kind.PAYOUT,
        legs=[Leg(account.code, -amount_fen), Leg(world, amount_fen)],
        currency=account.currency,
        actor=actor,
        memo=f"{paid_on.isoformat()} {number}",
    )


@transaction.atomic
def undo_payout(*, transaction_id: int, actor: User, reason: str) -> Transaction:
    """The owner takes back a payout that was recorded wrongly: by a reversal, with the reason.

    Conflict when it is reversed already; Invalid for anything but a payout, or without a reason.
    """
    found = Transaction.objects.select_for_update(of=("self",), no_key=True).get(pk=transaction_id)
    if found.kind != Transaction.Kind.PAYOUT:
        raise Invalid("settlement.not_a_payout")
    account = Account.objects.get(entries__transaction=found, entries__amount__lt=0)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    reason = reason.replace("\x00", "").strip()
    if not 0 < len(reason) <= 400:
        raise Invalid("settlement.reason", field="reason")
    return opposite(found, key=f"reverse:{found.slug}", actor=actor, memo=reason)
