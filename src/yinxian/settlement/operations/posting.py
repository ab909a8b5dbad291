"""Post a transaction: once under its key, balanced, on locked accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.money import MAX_FEN, show_yuan
from yinxian.network.models import User

from ..models import Account, Entry, Transaction

MAX_LEGS = 500


@dataclass(frozen=True)
class Leg:
    """Fen that an account gets (positive) or gives (negative), and as what."""

    account_code: str
    amount_fen: int
    role: str = ""
    share_bp: int | None = None


@transaction.atomic
def post(
    *,
    key: str,
    kind: str,
    legs: Sequence[Leg],
    currency: str = "CNY",
    actor: User | None,
    memo: str = "",
    reverses: Transaction | None = None,
) -> Transaction:
    """Post the legs together. The same key and request again gives the same transaction and moves nothing.

    Conflict when the key was used for another request (409) or an account would fall below its minimum;
    Invalid when the legs do not balance, are none, zero or beyond MAX_FEN. Accounts are locked in id order.
    """
    _check_legs(key, legs)
    request_hash = _request_hash(kind, legs, currency, reverses)
    accounts = _lock([leg.account_code for leg in legs], currency)
    known = Transaction.objects.filter(key=key).first()
    if known is not None:
        if known.request_hash != request_hash:
            raise Conflict("settlement.key_used")
        return known
    _check_balances(accounts, legs)
    made = Transaction.objects.create(
        key=key,
        request_hash=request_hash,
        kind=kind,
        currency=currency,
        memo=memo[:400],
        reverses=reverses,
        actor=actor,
        at=clock.now(),
    )
    for leg in sorted(legs, key=lambda leg: leg.amount_fen < 0):  # what arrives first, so that none dips below
        Entry.objects.create(
            transaction=made,
            account=accounts[leg.account_code],
            amount=leg.amount_fen,
            currency=currency,
            role=leg.role,
            share_bp=leg.share_bp,
        )
    journal.record(
        "settlement.transaction.posted",
        actor=actor,
        subject=made,
        data={"kind": kind, "legs": len(legs)},
        organisations=[a.owner_organisation_id for a in accounts.values() if a.owner_organisation_id],
    )
    return made


def reverse(*, transaction_id: int, key: str, actor: User | None, memo: str = "") -> Transaction:
    """Post the opposite of a transaction; each can be reversed once (Conflict), a reversal cannot be."""
    with transaction.atomic():
        original = Transaction.objects.select_for_update(of=("self",)).get(pk=transaction_id)
        known = Transaction.objects.filter(reverses=original).first()
        if original.reverses_id or (known and known.key != key):
            raise Conflict("settlement.already_reversed")
        legs = [
            Leg(entry.account.code, -entry.amount, entry.role, entry.share_bp)
            for entry in original.entries.select_related("account").order_by("pk")
        ]
        return post(
            key=key,
            kind=Transaction.Kind.REVERSAL,
            legs=legs,
            currency=original.currency,
            actor=actor,
            memo=memo or original.memo,
            reverses=original,
        )


def _check_legs(key: str, legs: Sequence[Leg]) -> None:
    if not key or len(key) > 120:
        raise Invalid("settlement.key")
    if not 2 <= len(legs) <= MAX_LEGS or any(
        type(leg.amount_fen) is not int or leg.amount_fen == 0 or abs(leg.amount_fen) > MAX_FEN for leg in legs
    ):
        raise Invalid("settlement.amount", field="amount")
    if sum(leg.amount_fen for leg in legs):
        raise Invalid("settlement.unbalanced")


def _request_hash(kind: str, legs: Sequence[Leg], currency: str, reverses: Transaction | None) -> str:
    request = {
        "kind": str(kind),
        "currency": currency,
        "reverses": reverses.pk if reverses else None,
        "legs": sorted([leg.account_code, leg.amount_fen, leg.role] for leg in legs),
    }
    return crypto.sha256_hex(crypto.canonical(request))


def _lock(codes: Sequence[str], currency: str) -> dict[str, Account]:
    """The accounts, locked in id order so that two transactions never wait for each other."""
    wanted = set(codes)
    rows = Account.objects.select_for_update(of=("self",)).filter(code__in=wanted).order_by("pk")
    accounts = {account.code: account for account in rows}
    for code in wanted - accounts.keys():
        raise Invalid("settlement.account_unknown", account=code)
    if any(account.currency != currency for account in accounts.values()):
        raise Invalid("settlement.currency")
    return accounts


def _check_balances(accounts: dict[str, Account], legs: Sequence[Leg]) -> None:
    for code, account in accounts.items():
        change = sum(leg.amount_fen for leg in legs if leg.account_code == code)
        after = account.posted + change
        frozen = 0
        if change < 0 and account.is_escrow:
            frozen = sum(account.freezes.filter(lifted_at=None).values_list("amount_fen", flat=True))
        if account.min_balance is not None and change < 0 and after - frozen < account.min_balance:
            raise Conflict(
                "settlement.frozen" if frozen and after >= account.min_balance else "settlement.insufficient",
                account=account.shown_name,
                has=show_yuan(account.posted - frozen),
                wanted=show_yuan(-change),
            )
