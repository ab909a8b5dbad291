"""Classical item statistics of a set of papers.

Difficulty p: the mean share of an item's points (for a right-or-wrong item the share of those who had it right).
Discrimination: the corrected point-biserial correlation, Pearson's r between the item's share and the rest of the
paper's share without it (Lord and Novick, Statistical Theories of Mental Test Scores, 1968, chapter 15), and the
upper-lower index D, the difference of p between the best and the worst 27 percent (Kelley, The selection of upper and
lower groups for the validation of test items, Journal of Educational Psychology 30, 1939, 17-24). Fewer than ``FEW``
papers are said to be few; fewer than ``LEAST`` give no discrimination at all.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FEW, LEAST = 30, 5
EXTREME = 0.27  # Kelley 1939


@dataclass(frozen=True)
class Taken:
    """One item of one paper: ``share`` of its points (0 to 1), ``rest`` share of the other items, what was chosen."""

    share: float
    rest: float
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemStatistics:
    """``discrimination`` and ``upper_lower`` are None where nothing can be said (too few, or all answered alike)."""

    n: int
    difficulty: float
    discrimination: float | None
    upper_lower: float | None
    used: Mapping[str, int] = field(default_factory=dict)
    blank: int = 0

    @property
    def few(self) -> bool:
        return self.n < FEW


def item_statistics(rows: Sequence[Taken]) -> ItemStatistics:
    """The statistics of one item; ``rows`` has at least one."""
    shares, rests = [row.share for row in rows], [row.rest for row in rows]
    used = Counter(option for row in rows for option in row.chosen)
    return ItemStatistics(
        n=len(rows),
        difficulty=statistics.fmean(shares),
        discrimination=correlation(shares, rests),
        upper_lower=_upper_lower(rows),
        used=dict(used),
        blank=sum(not row.chosen for row in rows),
    )


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's r; None with fewer than LEAST pairs or where one side does not vary."""
    if len(first) < LEAST:
        return None
    means = statistics.fmean(first), statistics.fmean(second)
    ups = [one - means[0] for one in first]
    downs = [one - means[1] for one in second]
    spread = math.sqrt(sum(one * one for one in ups) * sum(one * one for one in downs))
    return sum(up * down for up, down in zip(ups, downs, strict=True)) / spread if spread > 1e-12 else None


def _upper_lower(rows: Sequence[Taken]) -> float | None:
    """By the rest of the paper; at least one on either side, and no one on both."""
    if len(rows) < LEAST:
        return None
    size = max(1, round(len(rows) * EXTREME))
    ordered = sorted(rows, key=lambda row: row.rest)
    low, high = ordered[:size], ordered[-size:]
    return statistics.fmean(row.share for row in high) - statistics.fmean(row.share for row in low)


def histogram(shares_bp: Sequence[int], steps: int = 10) -> list[int]:
    """How many results fall into each tenth; the full mark belongs to the last."""
    counts = [0] * steps
    for value in shares_bp:
        counts[min(steps - 1, value * steps // 10_000)] += 1
    return counts
