"""The technology field of a text: scores over the eleven codes, from a lexicon of words."""

from __future__ import annotations

import re
from functools import lru_cache
from math import log1p, sqrt
from pathlib import Path
from typing import TypedDict

STRONG, WEAK = 3.0, 1.0
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
def _pattern() -> re.Pattern[str]:
    """All words at once, longest first; Latin words only where they stand alone."""
    ordered = sorted(lexicon(), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in ordered if word.isascii())
    others = "|".join(re.escape(word) for word in ordered if not word.isascii())
    return re.compile(f"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{others}")


def count_words(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for match in _pattern().finditer(text.lower()):
        counts[match[0]] = counts.get(match[0], 0) + 1
    return counts


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
