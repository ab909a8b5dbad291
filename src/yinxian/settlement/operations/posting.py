"""Post a transaction: once under its key, balanced, on locked accounts. Correct one by its opposite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yinxian.kernel.errors import Conflict, Invalid, Refusal
from yinxian.network.models import User

from ..models import SplitRule, Transaction
from .engine import Leg, Posting, post_many

__all__ = ["Leg", "post", "reverse"]


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
    booked_on: dt.date | None = None,
    rule: SplitRule | None = None,
    due_fen: int = 0,
    costs_fen: int = 0,
) -> Transaction:
    """Post the legs together. The same key and request again gives the same transaction and moves nothing.

    Conflict when the key was used for another request (409), an account would fall below its minimum, or the day lies
    in a closed period; Invalid when the legs do not balance, are none, zero or beyond MAX_FEN, or the day is ahead.
    """
    asked = Posting(
        key=key,
        kind=kind,
        legs=legs,
        currency=currency,
        memo=memo,
        booked_on=booked_on,
        reverses_id=reverses.pk if reverses else None,
        rule_id=rule.pk if rule else None,
        due_fen=due_fen,
        costs_fen=costs_fen,
    )
    outcome = post_many([asked], actor=actor)[0]
    if isinstance(outcome, Refusal):
        raise outcome
    return Transaction.objects.get(pk=outcome.pk)


@transaction.atomic
def reverse(*, transaction_id: int, key: str, actor: User | None, memo: str = "") -> Transaction:
    """Post the opposite of a transaction; each can be reversed once (Conflict), a reversal cannot be.

    The only way to correct the books. Conversions and claims are undone as a whole by their own verbs (Invalid here).
    """
    original = Transaction.objects.select_for_update(of=("self",), no_key=True).get(pk=transaction_id)
    if original.kind in (Transaction.Kind.EXCHANGE, Transaction.Kind.CLAIM):
        raise Invalid("settlement.reversed_as_a_whole")
    return opposite(original, key=key, actor=actor, memo=memo)


def opposite(original: Transaction, *, key: str, actor: User | None, memo: str) -> Transaction:
    """Post the reversal of a locked transaction."""
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
