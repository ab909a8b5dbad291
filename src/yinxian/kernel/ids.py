"""Public identifiers: a letter for the kind and random characters that nobody misreads, nine for what people type."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # no 0/O, 1/I, U
EVEN = 256 // len(ALPHABET) * len(ALPHABET)
LETTERS, UNEVEN = bytes(ord(ALPHABET[place % len(ALPHABET)]) for place in range(256)), bytes(range(EVEN, 256))
"""A byte as a letter; the last few bytes are left out, so that every letter is as likely as any other."""
SHORT, LONG = 9, 14  # of two million in 31**9, two are the same one time in thirteen; in 31**14, never


def new_slug(prefix: str, characters: int = SHORT) -> str:
    """A new identifier, for example ``N4K7Q2XWZD``: 31**9 values a kind, not guessable, not counting. LONG for what
    comes by the million."""
    letters = b""
    while len(letters) < characters:
        letters += secrets.token_bytes(2 * characters).translate(LETTERS, UNEVEN)
    return prefix + letters[:characters].decode()


def new_token() -> str:
    """A secret for a link: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


class Slugged(models.Model):
    """A model that has a public, stable identifier beside its row number."""

    PREFIX: ClassVar[str] = "X"

    slug = models.SlugField(max_length=16, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = new_slug(self.PREFIX)
        super().save(*args, **kwargs)
