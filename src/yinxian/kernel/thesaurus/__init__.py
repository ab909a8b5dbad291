"""What the trades call things: concepts with their Chinese and English terms, signs and broader concepts.

The data lies in ``concepts/NN_name.txt`` (NN is the technology field), ``elements.txt`` and ``homonyms.txt``;
docs/adr/0020-thesaurus.md says how it is written. What an installation adds (``house``) counts like the book's own.
``find`` says which concepts a text holds and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .book import Thesaurus, shipped
from .finding import Match
from .house import extra_from, thesaurus, write_extra
from .reading import Concept, Malformed, read_line

__all__ = [
    "Concept",
    "Malformed",
    "Match",
    "Thesaurus",
    "ancestors",
    "concept",
    "concepts",
    "extra_from",
    "find",
    "narrower",
    "read_line",
    "shipped",
    "terms_of",
    "thesaurus",
    "with_extra",
    "write_extra",
]


def concepts() -> Mapping[str, Concept]:
    """Every concept of the book, by id."""
    return thesaurus().concepts


def concept(id: str) -> Concept | None:
    """The concept of an id, also of one made by rule (``alloy:al-zr``, ``compound:zr-o``); None for an unknown one."""
    return thesaurus().concept(id)


def find(text: str, *, nested: bool = False) -> list[Match]:
    """The concepts that a text names, in order; longest first where terms overlap, those inside others if asked."""
    return thesaurus().find(text, nested=nested)


def terms_of(id: str) -> tuple[str, ...]:
    """Every way to write a concept: Chinese, English, signs. Empty for an unknown id."""
    return thesaurus().terms_of(id)


def narrower(id: str) -> tuple[str, ...]:
    """Ids of the concepts directly below."""
    return thesaurus().narrower(id)


def ancestors(id: str) -> tuple[str, ...]:
    """Ids of all concepts above, nearest first."""
    return thesaurus().ancestors(id)


def with_extra(extra: Iterable[Concept]) -> Thesaurus:
    """The book with concepts of a house added; keep the result, building it costs some milliseconds."""
    return shipped().with_extra(extra)
