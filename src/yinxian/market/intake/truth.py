"""Is this a true need? Evidence of four kinds, each scored 1 to 10; what has expired does not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WEIGHTS = {"visit": 3, "budget": 3, "deposit": 2, "second_source": 2}  # tenths of the whole


@dataclass(frozen=True)
class Part:
    kind: str
    score: int
    weight: int

    @property
    def percent(self) -> int:
        return self.score * 10


@dataclass(frozen=True)
class Truth:
    """``tenths`` of 10 points: 75 is 7.5. A kind without live evidence gives nothing."""

    tenths: int
    parts: tuple[Part, ...]

    @property
    def shown(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10}"


def weigh(scores: Iterable[tuple[str, int]]) -> Truth:
    """The best live score of each kind, weighted 3:3:2:2 for visit, budget, deposit and second source."""
    best: dict[str, int] = {}
    for kind, score in scores:
        best[kind] = max(best.get(kind, 0), score)
    parts = tuple(Part(kind, best.get(kind, 0), weight) for kind, weight in WEIGHTS.items())
    return Truth(sum(part.score * part.weight for part in parts), parts)
