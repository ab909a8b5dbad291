"""Reads of the journal."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from ..merkle import proof_of
from ..models import Entry, Parked, Position, Seal


def entries_about(*subjects: models.Model) -> QuerySet[Entry]:
    """Entries whose subject is one of these, oldest first."""
    if not subjects:
        return Entry.objects.none()
    wanted = Q()
    for subject in subjects:
        wanted |= Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return Entry.objects.filter(wanted).select_related("actor").order_by("at", "pk")


def inclusion(entry: Entry) -> dict[str, Any] | None:
    """The proof that an entry stands in the sealed journal, or None while it is not sealed."""
    position = Position.objects.filter(entry=entry).first()
    if position is None:
        return None
    seal = Seal.objects.filter(first__lte=position.position, last__gte=position.position).first()
    if seal is None:
        return None
    leaves = Position.objects.filter(position__range=(seal.first, seal.last)).order_by("position")
    hashes = [bytes.fromhex(leaf) for leaf in leaves.values_list("entry__leaf", flat=True)]
    index = position.position - seal.first
    return {
        "index": index,
        "size": len(hashes),
        "path": [node.hex() for node in proof_of(index, hashes)],
        "seal": seal.body(),
        "key": seal.key,
        "signature": seal.signature,
    }


def parked() -> QuerySet[Parked]:
    return Parked.objects.select_related("entry").order_by("at")


def standing_of(slug: str) -> dict[str, Any] | None:
    """What anyone may know of a receipt by its number: when it was entered, the hash, whether it is sealed."""
    entry = Entry.objects.filter(name="deals.introduction.acknowledged", subject_slug=slug).first()
    if entry is None:
        return None
    position = Position.objects.filter(entry=entry).values_list("position", flat=True).first()
    seal = Seal.objects.filter(first__lte=position, last__gte=position).first() if position else None
    return {"at": entry.at, "leaf": entry.leaf, "seal": seal.number if seal else None, "sealed_at": seal and seal.at}
