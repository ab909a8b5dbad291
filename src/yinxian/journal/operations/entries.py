"""Write an entry; give committed entries their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction

from yinxian.kernel import clock

from ..models import Entry, Head, Position


def record(
    name: str,
    *,
    actor: Any,
    subject: models.Model,
    data: dict[str, Any] | None = None,
    organisations: Iterable[int] = (),
) -> Entry:
    """Append an entry inside the caller's transaction.

    ``actor`` is a user, or None for the system. ``organisations`` are those whom the entry concerns.
    RuntimeError outside a transaction: a write and its entry stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} must be recorded in the transaction of what it records")
    entry = Entry(
        name=name,
        at=clock.now(),
        actor=actor,
        actor_slug=getattr(actor, "slug", "") or "",
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_slug=getattr(subject, "slug", "") or "",
        organisations=sorted(set(organisations)),
        data=data or {},
    )
    entry.leaf = entry.leaf_hash()
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def give_places(limit: int = 1000) -> int:
    """Append entries that have committed since the last time to the sequence, in order of id."""
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    entries = list(Entry.objects.filter(place=None).order_by("pk").values_list("pk", flat=True)[:limit])
    Position.objects.bulk_create(
        Position(position=head.next_position + offset, entry_id=pk) for offset, pk in enumerate(entries)
    )
    if entries:
        head.next_position += len(entries)
        head.save(update_fields=["next_position"])
    return len(entries)
