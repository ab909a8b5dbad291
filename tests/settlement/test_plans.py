"""Royalties, periods and forecasts: to the fen, whatever the rates."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinxian.kernel.errors import Invalid
from yinxian.settlement.plans import TEMPLATES, Royalty, cash, forecast, later, parts, periods, usual_for
from yinxian.settlement.rules import Fee, Role, Share, SplitRule, Tier

FALLING = Royalty((Tier(1_000_000_000, 300), Tier(None, 200)))


def rule(amount: int = 48_000_000) -> SplitRule:
    return SplitRule(
        supplier="s",
        supplier_name="",
        contract_fen=amount,
        fee=Fee(bp=1160),
        shares=(Share("m", "", 10_000),),
        reward_bp=7000,
        staff="f",
        inventors=(Share("t", "", 10_000, Role.INVENTOR),),
    )


def test_rates_are_marginal_over_all_periods_together() -> None:
    assert FALLING.due(900_000_000) == 27_000_000
    assert FALLING.due(200_000_000, before_fen=900_000_000) == 3_000_000 + 2_000_000
    assert [FALLING.shape, Royalty((Tier(None, 5),)).shape] == ["falling", "fixed"]
    assert Royalty((Tier(10, 1), Tier(None, 2))).shape == "rising"


def test_minimum_and_cap() -> None:
    royalty = Royalty((Tier(None, 100),), minimum_fen=500, cap_fen=1200)
    assert [royalty.due(0), royalty.due(100_000), royalty.due(100_000, paid_fen=1000)] == [500, 1000, 200]
    assert royalty.due(100_000, paid_fen=1200) == 0


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        (Tier(100, 5),),
        (Tier(None, 0),),
        (Tier(None, 10_001),),
        (Tier(100, 5), Tier(50, 6), Tier(None, 7)),
        (Tier(10, 5), Tier(20, 9), Tier(None, 7)),
        (Tier(None, 5), Tier(None, 6)),
    ],
)
def test_rates_that_cannot_be_are_refused(tiers: tuple[Tier, ...]) -> None:
    with pytest.raises(Invalid):
        Royalty(tiers).check()


@pytest.mark.parametrize("base", [-1, 10**15 + 1, 1.5, True])
def test_a_base_that_cannot_be_is_refused(base: int) -> None:
    with pytest.raises(Invalid):
        FALLING.due(base)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=10**11), min_size=1, max_size=12))
def test_periods_together_owe_what_the_whole_owes_within_half_a_fen_each(bases: list[int]) -> None:
    before = total = 0
    for base in bases:
        total += FALLING.due(base, before_fen=before, paid_fen=total)
        before += base
    assert total == FALLING.on(before)


def test_periods_cover_every_day_once() -> None:
    found = periods(dt.date(2026, 1, 31), dt.date(2026, 12, 30), 3)
    assert found[0][0] == dt.date(2026, 1, 31) and found[-1][1] == dt.date(2026, 12, 30)
    for (_since, until), (after, _end) in itertools.pairwise(found):
        assert after - until == dt.timedelta(days=1)
    assert later(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("since", "until", "every"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1), 12),
        (dt.date(2026, 1, 1), dt.date(2025, 1, 1), 12),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 1), 5),
        (dt.date(2026, 1, 1), dt.date(2040, 1, 1), 1),
        (dt.date(2026, 1, 1), dt.date(9999, 12, 31), 12),
    ],
)
def test_periods_that_cannot_be_are_refused(since: dt.date, until: dt.date, every: int) -> None:
    with pytest.raises(Invalid):
        periods(since, until, every)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
@pytest.mark.parametrize("amount", [1, 3, 48_000_001])
def test_a_template_s_parts_add_up(key: str, amount: int) -> None:
    assert sum(fen for _step, fen in parts(TEMPLATES[key], amount)) == amount
    assert sum(step.bp for step in TEMPLATES[key].steps) == 10_000


def test_the_size_decides_what_is_usual() -> None:
    assert [usual_for(fen).key for fen in (0, 49_999_999, 50_000_000, 500_000_000)] == [
        "simple",
        "simple",
        "staged",
        "long",
    ]


def test_everyone_s_cash_adds_up_to_nothing() -> None:
    payments = forecast(rule(), TEMPLATES["entry"], royalty=FALLING, base_a_year_fen=400_000_000, years=4)
    assert [payment.amount_fen for payment in payments] == [48_000_000, 12_000_000, 12_000_000, 10_000_000, 8_000_000]
    assert [payment.month for payment in payments] == [0, 12, 24, 36, 48]
    found = cash(payments)
    assert sum(sum(months.values()) for months in found.values()) == 0
    assert -sum(found[Role.BUYER].values()) == 90_000_000
    assert sum(found[Role.MANAGER].values()) == 90_000_000 * 1160 // 10_000
