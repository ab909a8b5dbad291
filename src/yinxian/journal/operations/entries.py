"""Write an entry; give committed entries their place."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from yinxian.kernel import clock, crypto, rows

from ..models import Entry, Head, Position, Seal
from ..models.entries import leaf_of

SETTLED = dt.timedelta(hours=1)


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


@dataclass(frozen=True)
class Said:
    """What ``record_many`` writes of one subject: its id, its public identifier, and the entry's own content."""

    subject_id: int
    subject_slug: str
    data: dict[str, Any]
    organisations: Sequence[int] = ()


def record_many(name: str, *, actor: Any, kind: type[models.Model], said: Sequence[Said], plain: bool = False) -> None:
    """Append an entry for each of many subjects of one kind, in one statement; else as ``record``.

    ``plain``: the caller's data hold text, integers and ASCII keys only (see crypto.canonical_plain).
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} must be recorded in the transaction of what it records")
    at, slug, subject_type = clock.now(), getattr(actor, "slug", "") or "", kind._meta.label_lower
    uids = [uuid.uuid4() for _ in said]
    moment, write = at.isoformat(), crypto.canonical_plain if plain else crypto.canonical
    leaves = [
        leaf_of(
            {
                "uid": str(uid),
                "name": name,
                "at": moment,
                "actor": slug,
                "subject": f"{subject_type}:{one.subject_slug or one.subject_id}",
                "data": one.data,
            },
            write,
        )
        for uid, one in zip(uids, said, strict=True)
    ]
    count = len(said)
    rows.insert(
        Entry._meta.db_table,
        [
            ("uid", "uuid", uids),
            ("name", "text", [name] * count),
            ("at", "time", [at] * count),
            ("actor_id", "big", [getattr(actor, "pk", None)] * count),
            ("actor_slug", "text", [slug] * count),
            ("subject_type", "text", [subject_type] * count),
            ("subject_id", "big", [one.subject_id for one in said]),
            ("subject_slug", "text", [one.subject_slug for one in said]),
            ("organisations", "json", [sorted(set(one.organisations)) for one in said]),
            ("data", "json", [one.data for one in said]),
            ("leaf", "text", leaves),
        ],
    )


@transaction.atomic
def give_places(limit: int = 1000) -> int:
    """Append entries that have committed since the last time to the sequence, in order of id."""
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    waiting = Entry.objects.filter(pk__gt=head.placed_to, place=None).order_by("pk")
    entries = list(waiting.values_list("pk", flat=True)[:limit])
    Position.objects.bulk_create(
        Position(position=head.next_position + offset, entry_id=pk) for offset, pk in enumerate(entries)
    )
    if entries:
        head.next_position += len(entries)
        head.save(update_fields=["next_position"])
    else:
        _move_up(head)
    return len(entries)


def _move_up(head: Head) -> None:
    """Look back no further than what was sealed an hour ago: a transaction that old is not open any more.

    Otherwise every round would look through the whole journal for entries without a place.
    """
    sealed = (
        Seal.objects.filter(at__lt=clock.now() - SETTLED).order_by("-number").values_list("last", flat=True).first()
    )
    entry = Position.objects.filter(position=sealed or 0).values_list("entry_id", flat=True).first()
    if entry is not None and entry > head.placed_to:
        head.placed_to = entry
        head.save(update_fields=["placed_to"])
