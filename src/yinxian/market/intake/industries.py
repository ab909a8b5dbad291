"""The industry of a text by GB/T 4754-2017: section (a letter) and division (two figures)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from .lexicon import Lexicon, Weights, shares

FILE = Path(__file__).parent / "industries.txt"
TITLE = 3.0
SHOWN = 0.2


class IndustryScore(TypedDict):
    code: str
    score: float


class Division(NamedTuple):
    section: str
    code: str
    name: str


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, Division], Lexicon]:
    """Lines ``C 34 通用设备制造业: words``."""
    divisions: dict[str, Division] = {}
    words: Weights = {}
    for line in FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, said = line.partition(": ")
            section, code, name = head.split(" ")
            divisions[code] = Division(section, code, name)
            for word in said.split():
                words.setdefault(word.lower(), {})[code] = 1.0
    return divisions, Lexicon(words)


def divisions() -> dict[str, Division]:
    """Every division by its code."""
    return _read()[0]


def score_industries(title: str, parts: list[tuple[str, float]]) -> list[IndustryScore]:
    """At most three divisions, best first, with their share; nothing when no word of any stands there."""
    words = _read()[1]
    totals = words.add_up([(words.count(text), weight) for text, weight in [(title, TITLE), *parts]])
    return [{"code": code, "score": share} for code, share in shares(totals, 3, SHOWN)]
