"""How much each part of the score counts, as multiples of the prior: 1 is what the house began with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SAID = ("text", "means", "acts", "names", "kin", "dense")  # what a text says
FACTS = ("field", "mode", "price", "fit", "stage", "region", "record", "freshness")
PARTS = SAID + FACTS
LEAST, MOST = 0.25, 4.0  # a fit moves no part further than this


@dataclass(frozen=True)
class Weights:
    """``number`` is the version, 0 the prior."""

    number: int = 0
    of: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, part: str) -> float:
        return self.of.get(part, 1.0)

    def weighed(self, points: Mapping[str, float]) -> dict[str, float]:
        return {part: round(value * self[part], 2) for part, value in points.items()}


PRIOR = Weights()


def checked(number: int, of: Mapping[str, object]) -> Weights:
    """Weights as they were kept; what is not a known part with a number is left out."""
    known = {part: float(value) for part, value in of.items() if part in PARTS and isinstance(value, int | float)}
    return Weights(number, {part: min(MOST, max(0.0, value)) for part, value in known.items()})
