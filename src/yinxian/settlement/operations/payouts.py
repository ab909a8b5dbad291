"""The owner of an account confirms that the bank has paid it what was released."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import User

from ..models import Account, Transaction
from ..permissions import can_confirm_payout
from .accounts import BANK, bank
from .posting import Leg, post

EARLIEST = dt.date(2000, 1, 1)


@transaction.atomic
def confirm_payout(
    *, account_id: int, amount_fen: int, number: str, paid_on: dt.date, actor: User, key: str = ""
) -> Transaction:
    """Record that money left for the owner's own bank account, by the number of the bank's receipt.

    The same receipt number again for the same amount gives the same transaction; for another, Conflict.
    """
    account = Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    number = "".join(number.replace("\x00", "").split())
    if not 0 < len(number) <= 60:
        raise Invalid("settlement.receipt_number", field="number")
    if not EARLIEST <= paid_on <= clock.today():
        raise Invalid("settlement.paid_on", field="paid_on")
    if type(amount_fen) is not int or amount_fen <= 0:
        raise Invalid("settlement.amount", field="amount")
    bank()
    return post(
        key=key or f"payout:{account.slug}:{number}",
        kind=Transaction.Kind.PAYOUT,
        legs=[Leg(account.code, -amount_fen), Leg(BANK, amount_fen)],
        actor=actor,
        memo=f"{paid_on.isoformat()} {number}",
    )
