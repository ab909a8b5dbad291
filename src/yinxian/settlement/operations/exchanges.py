"""Change one currency into another: never silently, always at a stated rate, as two linked transactions."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import CURRENCIES
from yinxian.network.models import User

from ..models import Account, Exchange, Transaction
from ..permissions import can_confirm_payout
from .accounts import beside, trading
from .escrow import positive
from .posting import Leg, opposite, post

FINEST = Decimal("0.00000001")
LARGEST = Decimal(10) ** 9


def read_rate(text: str) -> Decimal:
    """A rate as it is stated; Invalid unless it is positive, with at most eight decimals."""
    try:
        rate = Decimal(text.strip())
        sound = rate.is_finite() and 0 < rate < LARGEST and rate == rate.quantize(FINEST)
    except InvalidOperation:
        sound = False
    if not sound:
        raise Invalid("settlement.rate", field="rate")
    return rate


@transaction.atomic
def exchange(
    *, account_id: int, amount_fen: int, into: str, rate: str, bought_fen: int, source: str, key: str, actor: User
) -> Exchange:
    """Record that the bank changed money of an account into another currency of the same owner.

    ``rate``: units bought for one sold, as the bank stated it; ``bought_fen`` must be the amount at that rate, to the
    hundredth (half up). The owner records it (as a payout). The same key and request again gives the same exchange.
    """
    account = Account.objects.select_related("owner_organisation", "owner_user").get(pk=account_id)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    return convert(account, amount_fen, into, rate, bought_fen, source, key=f"fx:{account.slug}:{key}", actor=actor)


@transaction.atomic
def convert(
    account: Account, amount_fen: int, into: str, rate: str, bought_fen: int, source: str, *, key: str, actor: User
) -> Exchange:
    """The exchange itself, permission given."""
    positive(amount_fen)
    positive(bought_fen)
    stated = read_rate(rate)
    if into not in CURRENCIES or into == account.currency:
        raise Invalid("settlement.currency", field="into")
    if at_rate(amount_fen, stated) != bought_fen:
        raise Invalid("settlement.rate_amount", field="rate")
    source = "".join(char for char in source if char.isprintable()).strip()
    if not 0 < len(source) <= 120:
        raise Invalid("settlement.rate_source", field="source")
    taker = beside(account, into)
    memo = f"{account.currency} → {into} {stated.normalize():f} {source}"
    sold = post(
        key=f"{key}:sold"[:120],
        kind=Transaction.Kind.EXCHANGE,
        legs=[Leg(account.code, -amount_fen), Leg(trading(account.currency).code, amount_fen)],
        currency=account.currency,
        actor=actor,
        memo=memo,
    )
    bought = post(
        key=f"{key}:bought"[:120],
        kind=Transaction.Kind.EXCHANGE,
        legs=[Leg(trading(into).code, -bought_fen), Leg(taker.code, bought_fen)],
        currency=into,
        actor=actor,
        memo=memo,
    )
    made, new = Exchange.objects.get_or_create(sold=sold, defaults={"bought": bought, "rate": stated, "source": source})
    if not new and (made.bought_id, made.rate, made.source) != (bought.pk, stated, source):
        raise Conflict("settlement.key_used")
    if new:
        journal.record("settlement.currency.exchanged", actor=actor, subject=made, data={"rate": str(stated)})
    return made


def at_rate(amount_fen: int, rate: Decimal) -> int:
    """What an amount buys at a rate, in hundredths, half up."""
    return int((amount_fen * rate).quantize(Decimal(1), ROUND_HALF_UP))


def most_sold(bought_fen: int, rate: Decimal) -> int:
    """The largest amount that buys no more than ``bought_fen`` at a rate."""
    sold = int(((bought_fen + Decimal("0.5")) / rate).to_integral_value(ROUND_FLOOR)) + 1
    while sold and at_rate(sold, rate) > bought_fen:
        sold -= 1
    return sold


@transaction.atomic
def undo_exchange(*, exchange_id: int, key: str, actor: User) -> tuple[Transaction, Transaction]:
    """Reverse both halves of an exchange together. Conflict when what was bought is no longer there."""
    found = Exchange.objects.select_related("sold", "bought").get(pk=exchange_id)
    account = Account.objects.get(entries__transaction=found.sold, entries__amount__lt=0)
    if not can_confirm_payout(actor, account):
        raise Forbidden("settlement.not_the_owner")
    return take_back(found, key=key, actor=actor)


@transaction.atomic
def take_back(found: Exchange, *, key: str, actor: User) -> tuple[Transaction, Transaction]:
    """The reversal itself, permission given."""
    halves = Transaction.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=[found.sold_id, found.bought_id]
    )
    sold, bought = sorted(halves, key=lambda one: one.pk != found.sold_id)
    memo = f"{sold.memo}"
    return (
        opposite(bought, key=f"{key}:bought"[:120], actor=actor, memo=memo),
        opposite(sold, key=f"{key}:sold"[:120], actor=actor, memo=memo),
    )
