"""Are two texts the same thing told again? Shared runs of three characters, and the longest spans that both have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME_AGAIN = 0.5  # share of the smaller text's runs from which on two results are versions of one
RUN, SHORTEST, LONGEST = 3, 8, 3000  # characters: of a run, of a span worth showing, of a text that is compared
MOST_SPANS = 5


@dataclass(frozen=True)
class Likeness:
    """``share`` of the shorter text that stands in the other, 0 to 1; ``spans`` as (start, end) in the first, longest
    first."""

    share: float
    spans: tuple[tuple[int, int], ...] = ()


def runs(plain: str) -> frozenset[str]:
    """What is compared: runs of three characters, without white space and stops between them."""
    dense = "".join(char for char in plain[:LONGEST] if char.isalnum())
    return frozenset(dense[place : place + RUN] for place in range(len(dense) - RUN + 1))


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def compare(first: str, second: str) -> Likeness:
    """Both in normal form. Spans shorter than eight characters are how the trade talks, and are not shown."""
    one, two = first[:LONGEST], second[:LONGEST]
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    spans = sorted(
        ((block.a, block.a + block.size) for block in blocks if block.size >= SHORTEST), key=lambda at: at[0] - at[1]
    )
    return Likeness(shared(runs(one), runs(two)), tuple(spans[:MOST_SPANS]))


def versions(texts: Sequence[str]) -> list[int]:
    """For each text, in order, the place of the first that it is a version of; its own place when it is none."""
    seen: list[tuple[int, frozenset[str]]] = []
    found: list[int] = []
    for place, text in enumerate(texts):
        mine = runs(text)
        first = next((at for at, theirs in seen if shared(mine, theirs) >= SAME_AGAIN), place)
        if first == place:
            seen.append((place, mine))
        found.append(first)
    return found
