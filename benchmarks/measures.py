"""How a ranking is measured against graded texts, with bootstrap intervals over the needs."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import log2
from typing import Any

RESAMPLES, SEED, UNSEEN = 2000, 20261122, 1_000_000
NAMES = ("ndcg10", "solved5", "trap")


def measure(order: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """Of one need: ``order`` are texts best first, ``grades`` those that were judged; what nobody judged counts 0.

    nDCG@10 with gain 2^grade - 1; solved@5: a grade 3 text is among the first five; trap: a grade 0 text stands
    above it.
    """
    place = {key: at for at, key in enumerate(order)}
    gained = sum((2 ** grades[key] - 1) / log2(at + 2) for at, key in enumerate(order[:10]) if key in grades)
    ideal = sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    solves = min((place.get(key, UNSEEN) for key, grade in grades.items() if grade == 3), default=UNSEEN)
    traps = min((place.get(key, UNSEEN) for key, grade in grades.items() if grade == 0), default=UNSEEN)
    return {"ndcg10": gained / ideal if ideal else 0.0, "solved5": float(solves < 5), "trap": float(traps < solves)}


def summary(rows: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Means, each with its interval of 95%."""
    rng = random.Random(SEED)
    found: dict[str, Any] = {}
    for name in NAMES:
        values = [row[name] for row in rows]
        means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
        found[name] = round(sum(values) / len(values), 3)
        found[f"{name}_95"] = [round(means[RESAMPLES // 40], 3), round(means[-RESAMPLES // 40], 3)]
    return found


def said(name: str, found: Mapping[str, Any]) -> str:
    """One line for people."""
    return f"{name:<34} " + "   ".join(f"{part} {found[part]:.3f} {found[f'{part}_95']}" for part in NAMES)
