"""Seals: a signed Merkle root over a run of positions, chained to the seal before it."""

from __future__ import annotations

from typing import Any

from django.db import models

from yinxian.kernel import crypto


class Seal(models.Model):
    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def body(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "seal": self.number,
            "first": self.first,
            "last": self.last,
            "root": self.root,
            "previous": self.previous,
            "at": self.at.isoformat(),
        }

    def digest(self) -> str:
        return crypto.sha256_hex(crypto.canonical(self.body()))
