"""What a fact is worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yinxian.reputation.rules import DEFAULT_RULES, shared, worth


def test_a_milestone_of_19_20_wan_is_worth_base_and_full_wans() -> None:
    assert worth(DEFAULT_RULES, "milestone_accepted", 19_200_000) == 10 + 19


def test_the_cap_holds_and_an_unknown_event_earns_nothing() -> None:
    assert worth(DEFAULT_RULES, "milestone_accepted", 10**14) == 200
    assert worth(DEFAULT_RULES, "talked_about", 10**14) == 0
    assert worth(DEFAULT_RULES, "milestone_accepted", -5) == 10


@given(st.integers(0, 10_000), st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_a_team_shares_all_points_and_no_more(points: int, shares: list[int]) -> None:
    parts = shared(points, shares)
    assert sum(parts) == points
    assert all(part >= 0 for part in parts)
