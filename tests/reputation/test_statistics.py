"""Intervals, against values that others have published or that can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.reputation.statistics import SMALL, median, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 10, 0, 2775),  # Agresti and Coull 1998, and R's binom.wilson(0, 10): 0 to 0.2775
        (5, 10, 2366, 7634),  # R's binom.wilson(5, 10)
        (81, 263, 2553, 3662),  # Newcombe 1998, table I, method 3: 0.2553 to 0.3662
        (15, 148, 624, 1605),  # the same table: 0.0624 to 0.1605
        (0, 20, 0, 1611),  # the same: 0 to 0.1611
        (1, 29, 61, 1718),  # the same: 0.0061 to 0.1718
    ],
)
def test_wilson_agrees_with_published_tables(k: int, n: int, low: int, high: int) -> None:
    found = wilson(k, n)
    assert (found.low_bp, found.high_bp) == (low, high)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_share_lies_in_its_interval_and_the_mirror_is_the_mirror(k: int, n: int) -> None:
    k = min(k, n)
    found, mirror = wilson(k, n), wilson(n - k, n)
    assert found.low_bp is not None and found.high_bp is not None and found.bp is not None
    assert 0 <= found.low_bp <= found.bp <= found.high_bp <= 10_000
    assert abs(found.low_bp - (10_000 - (mirror.high_bp or 0))) <= 1


def test_nothing_is_nothing_and_a_few_are_small() -> None:
    assert wilson(0, 0).bp is None
    assert wilson(3, SMALL - 1).small
    assert not wilson(3, SMALL).small
    with pytest.raises(ValueError, match="k of n"):
        wilson(2, 1)


def test_the_ranks_of_the_median_are_those_of_the_tables() -> None:
    """Conover's table: for 6 the first and last, for 10 the 2nd and 9th, for 20 the 6th and 15th."""
    for n, rank in ((6, 1), (9, 2), (10, 2), (20, 6), (30, 10)):
        found = median(range(1, n + 1))
        assert (found.low, found.high) == (rank, n + 1 - rank)
    assert median([1, 2, 3, 4, 5]).low is None
    assert median([]).middle is None


@given(st.lists(st.integers(0, 10_000), min_size=6, max_size=40))
def test_the_interval_of_the_median_covers_it_with_95_per_cent(values: list[int]) -> None:
    found, n = median(values), len(values)
    assert found.low is not None and found.high is not None and found.middle is not None
    assert found.low <= found.middle <= found.high
    ordered = median(range(1, n + 1))
    assert ordered.low is not None
    outside = 2 * sum(comb(n, r) for r in range(ordered.low))
    assert Fraction(outside, 2**n) <= Fraction(5, 100)
