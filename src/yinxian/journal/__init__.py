"""Append-only entries: the audit trail and the outbox in one.

``record`` writes an entry inside the operation's own transaction. The worker gives every committed entry
a position (one sequence, no gaps), so that a follower's cursor never misses one that committed late;
positions are sealed in batches into signed Merkle trees (RFC 9162).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .registry import daily, each_round, follower

if TYPE_CHECKING:
    from django.db.models import Model

    from .models import Entry

__all__ = ["daily", "each_round", "follower", "record"]


def record(
    name: str,
    *,
    actor: Any,
    subject: Model,
    data: dict[str, Any] | None = None,
    organisations: Iterable[int] = (),
) -> Entry:
    """Append an entry; see operations.entries.record. Imported late: models load after this package."""
    from .operations.entries import record as write  # noqa: PLC0415

    return write(name, actor=actor, subject=subject, data=data, organisations=organisations)
