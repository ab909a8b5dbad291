"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Max, Q, QuerySet

from ..merkle import proof_of
from ..models import Entry, Parked, Position, Seal
from ..verification import KINDS

RANGES = 200  # conditions joined by OR in one query; SQLite takes up to 1,000


def entries_about(*subjects: models.Model) -> QuerySet[Entry]:
    """Entries whose subject is one of these, oldest first."""
    if not subjects:
        return Entry.objects.none()
    wanted = Q()
    for subject in subjects:
        wanted |= Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return Entry.objects.filter(wanted).select_related("actor").order_by("at", "pk")


def last_position() -> int:
    """How far the sequence goes; 0 before the first entry."""
    return int(Position.objects.aggregate(last=Max("position"))["last"] or 0)


def entries_since(position: int, prefixes: Iterable[str], most: int = 500) -> Iterator[list[Entry]]:
    """Entries after a place whose names begin with one of the prefixes, in order, so many at a time."""
    named = Q(pk__in=[])
    for prefix in prefixes:
        named |= Q(entry__name__startswith=prefix)
    while True:
        ahead = Position.objects.filter(named, position__gt=position).order_by("position")
        places = list(ahead.select_related("entry__actor")[:most])
        if not places:
            return
        yield [place.entry for place in places]
        position = places[-1].position


def inclusion(entry: Entry) -> dict[str, Any] | None:
    """The proof that an entry stands in the sealed journal, or None while it is not sealed."""
    return inclusions([entry]).get(entry.pk)


def inclusions(entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """The proofs of many, by the entry's id, in three queries for up to 200 seals; who is not sealed is left out."""
    places = dict(Position.objects.filter(entry__in=list(entries)).values_list("position", "entry_id"))
    if not places:
        return {}
    seals = Seal.objects.filter(last__gte=min(places), first__lte=max(places)).order_by("first")
    wanted = [(seal, [place for place in places if seal.first <= place <= seal.last]) for seal in seals]
    wanted = [(seal, inside) for seal, inside in wanted if inside]
    hashes = _leaves([seal for seal, _inside in wanted])
    proofs: dict[int, dict[str, Any]] = {}
    for seal, inside in wanted:
        leaves = [hashes[place] for place in range(seal.first, seal.last + 1)]
        for place in inside:
            proofs[places[place]] = {
                "index": place - seal.first,
                "size": len(leaves),
                "path": [node.hex() for node in proof_of(place - seal.first, leaves)],
                "seal": seal.body(),
                "key": seal.key,
                "signature": seal.signature,
            }
    return proofs


def _leaves(seals: list[Seal]) -> dict[int, bytes]:
    """Leaf hashes by position, of everything that these seals cover."""
    found: dict[int, bytes] = {}
    for begin in range(0, len(seals), RANGES):
        covered = Q(pk__in=[])
        for seal in seals[begin : begin + RANGES]:
            covered |= Q(position__range=(seal.first, seal.last))
        rows = Position.objects.filter(covered).values_list("position", "entry__leaf")
        found |= {position: bytes.fromhex(leaf) for position, leaf in rows}
    return found


def parked() -> QuerySet[Parked]:
    return Parked.objects.select_related("entry").order_by("at")


def standing_of(slug: str) -> dict[str, Any] | None:
    """What anyone may know of a receipt by its number: when it was entered, the hash, whether it is sealed."""
    entry = Entry.objects.filter(name__in=[name for name, _kind, _number in KINDS.values()], subject_slug=slug).first()
    if entry is None:
        return None
    position = Position.objects.filter(entry=entry).values_list("position", flat=True).first()
    seal = Seal.objects.filter(first__lte=position, last__gte=position).first() if position else None
    return {"at": entry.at, "leaf": entry.leaf, "seal": seal.number if seal else None, "sealed_at": seal and seal.at}
