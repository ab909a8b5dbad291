"""The technology field of a text: scores over the eleven codes, from a lexicon of words."""

from __future__ import annotations

import re
from functools import lru_cache
from math import log1p, sqrt
from pathlib import Path
from typing import TypedDict

STRONG, WEAK = 3.0, 1.0
_LATIN = re.compile("[a-z0-9]")
TITLE = 4.0
SHOWN = 0.12  # a field below this share of the whole is not shown


class FieldScore(TypedDict):
    code: str
    score: float


@lru_cache(maxsize=1)
def lexicon() -> dict[str, dict[str, float]]:
    """Word to the weights of its fields. A word in several fields is shared among them."""
    words: dict[str, dict[str, float]] = {}
    code = ""
    for line in (Path(__file__).parent / "fields.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            code = line[1:3]
        elif line and not line.startswith("#"):
            for word in line.split():
                weight = STRONG if word.startswith("!") else WEAK
                words.setdefault(word.lstrip("!").lower(), {})[code] = weight
    return words


@lru_cache(maxsize=1)
def _by_first_sign() -> dict[str, list[str]]:
    """The words under their first sign, longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(lexicon(), key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


def count_words(text: str) -> dict[str, int]:
    """How often each word stands in the text, the longest at each place; Latin words only where they stand alone."""
    plain, by_sign = text.lower(), _by_first_sign()
    counts: dict[str, int] = {}
    free = 0  # the first place behind the word found last
    for place, sign in enumerate(plain):
        if place < free or sign not in by_sign:
            continue
        for word in by_sign[sign]:
            if plain.startswith(word, place) and (not word.isascii() or _alone(plain, place, place + len(word))):
                counts[word] = counts.get(word, 0) + 1
                free = place + len(word)
                break
    return counts


def _alone(text: str, start: int, end: int) -> bool:
    return not _LATIN.match(text[start - 1 : start]) and not _LATIN.match(text[end : end + 1])


def score_fields(title: str, parts: list[tuple[str, float]]) -> list[FieldScore]:
    """Shares of the fields, best first, adding up to at most 1. ``parts`` are texts with their weight; the title
    counts TITLE times, its last words most: 矿用电动滚筒 is a drum."""
    totals: dict[str, float] = {}
    for text, weight in [(title, TITLE), (title[-8:], TITLE / 2), *parts]:
        for word, times in count_words(text).items():
            shares = lexicon()[word]
            length = sqrt(min(len(word), 6) / 2)
            for code, strength in shares.items():
                gain = weight * strength * length * log1p(times) / sqrt(len(shares))
                totals[code] = totals.get(code, 0.0) + gain
    whole = sum(totals.values())
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"code": code, "score": round(total / whole, 3)}
        for place, (code, total) in enumerate(ranked[:4])
        if place == 0 or total / whole >= SHOWN
    ]
