"""Entries and the one sequence they are read in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models

from yinxian.kernel import crypto


def leaf_of(body: dict[str, Any], write: Callable[[Any], bytes] = crypto.canonical) -> str:
    """RFC 9162 section 2.1.1: SHA-256 over 0x00 and the canonical body; hexadecimal."""
    return crypto.sha256_hex(b"\x00" + write(body))


class Entry(models.Model):
    """One thing that happened. Never changed, never deleted (the database refuses both)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )  # nobody is ever removed (network.guards): no row has to be locked for every entry that names its actor
    actor_slug = models.CharField(max_length=16, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_slug = models.CharField(max_length=40, blank=True)
    organisations = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    leaf = models.CharField(max_length=64, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["name"], name="journal_entry_by_name", opclasses=["varchar_pattern_ops"]),
        ]  # by_name: for a whole name and for its beginning
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_slug or self.subject_id}"

    def body(self) -> dict[str, Any]:
        """What is hashed: everything that the entry says, in plain JSON."""
        return {
            "uid": str(self.uid),
            "name": self.name,
            "at": self.at.isoformat(),
            "actor": self.actor_slug,
            "subject": f"{self.subject_type}:{self.subject_slug or self.subject_id}",
            "data": self.data,
        }

    def leaf_hash(self) -> str:
        return leaf_of(self.body())


class Head(models.Model):
    """One row, locked by whoever extends the sequence or seals it.

    ``placed_to``: every entry up to this id has its place, and none with a lower one can be committed any more.
    """

    next_position = models.BigIntegerField(default=1)
    sealed_to = models.BigIntegerField(default=0)
    placed_to = models.BigIntegerField(default=0)


class Position(models.Model):
    """The place of a committed entry in the one sequence."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place")
