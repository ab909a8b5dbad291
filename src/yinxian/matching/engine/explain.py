"""Which words carried a result to its place, as phrases of the need that the result says too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yinxian.kernel.text import normalise

from .terms import Plan

MOST_PHRASES = 8
LEAST_SHARE = 0.02
LETTERS, LATIN = re.compile("[a-z]"), "[A-Za-z0-9]"


@lru_cache(maxsize=64)
def folded(need: str) -> str:
    """The normal form of a need's words, which are compared with many results in a row."""
    return normalise(need)


@dataclass(frozen=True)
class Carried:
    """``share`` is this phrase's part of what words brought, 0 to 1."""

    phrase: str
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def carried_by(plan: Plan, need: str, result: str, most: int = MOST_PHRASES) -> list[Carried]:
    """The phrases common to both, strongest first; shares are of all common terms together.

    Words that touch in the result are read as one phrase as far as the need has it as a phrase too; pairs of
    characters count towards the phrase that holds them.
    """
    theirs, ours = normalise(result), folded(need)
    marks = bytearray(len(theirs))
    common: dict[str, float] = {}
    for term, value in plan.worth.items():
        if term not in theirs:  # most are not: the cheap question first
            continue
        at = _find(theirs, term, 0)
        if at < 0:
            continue
        common[term] = value
        while at >= 0 and term in plan.whole:
            marks[at : at + len(term)] = b"\x01" * len(term)
            at = _find(theirs, term, at + 1)
    total = sum(common.values())
    if not total:
        return []
    phrases = {phrase for run in _runs(theirs, marks) for phrase in _shared(run, ours)}
    found = _share_out(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)), common)
    best = sorted(found, key=lambda row: (-row[1], row[0]))[:most]
    return [Carried(phrase, value / total) for phrase, value in best if value / total >= LEAST_SHARE]


def as_written(phrase: str, *texts: str) -> str:
    """A phrase in normal form with the capitals that the first text to hold it gives it: CBN, not cbn."""
    if not LETTERS.search(phrase):
        return phrase
    before, after = (LATIN if char.isascii() and char.isalnum() else "" for char in (phrase[0], phrase[-1]))
    whole = re.compile(f"{before and f'(?<!{before})'}{re.escape(phrase)}{after and f'(?!{after})'}", re.IGNORECASE)
    return next((found[0] for text in texts if (found := whole.search(text))), phrase)


def _find(text: str, term: str, start: int) -> int:
    """Where the term stands from ``start`` on; a Latin word or figure stands for itself, not inside another."""
    at = text.find(term, start)
    while at >= 0 and term.isascii() and _inside_word(text, at, at + len(term)):
        at = text.find(term, at + 1)
    return at


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _runs(text: str, marks: bytearray) -> list[str]:
    runs, start = [], -1
    for index in range(len(text) + 1):
        on = index < len(text) and marks[index]
        if on and start < 0:
            start = index
        elif not on and start >= 0:
            runs.append(text[start:index])
            start = -1
    return runs


def _shared(run: str, need: str) -> list[str]:
    """The run cut, from the left, into the longest pieces that the need holds."""
    pieces, at = [], 0
    while at < len(run):
        end = at + 1
        while end <= len(run) and run[at:end] in need:
            end += 1
        piece = run[at : max(end - 1, at + 1)]
        if len(piece) > 1 or piece.isascii():
            pieces.append(piece)
        at += len(piece)
    return pieces


def _share_out(phrases: Sequence[str], common: Mapping[str, float]) -> list[tuple[str, float]]:
    """Each term's worth goes to the longest phrase that holds it; phrases that get nothing fall away."""
    got = dict.fromkeys(phrases, 0.0)
    for term, value in common.items():
        home = next((phrase for phrase in phrases if term in phrase), None)
        if home is not None:
            got[home] += value
    return [(phrase, value) for phrase, value in got.items() if value > 0]
