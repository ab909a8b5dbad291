"""Money that arrives in a foreign currency: booked in it, exchanged only at the rate that the bank stated."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import CURRENCIES, MAX_FEN, YUAN, show_yuan
from yinxian.network.models import User
from yinxian.settlement import operations as settlement
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.operations.accounts import beside

from ...models import BankReceipt
from ...permissions import milestones as permissions
from ...queries.milestones import outstanding
from .common import lock_deal, lock_milestone, note, parties, take_file, text_of
from .payments import books_key, funded_by, must_take_payment, receipt_of

FOREIGN = tuple(one for one in CURRENCIES if one != YUAN)


@transaction.atomic
def record_foreign_payment(
    *,
    milestone_id: int,
    currency: str,
    received: int,
    rate: str,
    source: str,
    number: str,
    paid_on: dt.date,
    payer: str,
    key: str,
    actor: User,
    exchanged: int | None = None,
    file: UploadedFile[Any] | None = None,
) -> BankReceipt:
    """Record a receipt in a foreign currency and what the bank exchanged of it; the yuan fund the milestone.

    ``received`` and ``exchanged`` (all of it when None) are hundredths of the currency; ``rate``: yuan for one, as
    ``source`` (the bank's slip) states it. What was not exchanged stays in the deal's escrow in its own currency. The
    same key and request again gives the same receipt. Invalid for more than is outstanding, with the most that may be
    exchanged.
    """
    milestone = lock_milestone(milestone_id)
    deal = milestone.deal
    if not permissions.can_record_payment(actor, deal):
        raise Forbidden("deals.may_not_record_payment")
    stated, sold = settlement.read_rate(rate), received if exchanged is None else exchanged
    known = BankReceipt.objects.filter(key=key).select_related("exchange").first() if key else None
    if known is not None:
        same = (known.milestone_id, known.currency, known.foreign, known.exchanged, known.paid_on, known.number)
        asked = (milestone.pk, currency, received, sold, paid_on, text_of(number, field="number"))
        if same != asked or known.undone_at or known.exchange is None or known.exchange.rate != stated:
            raise Conflict("settlement.key_used")
        return known
    must_take_payment(milestone)
    if currency not in FOREIGN:
        raise Invalid("settlement.currency", field="currency")
    if type(received) is not int or not 0 < received <= MAX_FEN:
        raise Invalid("settlement.amount", field="received")
    if type(sold) is not int or not 0 < sold <= received:
        raise Invalid("deals.foreign_exchanged", field="exchanged")
    bought, left = settlement.at_rate(sold, stated), outstanding(milestone)
    if bought > left:
        most = min(received, settlement.most_sold(left, stated))
        words = {"currency": currency, "most": show_yuan(most), "left": show_yuan(left)}
        raise Invalid("deals.foreign_too_much", field="exchanged", **words)
    receipt = receipt_of(milestone, bought, number, paid_on, payer, key, actor)
    take_file(receipt, file)
    escrow = beside(Account.objects.get(code=settlement.escrow_code(deal.slug)), currency)
    books, memo = books_key(milestone, receipt.number), f"{deal.number} {milestone.title}"
    arrived: dict[str, Any] = {"reference": deal.slug, "amount_fen": received, "currency": currency}
    receipt.transaction = settlement.receive(key=books, actor=actor, memo=memo, **arrived)
    receipt.currency, receipt.foreign, receipt.exchanged = currency, received, sold
    receipt.exchange = settlement.convert(escrow, sold, YUAN, rate, bought, source, key=f"fx:{books}", actor=actor)
    receipt.save()
    said = {"currency": currency, "foreign": received, "rate": str(stated), "amount_fen": bought}
    note("deals.payment.recorded", actor=actor, milestone=milestone, data=said)
    funded_by(milestone, actor)
    return receipt


@transaction.atomic
def return_foreign(*, deal_id: int, currency: str, amount: int, number: str, key: str, actor: User) -> Transaction:
    """Record that the bank sent back to the buyer what was not exchanged; by who keeps the record or the escrow.

    Conflict for more than lies there. The same key and request again changes nothing.
    """
    deal = lock_deal(deal_id)
    if not permissions.can_undo_payment(actor, deal):
        raise Forbidden("deals.may_not_undo_payment")
    if deal.frozen:
        raise Conflict("deals.deal_frozen")
    if currency not in FOREIGN:
        raise Invalid("settlement.currency", field="currency")
    slip = text_of(number, field="number", required=True)[:60]
    book_key = f"return:{deal.slug}:{currency}:{key or slip}"[:120]
    known = Transaction.objects.filter(key=book_key).exists()
    made = settlement.refund(
        reference=deal.slug,
        amount_fen=amount,
        currency=currency,
        key=book_key,
        actor=actor,
        memo=f"{deal.number} {slip}",
    )
    if not known:
        data = {"currency": currency, "amount": amount, "number": slip}
        journal.record("deals.foreign.returned", actor=actor, subject=deal, data=data, organisations=parties(deal))
    return made
