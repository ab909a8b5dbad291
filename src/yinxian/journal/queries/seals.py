"""Whether the seals still hold."""

from __future__ import annotations

from yinxian.kernel import crypto

from ..merkle import root_of
from ..models import Position, Seal


def broken_seals() -> list[int]:
    """Numbers of seals whose signature, chain or Merkle root does not match the entries as they are now."""
    broken: list[int] = []
    previous: Seal | None = None
    for seal in Seal.objects.order_by("number").iterator():
        places = Position.objects.filter(position__range=(seal.first, seal.last)).order_by("position")
        entries = [place.entry for place in places.select_related("entry")]
        sound = (
            crypto.verify(crypto.canonical(seal.body()), seal.signature, seal.key)
            and seal.previous == (previous.digest() if previous else "")
            and seal.first == (previous.last + 1 if previous else 1)
            and len(entries) == seal.last - seal.first + 1
            and all(entry.leaf == entry.leaf_hash() for entry in entries)
            and root_of([bytes.fromhex(entry.leaf) for entry in entries]).hex() == seal.root
        )
        if not sound:
            broken.append(seal.number)
        previous = seal
    return broken
