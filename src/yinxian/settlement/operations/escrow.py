"""A deal's escrow account: money received into it, released from it, refunded, frozen in a dispute."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.network.models import User

from ..models import Account, Freeze, Transaction
from ..rules import Line, Role
from .accounts import BANK, bank
from .posting import Leg, post


def escrow_code(reference: str) -> str:
    return f"escrow:{reference}"


def receive(*, reference: str, amount_fen: int, key: str, actor: User, memo: str = "") -> Transaction:
    """Record that money arrived at the bank for this escrow account."""
    _positive(amount_fen)
    bank()
    legs = [Leg(BANK, -amount_fen), Leg(escrow_code(reference), amount_fen, Role.BUYER)]
    return post(key=key, kind=Transaction.Kind.RECEIVE, legs=legs, actor=actor, memo=memo)


def release(*, reference: str, lines: Sequence[Line], key: str, actor: User, memo: str = "") -> Transaction:
    """Move money out of escrow to the parties, all lines or none."""
    total = sum(line.amount_fen for line in lines)
    _positive(total)
    legs = [
        Leg(escrow_code(reference), -total, Role.BUYER),
        *(Leg(line.party, line.amount_fen, line.role, line.basis_bp) for line in lines),
    ]
    return post(key=key, kind=Transaction.Kind.RELEASE, legs=legs, actor=actor, memo=memo)


def refund(*, reference: str, amount_fen: int, key: str, actor: User, memo: str = "") -> Transaction:
    """Record that money went back from escrow to who paid it."""
    _positive(amount_fen)
    bank()
    legs = [Leg(escrow_code(reference), -amount_fen, Role.BUYER), Leg(BANK, amount_fen)]
    return post(key=key, kind=Transaction.Kind.REFUND, legs=legs, actor=actor, memo=memo)


@transaction.atomic
def freeze(*, reference: str, amount_fen: int, key: str, actor: User, reason: str = "") -> Freeze:
    """Keep an amount of an escrow account from being released or refunded; Conflict when it is not there."""
    _positive(amount_fen)
    account = Account.objects.select_for_update(of=("self",)).get(code=escrow_code(reference))
    frozen = sum(account.freezes.filter(lifted_at=None).values_list("amount_fen", flat=True))
    if account.posted - frozen < amount_fen or Freeze.objects.filter(key=key).exists():
        raise Conflict("settlement.cannot_freeze")
    made = Freeze.objects.create(
        account=account, key=key, amount_fen=amount_fen, reason=reason[:2000], frozen_by=actor, frozen_at=clock.now()
    )
    journal.record(
        "settlement.amount.frozen", actor=actor, subject=account, organisations=_owners(account), data={"key": key}
    )
    return made


@transaction.atomic
def unfreeze(*, key: str, actor: User) -> Freeze:
    """Lift a freeze; Conflict when it is lifted already."""
    found = Freeze.objects.select_related("account").get(key=key)
    account = Account.objects.select_for_update(of=("self",)).get(pk=found.account_id)
    found.refresh_from_db()
    if found.lifted_at:
        raise Conflict("settlement.not_frozen")
    found.lifted_by, found.lifted_at = actor, clock.now()
    found.save(update_fields=["lifted_by", "lifted_at"])
    journal.record(
        "settlement.amount.unfrozen", actor=actor, subject=account, organisations=_owners(account), data={"key": key}
    )
    return found


def _owners(account: Account) -> list[int]:
    return [account.owner_organisation_id] if account.owner_organisation_id else []


def _positive(amount_fen: int) -> None:
    if type(amount_fen) is not int or not 0 < amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
