"""What policies come to, step by step, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinxian.kernel.errors import Invalid
from yinxian.policies.book import DATA, shipped
from yinxian.policies.calc import bases_of, compute
from yinxian.policies.queries import outcomes, search

YUAN = 100


def worked_out(key: str, **given: int) -> int:
    outcome = compute(shipped()[key], {base: yuan * YUAN for base, yuan in given.items()})
    assert outcome is not None and outcome.steps
    return outcome.fen // YUAN if outcome.fen % YUAN == 0 else outcome.fen


@pytest.mark.parametrize(
    ("key", "amounts", "yuan"),
    [
        ("income-tax-2015", {"gain": 5_000_000}, 0),
        ("income-tax-2015", {"gain": 7_000_000}, 250_000),
        ("bonus-half", {"bonus": 120_000}, 60_000),
        ("stamp-duty", {"turnover": 1_000_000}, 300),
        ("law-45", {"net": 1_000_000}, 500_000),
        ("zhejiang-37", {"net": 169_728}, 11_880_960),  # in fen: the worked example's reward of 118,809.60
        ("lanzhou-2025-broker", {"paid": 1_000_000}, 50_000),
        ("lanzhou-2025-broker", {"paid": 10_000_000}, 200_000),
        ("shenzhen-2021-vat", {"vat_due": 100_000, "vat_paid": 70_000}, 70_000),
        ("shenzhen-2021-vat", {"vat_due": 100_000, "vat_paid": 90_000}, 80_000),
        ("suzhou-buyer", {"technical": 5_000_000}, 500_000),
        ("suzhou-buyer", {"technical": 6_000_000}, 1_500_000),
        ("suzhou-buyer", {"technical": 30_000_000}, 5_000_000),
        ("fuqing-buyer", {"paid": 199_999}, 0),
        ("fuqing-buyer", {"paid": 200_000}, 20_000),
        ("sanming-2023", {"technical": 100_000}, 1_000),
        ("sanming-2023", {"technical": 1_000_000}, 5_000),
        ("xiamen-2026-loan", {"loan": 20_000_000}, 100_000),
    ],
)
def test_a_policy_comes_to_what_it_says(key: str, amounts: dict[str, int], yuan: int) -> None:
    assert worked_out(key, **amounts) == yuan


def test_the_usual_commission_is_a_range() -> None:
    outcome = compute(shipped()["practice-ladder"], {"turnover": 48_000_000})
    assert outcome is not None
    assert (outcome.low_fen, outcome.fen) == (7_200_000, 9_600_000)


@pytest.mark.parametrize("wrong", [-1, 10**15 + 1, True, 1.5])
def test_an_amount_that_cannot_be_is_refused(wrong: int) -> None:
    with pytest.raises(Invalid):
        compute(shipped()["stamp-duty"], {"turnover": wrong})


def test_what_was_not_given_is_not_computed() -> None:
    assert compute(shipped()["stamp-duty"], {"net": 1}) is None
    assert compute(shipped()["zhejiang-17"], {"net": 1}) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**15))
def test_no_policy_gives_more_than_its_base_or_its_cap(fen: int) -> None:
    for policy in shipped().values():
        bases = bases_of(policy)
        outcome = compute(policy, dict.fromkeys(bases, fen)) if bases else None
        if outcome is not None:
            assert 0 <= (outcome.low_fen or 0) <= outcome.fen <= max(fen, 0)
            assert outcome.fen <= policy.calc.get("cap_fen", outcome.fen)


def test_every_policy_has_both_languages_a_source_and_a_mark() -> None:
    for policy in shipped().values():
        assert all((policy.name, policy.name_en, policy.source, policy.source_en, policy.text, policy.text_en))
        assert policy.mark in "FM" and policy.who
        assert bool(policy.region) == bool(policy.place and policy.place_en)
        assert not policy.region or len(policy.region) == 6
    assert len(list(DATA.glob("*.toml"))) == 4


def test_a_day_decides_between_the_old_rule_and_the_new() -> None:
    book = shipped().values()

    def taxes(day: dt.date) -> set[str]:
        return {one.policy.key for one in outcomes(book, given={"gain": 10**9}, region="330100", on=day)}

    assert taxes(dt.date(2015, 9, 30)) == {"income-tax-2008"}
    assert taxes(dt.date(2015, 10, 1)) == {"income-tax-2015"}


def test_a_place_decides_and_what_is_of_the_past_computes_nothing() -> None:
    book, day = shipped().values(), dt.date(2026, 3, 1)
    given = {"technical": 800_000_000, "net": 10**8}
    suzhou = {one.policy.key for one in outcomes(book, given=given, region="320500", on=day)}
    assert "suzhou-buyer" in suzhou and "nanjing-2022-buyer" not in suzhou
    shanghai = {one.policy.key for one in outcomes(book, given=given, region="310000", on=day)}
    assert "shanghai-reward" in shanghai and "shanghai-2016-agency" not in shanghai


def test_search_by_person_place_and_words() -> None:
    book = shipped().values()
    assert {one.key for one in search(book, who="manager", region="620000", subject="subsidy")} == {
        "lanzhou-2025-broker"
    }
    assert [one.key for one in search(book, q="印花税")] == ["stamp-duty"]
    assert search(book, q="没有的词") == []
    assert search(book, region="330000")[0].region == "330000"
