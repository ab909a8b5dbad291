"""Intervals around a count and around a median, without a distribution assumed. No database.

A share k of n: the Wilson score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22, 1927). A median: the order statistics whose ranks the
binomial distribution with p = 1/2 gives (W. J. Conover, Practical Nonparametric Statistics, 3rd ed., 1999, section
3.2). Both at 95 %. Shares are integer basis points; exact rational arithmetic, no floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, isqrt

Z = Fraction(1_959_964, 1_000_000)  # the 97.5th percentile of the normal distribution
WHOLE_BP = 10_000
SMALL = 5  # below so many, nothing can be said
DIGITS = 10**24


@dataclass(frozen=True)
class Share:
    """k of n, in basis points with the interval; None where n is 0."""

    k: int
    n: int
    bp: int | None
    low_bp: int | None
    high_bp: int | None

    @property
    def small(self) -> bool:
        return self.n < SMALL


@dataclass(frozen=True)
class Median:
    """The middle of n values, with the values between which it lies with 95 %; None where n is too small for them."""

    n: int
    middle: int | None
    low: int | None
    high: int | None

    @property
    def small(self) -> bool:
        return self.n < SMALL


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def _root(value: Fraction) -> Fraction:
    return Fraction(isqrt(value.numerator * DIGITS**2 // value.denominator), DIGITS)


def wilson(k: int, n: int) -> Share:
    """ValueError unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError("k of n: 0 <= k <= n")
    if n == 0:
        return Share(0, 0, None, None, None)
    p, z2 = Fraction(k, n), Z * Z
    centre = p + z2 / (2 * n)
    spread = Z * _root(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = ((centre + sign * spread) / (1 + z2 / n) for sign in (-1, 1))
    bounds = (max(0, _rounded(low * WHOLE_BP)), min(WHOLE_BP, _rounded(high * WHOLE_BP)))
    return Share(k, n, _rounded(p * WHOLE_BP), *bounds)


def median(values: Sequence[int]) -> Median:
    """Of an even number of values the lower of the two in the middle and the upper, halved and rounded up."""
    ordered, n = sorted(values), len(values)
    if n == 0:
        return Median(0, None, None, None)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2] + 1) // 2
    rank = _rank(n)
    if rank is None:
        return Median(n, middle, None, None)
    return Median(n, middle, ordered[rank - 1], ordered[n - rank])


def _rank(n: int) -> int | None:
    """The largest r for which at most r - 1 of n fair coins show heads with no more than 2.5 %; None below six values,
    where even the smallest and the largest do not hold the median with 95 %."""
    below, rank = 0, None
    for r in range(1, n // 2 + 1):
        below += comb(n, r - 1)
        if below * 40 > 2**n:
            break
        rank = r
    return rank
