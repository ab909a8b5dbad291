"""Refusals: the three ways an operation says no.

An operation raises a code such as ``market.need_not_open``; the reader gets the sentence that the app
registered for the code in its ``refusals.py``: what happened, what was kept, what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

Sentence = str | Promise

_sentences: dict[str, Sentence] = {}


def register_sentences(sentences: Mapping[str, Sentence]) -> None:
    """Make the sentences of an app known; a code belongs to one app only."""
    _sentences.update(sentences)


def known_codes() -> frozenset[str]:
    return frozenset(_sentences)


class Refusal(Exception):
    """An operation refused; nothing was changed."""

    status = 422

    def __init__(self, code: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params

    @property
    def sentence(self) -> str:
        """The refusal in the reader's language; the bare code when no app has registered a sentence."""
        text = str(_sentences.get(self.code, self.code))
        return text % self.params if self.params else text

    def __str__(self) -> str:
        return self.sentence


class Forbidden(Refusal):
    """The actor may not do this."""

    status = 403


class Conflict(Refusal):
    """The thing is not in a state that allows it, or someone else was first."""

    status = 409


class Invalid(Refusal):
    """What was given cannot be right; ``field`` names the input it belongs to."""

    status = 422
