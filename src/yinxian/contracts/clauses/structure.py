"""What a template is made of: fields that are asked for, articles whose sentences they fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
FieldKind = Literal["line", "text", "date", "whole", "percent", "choice"]
TableKind = Literal["indicators", "payments"]


@dataclass(frozen=True)
class Ask:
    """One thing the form asks. ``label`` and ``help`` are for the reader of the form; a choice's words too."""

    key: str
    kind: FieldKind
    label: Text
    required: bool = True
    help: Text = ""
    choices: Sequence[tuple[str, Text]] = ()
    default: str = ""
    group: str = ""


@dataclass(frozen=True)
class Table:
    """Where a table of the case stands: what is to be accepted, or what is paid when."""

    kind: TableKind


@dataclass(frozen=True)
class When:
    """Sentences that stand only where a field has one of the values; ``*`` is any value at all."""

    key: str
    values: tuple[str, ...]
    sentences: tuple[str, ...]


Block = str | Table | When


@dataclass(frozen=True)
class Article:
    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Template:
    """A version is never edited once contracts may have been made from it: a change is a new version.

    The contract's language is Chinese: its text is what binds, in whatever language the screens are.
    """

    kind: str
    version: str
    name: str
    asks: Sequence[Ask]
    articles: Sequence[Article]
    preamble: str
    roles: dict[str, str] = field(default_factory=dict)
    tables: tuple[TableKind, ...] = ()

    def ask(self, key: str) -> Ask:
        return next(ask for ask in self.asks if ask.key == key)
