"""A deal's escrow account: money received into it, released from it, refunded, frozen in a dispute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.money import MAX_FEN, YUAN
from yinxian.network.models import User

from ..models import Account, Freeze, SplitRule, Transaction
from ..rules import Line, Role, Split
from .accounts import bank, in_currency
from .posting import Leg, post


def escrow_code(reference: str) -> str:
    return f"escrow:{reference}"


def receive(
    *,
    reference: str,
    amount_fen: int,
    key: str,
    actor: User,
    memo: str = "",
    currency: str = YUAN,
    booked_on: dt.date | None = None,
) -> Transaction:
    """Record that money arrived at the bank for this escrow account, in the currency in which it arrived."""
    positive(amount_fen)
    world, code = bank(currency).code, in_currency(escrow_code(reference), currency)
    legs = [Leg(world, -amount_fen), Leg(code, amount_fen, Role.BUYER)]
    return post(
        key=key,
        kind=Transaction.Kind.RECEIVE,
        legs=legs,
        currency=currency,
        actor=actor,
        memo=memo,
        booked_on=booked_on,
    )


def release(
    *,
    reference: str,
    lines: Sequence[Line],
    key: str,
    actor: User,
    memo: str = "",
    rule: SplitRule | None = None,
    split: Split | None = None,
) -> Transaction:
    """Move money out of escrow to the parties, all lines or none. ``rule`` and ``split``: how it was divided."""
    return post(
        key=key,
        kind=Transaction.Kind.RELEASE,
        legs=release_legs(reference, lines),
        actor=actor,
        memo=memo,
        rule=rule,
        due_fen=split.due_fen if split else 0,
        costs_fen=split.costs_fen if split else 0,
    )


def release_legs(reference: str, lines: Sequence[Line]) -> list[Leg]:
    total = sum(line.amount_fen for line in lines)
    positive(total)
    legs = [Leg(line.party, line.amount_fen, line.role, line.basis_bp) for line in lines]
    return [Leg(escrow_code(reference), -total, Role.BUYER), *legs]


def refund(
    *, reference: str, amount_fen: int, key: str, actor: User, memo: str = "", currency: str = YUAN
) -> Transaction:
    """Record that money went back from escrow to who paid it, in the currency in which it lies there."""
    positive(amount_fen)
    code = in_currency(escrow_code(reference), currency)
    legs = [Leg(code, -amount_fen, Role.BUYER), Leg(bank(currency).code, amount_fen)]
    return post(key=key, kind=Transaction.Kind.REFUND, legs=legs, currency=currency, actor=actor, memo=memo)


@transaction.atomic
def freeze(*, reference: str, amount_fen: int, key: str, actor: User, reason: str = "") -> Freeze:
    """Keep an amount of an escrow account from being released or refunded; Conflict when it is not there.

    It becomes what the account must keep, so that the database itself refuses to let it go. The same key and amount
    again gives the same freeze; with another amount Conflict.
    """
    positive(amount_fen)
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(code=escrow_code(reference))
    known = Freeze.objects.filter(key=key).first()
    if known is not None:
        if (known.account_id, known.amount_fen) != (account.pk, amount_fen):
            raise Conflict("settlement.key_used")
        return known
    if account.posted - (account.min_balance or 0) < amount_fen:
        raise Conflict("settlement.cannot_freeze")
    made = Freeze.objects.create(
        account=account, key=key, amount_fen=amount_fen, reason=reason[:2000], frozen_by=actor, frozen_at=clock.now()
    )
    Account.objects.filter(pk=account.pk).update(min_balance=F("min_balance") + amount_fen)
    journal.record(
        "settlement.amount.frozen", actor=actor, subject=account, organisations=_owners(account), data={"key": key}
    )
    return made


@transaction.atomic
def unfreeze(*, key: str, actor: User) -> Freeze:
    """Lift a freeze; Conflict when it is lifted already."""
    found = Freeze.objects.select_related("account").get(key=key)
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=found.account_id)
    found.refresh_from_db()
    if found.lifted_at:
        raise Conflict("settlement.not_frozen")
    found.lifted_by, found.lifted_at = actor, clock.now()
    found.save(update_fields=["lifted_by", "lifted_at"])
    Account.objects.filter(pk=account.pk).update(min_balance=F("min_balance") - found.amount_fen)
    journal.record(
        "settlement.amount.unfrozen", actor=actor, subject=account, organisations=_owners(account), data={"key": key}
    )
    return found


def _owners(account: Account) -> list[int]:
    return [account.owner_organisation_id] if account.owner_organisation_id else []


def positive(amount_fen: int) -> None:
    if type(amount_fen) is not int or not 0 < amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
