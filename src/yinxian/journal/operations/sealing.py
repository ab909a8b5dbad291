"""Seal the sequence: Merkle tree over the leaves since the last seal, chained and signed."""

from __future__ import annotations

from django.db import transaction

from yinxian.kernel import clock, crypto

from ..merkle import root_of
from ..models import Head, Position, Seal

BATCH = 10_000


@transaction.atomic
def seal() -> Seal | None:
    """Seal every position not yet sealed (at most BATCH); None when there is none."""
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    leaves = list(
        Position.objects.filter(position__gt=head.sealed_to)
        .order_by("position")
        .values_list("entry__leaf", flat=True)[:BATCH]
    )
    if not leaves:
        return None
    previous = Seal.objects.order_by("-number").first()
    made = Seal(
        number=previous.number + 1 if previous else 1,
        first=head.sealed_to + 1,
        last=head.sealed_to + len(leaves),
        root=root_of([bytes.fromhex(leaf) for leaf in leaves]).hex(),
        previous=previous.digest() if previous else "",
        at=clock.now(),
        key=crypto.public_key(),
    )
    made.signature = crypto.sign(crypto.canonical(made.body()))
    made.save(force_insert=True)
    head.sealed_to = made.last
    head.save(update_fields=["sealed_to"])
    return made
