"""The technology field of a text: scores over the eleven codes, from words of the trades.

The words are ours (fields.txt) and the Chinese terms of the thesaurus, which know their field.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from yinxian.kernel.thesaurus import Thesaurus, thesaurus

from .lexicon import Lexicon, Weights, read_words, shares

TITLE = 2.0
TERM = 0.9  # a term of the thesaurus; ours are 3 (nearly decides), 1 and 0.4 (any field may use it)
SHOWN = 0.12  # a field below this share of the whole is not shown
CODES = frozenset(f"{number:02}" for number in range(1, 12))


class FieldScore(TypedDict):
    code: str
    score: float


def lexicon() -> Lexicon:
    """Word to the weights of its fields. A word in several fields is shared among them; ours win over the book's."""
    return _lexicon(thesaurus())


@lru_cache(maxsize=1)
def _lexicon(known: Thesaurus) -> Lexicon:
    own = read_words(Path(__file__).parent / "fields.txt")
    terms: Weights = {}
    for concept in known.concepts.values():
        if concept.field in CODES:
            for term in concept.zh:
                word = term.lower()
                if len(word) >= 3 and word not in own:
                    terms.setdefault(word, {})[concept.field] = TERM
    return Lexicon(own | terms)


def count_words(text: str) -> dict[str, int]:
    """How often each word of the trades stands in the text."""
    return _counted(lexicon(), text)


@lru_cache(maxsize=32)
def _counted(known: Lexicon, text: str) -> dict[str, int]:
    """Field and keywords of one need ask for the same texts."""
    return known.count(text)


def score_fields(title: str, parts: list[tuple[str, float]]) -> list[FieldScore]:
    """Shares of the fields, best first, adding up to at most 1. ``parts`` are texts with their weight; the title
    counts TITLE times, its last words most: 矿用电动滚筒 is a drum."""
    counted = [(count_words(text), weight) for text, weight in [(title, TITLE), (title[-8:], TITLE / 2), *parts]]
    return [{"code": code, "score": share} for code, share in shares(lexicon().add_up(counted), 4, SHOWN)]
