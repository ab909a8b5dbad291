"""What a template is made of: fields that are asked for, articles whose clauses they fill, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from django.utils import translation
from django.utils.functional import Promise, lazy

Text = str | Promise
FieldKind = Literal["line", "text", "date", "whole", "percent", "choice"]
TableKind = Literal["indicators", "payments", "shares"]
FIELD_KINDS: tuple[FieldKind, ...] = ("line", "text", "date", "whole", "percent", "choice")
TABLES: tuple[TableKind, ...] = ("indicators", "payments", "shares")
Language = Literal["zh", "en"]


def _in_the_readers(zh: str, en: str) -> str:
    return zh if (translation.get_language() or "zh").startswith("zh") else en or zh


_lazy = lazy(_in_the_readers, str)


class Pair(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        return (self.en or self.zh) if language == "en" else self.zh

    @property
    def shown(self) -> Text:
        """In the language of the screens, decided when it is shown."""
        return _lazy(self.zh, self.en)


NOTHING = Pair("", "")


@dataclass(frozen=True)
class Ask:
    """One thing the form asks; what is typed fills ``{key}``."""

    key: str
    kind: FieldKind
    name: Pair
    required: bool = True
    hint: Pair = NOTHING
    options: Sequence[tuple[str, Pair]] = ()
    default: str = ""

    @property
    def label(self) -> Text:
        return self.name.shown

    @property
    def help(self) -> Text:
        return self.hint.shown if self.hint.zh else ""

    @property
    def choices(self) -> list[tuple[str, Text]]:
        return [(value, words.shown) for value, words in self.options]


@dataclass(frozen=True)
class Clause:
    """A sentence, or the place of a table. With ``when`` it stands only where that field has one of ``values``;
    ``*`` is any value at all, the empty string none. ``ident`` stays with the clause from version to version."""

    ident: str
    words: Pair = NOTHING
    table: TableKind | None = None
    when: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    ident: str
    heading: Pair
    clauses: Sequence[Clause]


@dataclass(frozen=True)
class Change:
    """A line of the change log."""

    version: str
    on: str
    words: Pair


@dataclass(frozen=True)
class Template:
    """A version is never edited once contracts may have been made from it: a change is a new version. ``total`` is what
    a penalty is a part of."""

    kind: str
    version: str
    sub_kinds: tuple[str, ...]
    name: Pair
    asks: Sequence[Ask]
    articles: Sequence[Article]
    preamble: Pair
    total: Pair
    roles: dict[str, Pair] = field(default_factory=dict)
    tables: tuple[TableKind, ...] = ()
    changes: Sequence[Change] = ()
    raw: dict[str, Any] = field(default_factory=dict, compare=False)

    def ask(self, key: str) -> Ask:
        return next(ask for ask in self.asks if ask.key == key)

    @property
    def title(self) -> Text:
        return self.name.shown
