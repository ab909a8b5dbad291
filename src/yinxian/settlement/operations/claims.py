"""A fee that a client owes though it went around the manager (民法典 965): recorded, paid, or given up.

Recording it is a real movement: what the client owes (``owed:<client>``, below zero) is what the team has claimed
(``claim:<slug>``). Money that arrives goes to the team by its shares and takes both down; nothing can be paid twice,
because the claim's account cannot fall below zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.ids import new_slug
from yinxian.kernel.money import WHOLE_BP, allocate
from yinxian.network.models import Organisation, User

from ..models import Account, Claim, Transaction
from ..rules import Role, Share
from .accounts import BANK, bank, open_account
from .escrow import positive
from .posting import Leg, post

EARLIEST = dt.date(2000, 1, 1)


@transaction.atomic
def claim(
    *, reference: str, debtor: Organisation, amount_fen: int, shares: Sequence[Share], ground: str, actor: User
) -> Claim:
    """Record what is owed under ``reference``, once (Conflict when another amount was); permission is the caller's."""
    positive(amount_fen)
    if sum(share.bp for share in shares) != WHOLE_BP or any(share.bp <= 0 for share in shares):
        raise Invalid("settlement.rule_shares", total=f"{sum(share.bp for share in shares) / 100:.2f}%")
    known = Claim.objects.filter(reference=reference).first()
    if known is not None:
        if (known.debtor_id, known.amount_fen) != (debtor.pk, amount_fen):
            raise Conflict("settlement.key_used")
        return known
    slug = new_slug(Claim.PREFIX)
    owed = open_account(code=f"owed:{debtor.slug}", name=debtor.name, owner_organisation=debtor, min_balance=None)
    held = open_account(code=f"claim:{slug}", name=f"{debtor.name} · 965", owner_user=actor)
    made = Claim(
        slug=slug,
        reference=reference,
        debtor=debtor,
        amount_fen=amount_fen,
        shares=[share.__dict__ for share in shares],
        ground=ground.replace("\x00", "")[:2000],
        claimed_by=actor,
        claimed_at=clock.now(),
        transaction=post(
            key=f"claim:{reference}"[:120],
            kind=Transaction.Kind.CLAIM,
            legs=[Leg(owed.code, -amount_fen, Role.BUYER), Leg(held.code, amount_fen, Role.MANAGER)],
            actor=actor,
            memo=reference,
        ),
    )
    made.save(force_insert=True)
    journal.record(
        "settlement.claim.recorded",
        actor=actor,
        subject=made,
        data={"amount_fen": amount_fen},
        organisations=[debtor.pk],
    )
    return made


def open_fen(found: Claim) -> int:
    """What of a claim is still unpaid."""
    return Account.objects.values_list("posted", flat=True).get(code=found.code)


@transaction.atomic
def pay_claim(*, claim_id: int, amount_fen: int, number: str, paid_on: dt.date, actor: User) -> Transaction:
    """Record that the client paid (part of) it: divided by the claim's shares at once. Permission is the caller's.

    The same receipt number and amount again is the same transaction; Conflict for more than is still open.
    """
    found = Claim.objects.get(pk=claim_id)
    number = "".join(number.replace("\x00", "").split())
    if not 0 < len(number) <= 60:
        raise Invalid("settlement.receipt_number", field="number")
    if not EARLIEST <= paid_on <= clock.today():
        raise Invalid("settlement.paid_on", field="paid_on")
    positive(amount_fen)
    bank()
    shares = [Share(**share) for share in found.shares]
    parts = allocate(amount_fen, [share.bp for share in shares])
    legs = [
        Leg(BANK, -amount_fen),
        Leg(found.code, -amount_fen, Role.MANAGER),
        Leg(f"owed:{found.debtor.slug}", amount_fen, Role.BUYER),
        *(Leg(share.party, part, share.role, share.bp) for share, part in zip(shares, parts, strict=True) if part),
    ]
    return post(
        key=f"claim:{found.slug}:{number}",
        kind=Transaction.Kind.CLAIM_PAID,
        legs=legs,
        actor=actor,
        memo=f"{paid_on.isoformat()} {number}",
    )


@transaction.atomic
def drop_claim(*, claim_id: int, actor: User, reason: str) -> Transaction | None:
    """Give up what is still open of a claim; None when nothing is. Permission is the caller's."""
    found = Claim.objects.get(pk=claim_id)
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(code=found.code)
    if not account.posted:
        return None
    legs = [Leg(account.code, -account.posted, Role.MANAGER), Leg(f"owed:{found.debtor.slug}", account.posted)]
    return post(
        key=f"drop:{found.slug}", kind=Transaction.Kind.CLAIM_DROPPED, legs=legs, actor=actor, memo=reason[:400]
    )
