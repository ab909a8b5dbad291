"""Words that speak for a class (a technology field, an industry), found in one walk over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import log1p, sqrt
from operator import add
from pathlib import Path

STRONG, WEAK, GENERIC = 3.0, 1.0, 0.4
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
Weights = dict[str, dict[str, float]]


def read_words(path: Path) -> Weights:
    """A file of blocks ``[code]`` with words behind; ``!`` marks a word that nearly decides by itself,
    ``~`` one that any class may use."""
    words: Weights = {}
    code = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            code = line[1 : line.index("]")]
        elif line and not line.startswith("#"):
            for word in line.split():
                weight = {"!": STRONG, "~": GENERIC}.get(word[0], WEAK)
                words.setdefault(word.lstrip("!~").lower(), {})[code] = weight
    return words


class Lexicon:
    """Immutable. The longest word at each place counts; Latin words only where they stand alone."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.weights = weights
        self._gain = {
            word: [
                (code, strength * sqrt(min(len(word), 6) / 2) / sqrt(len(shares))) for code, strength in shares.items()
            ]
            for word, shares in weights.items()
        }
        self._lengths: dict[str, list[int]] = {}  # first two signs (or the one) to the lengths worth a look
        singles = "".join(sorted(word for word in weights if len(word) == 1))
        self._singles = re.compile(f"[{re.escape(singles)}]") if singles else None
        for word in weights:
            lengths = self._lengths.setdefault(word[:2], [])
            if len(word) not in lengths:
                lengths.append(len(word))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def count(self, text: str) -> dict[str, int]:
        """How often each word stands in the text."""
        plain = text.lower()
        counts: dict[str, int] = {}
        free, lengths, weights = 0, self._lengths, self.weights
        for place in self._places(plain):
            if place < free:
                continue
            for length in (*lengths.get(plain[place : place + 2], ()), *lengths.get(plain[place], ())):
                word = plain[place : place + length]
                if word in weights and (word[0] not in LATIN or self._alone(plain, place, place + length)):
                    counts[word] = counts.get(word, 0) + 1
                    free = place + length
                    break
        return counts

    def _places(self, plain: str) -> list[int]:
        """Where a word may begin, in order: most places are none, and this looks at them quickly."""
        lengths = self._lengths
        places = [place for place, pair in enumerate(map(add, plain, plain[1:])) if pair in lengths]
        if self._singles is not None:
            places += [match.start() for match in self._singles.finditer(plain)]
            places.sort()
        return places

    @staticmethod
    def _alone(text: str, start: int, end: int) -> bool:
        return (start == 0 or text[start - 1] not in LATIN) and text[end : end + 1] not in LATIN

    def add_up(self, parts: Iterable[tuple[Mapping[str, int], float]]) -> dict[str, float]:
        """What the counted words of each part, times its weight, give to each class."""
        totals: dict[str, float] = {}
        for counts, weight in parts:
            for word, times in counts.items():
                often = weight * log1p(times)
                for code, gain in self._gain[word]:
                    totals[code] = totals.get(code, 0.0) + often * gain
        return totals


def shares(totals: Mapping[str, float], most: int, shown: float) -> list[tuple[str, float]]:
    """The classes by their share of the whole, best first; the first always, others from ``shown`` on."""
    whole = sum(totals.values())
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [
        (code, round(total / whole, 3))
        for place, (code, total) in enumerate(ranked)
        if place == 0 or total / whole >= shown
    ]
