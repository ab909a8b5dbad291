"""Weights from managers' decisions: what was shortlisted should stand above what was refused for the same need.

A logistic regression (scikit-learn) on differences within a need, drawn towards the prior while decisions are few. The
last decisions are held out; a fit that puts them in worse order than the weights in use is turned back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .weights import LEAST, MOST, PARTS, Weights

FEWEST, FEWEST_NEEDS = 40, 8  # decisions and needs with both kinds, below which nothing is fitted
HELD_OUT = 0.25  # of the needs, the latest
TRUST = 200  # pairs at which the fit counts as much as the prior


@dataclass(frozen=True)
class Decision:
    """``points`` are the parts under the prior; ``good`` when it was shortlisted. In order of time."""

    need: int
    good: bool
    points: Mapping[str, float]


@dataclass(frozen=True)
class Fitted:
    """``before`` and ``after``: of the held-out pairs, the share in the right order with the weights in use and with
    the new ones. ``better`` is never true for fewer right pairs."""

    weights: Weights
    decisions: int
    pairs: int
    held_out: int
    before: float
    after: float

    @property
    def better(self) -> bool:
        return self.after >= self.before


class TooFew(ValueError):
    """There are not yet decisions enough to learn from."""


def pairs_of(decisions: Sequence[Decision]) -> dict[int, list[list[float]]]:
    """By need, in order of time: the good one's parts less the bad one's."""
    by_need: dict[int, tuple[list[Decision], list[Decision]]] = defaultdict(lambda: ([], []))
    for one in decisions:
        by_need[one.need][0 if one.good else 1].append(one)
    return {
        need: [
            [good.points.get(part, 0.0) - bad.points.get(part, 0.0) for part in PARTS] for good in goods for bad in bads
        ]
        for need, (goods, bads) in by_need.items()
        if goods and bads
    }


def fit(decisions: Sequence[Decision], now: Weights, number: int) -> Fitted:
    """New weights beside those in use. TooFew without forty decisions over eight needs that have both kinds."""
    pairs = pairs_of(decisions)
    if len(decisions) < FEWEST or len(pairs) < FEWEST_NEEDS:
        raise TooFew(f"{len(decisions)} decisions, {len(pairs)} needs with both kinds")
    needs = list(pairs)
    cut = len(needs) - max(2, round(len(needs) * HELD_OUT))
    seen = [pair for need in needs[:cut] for pair in pairs[need]]
    held = [pair for need in needs[cut:] for pair in pairs[need]]
    made = Weights(number, _multiples(seen))
    return Fitted(made, len(decisions), len(seen), len(held), right_share(held, now), right_share(held, made))


def _multiples(pairs: Sequence[Sequence[float]]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # a second to load: only when fitting

    rows = [list(pair) for pair in pairs] + [[-value for value in pair] for pair in pairs]
    model = LogisticRegression(fit_intercept=False, C=0.05, max_iter=500)
    model.fit(rows, [1] * len(pairs) + [0] * len(pairs))
    found = [max(0.0, float(value)) for value in model.coef_[0]]
    varied = [any(pair[place] for pair in pairs) for place in range(len(PARTS))]
    known = [value for value, varies in zip(found, varied, strict=True) if varies]
    scale = sum(known) / len(known) if known and sum(known) > 0 else 1.0
    share = len(pairs) / (len(pairs) + TRUST)
    return {
        part: round(min(MOST, max(LEAST, (1 - share) + share * value / scale)), 3)
        for part, value, varies in zip(PARTS, found, varied, strict=True)
        if varies
    }


def right_share(pairs: Sequence[Sequence[float]], weights: Weights) -> float:
    """Of the pairs, those in the right order; even ones count half."""
    margins = [sum(weights[part] * value for part, value in zip(PARTS, pair, strict=True)) for pair in pairs]
    right = sum(1.0 if margin > 0 else 0.5 if margin == 0 else 0.0 for margin in margins)
    return round(right / len(margins), 4) if margins else 0.0
