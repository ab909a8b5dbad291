"""Public identifiers: a letter for the kind and nine random characters that nobody misreads."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # no 0/O, 1/I, U
VALUES = len(ALPHABET) ** 9


def new_slug(prefix: str) -> str:
    """A new identifier, for example ``N4K7Q2XWZD``: 31**9 values a kind, not guessable, not counting."""
    number, letters = secrets.randbelow(VALUES), []
    for _ in range(9):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return prefix + "".join(letters)


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
