"""What a fact is worth, what caps and years leave of it, and which schemes cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.clock import SHANGHAI
from yinxian.kernel.errors import Invalid
from yinxian.reputation import rules
from yinxian.reputation.models import Event
from yinxian.reputation.rules import DEFAULT_RULES, Fact, Part, Plan, check_terms, checked, shared, worth

NAMES = {event.value: str(event.label) for event in Event}
AT = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 25)


def rule(event: str, **figures: Any) -> dict[str, Any]:
    return {"event": event, "base": 5, "per": 1, "cap": 50, "year_cap": 0} | figures


def refused(code: str, given: object) -> Invalid:
    with pytest.raises(Invalid) as found:
        checked(given, NAMES)
    assert found.value.code == code
    assert found.value.sentence != code
    return found.value


def test_a_milestone_of_19_20_wan_is_worth_base_and_full_wans() -> None:
    assert worth(DEFAULT_RULES, "milestone_accepted", 19) == 10 + 19


def test_the_cap_holds_and_an_unknown_event_earns_nothing() -> None:
    assert worth(DEFAULT_RULES, "milestone_accepted", 10**8) == 200
    assert worth(DEFAULT_RULES, "talked_about", 10**8) == 0
    assert worth(DEFAULT_RULES, "milestone_accepted", -5) == 10


def test_a_rule_may_go_by_another_for_a_share_of_it() -> None:
    given = checked(
        [rule("contract_registered"), {"event": "reward_paid", "as": "contract_registered", "as_bp": 3333}], NAMES
    )
    assert worth(given, "reward_paid", 10) == 5  # a third of 15


def test_rules_that_go_round_in_a_circle_are_refused_with_the_circle() -> None:
    given = [
        {"event": "contract_registered", "as": "milestone_accepted", "as_bp": 5000},
        {"event": "milestone_accepted", "as": "reward_paid", "as_bp": 5000},
        {"event": "reward_paid", "as": "contract_registered", "as_bp": 5000},
    ]
    said = refused("reputation.rule_cycle", given).sentence
    assert "技术合同完成登记 → 付款节点通过验收并放款 → 科研奖励随放款支付 → 技术合同完成登记" in said
    refused("reputation.rule_cycle", [{"event": "reward_paid", "as": "reward_paid", "as_bp": 5000}])


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("reputation.rules_none", []),
        ("reputation.rules_none", None),
        ("reputation.rules_none", {"event": "reward_paid"}),
        ("reputation.rules_none", [rule("reward_paid")] * 8),
        ("reputation.rule_unknown", ["reward_paid"]),
        ("reputation.rule_unknown", [rule("won_the_lottery")]),
        ("reputation.rule_unknown", [rule("reward_paid") | {"event": ["reward_paid"]}]),
        ("reputation.rule_twice", [rule("reward_paid"), rule("reward_paid")]),
        ("reputation.rule_wrong", [rule("reward_paid", base=-1)]),
        ("reputation.rule_wrong", [rule("reward_paid", cap=10**18)]),
        ("reputation.rule_wrong", [rule("reward_paid", per="3")]),
        ("reputation.rule_wrong", [rule("reward_paid", per=1.5)]),
        ("reputation.rule_wrong", [rule("reward_paid", per=float("nan"))]),
        ("reputation.rule_wrong", [rule("reward_paid", base=True)]),
        ("reputation.rule_cap", [rule("reward_paid", base=60)]),
        ("reputation.rule_year_cap", [rule("reward_paid", year_cap=49)]),
        ("reputation.rule_share", [{"event": "reward_paid", "as": "contract_registered"}]),
        ("reputation.rule_share", [{"event": "reward_paid", "as": "contract_registered", "as_bp": 10**18}]),
        ("reputation.rule_units", [{"event": "reward_paid", "as": "contract_registered", "as_bp": 5000}]),
        (
            "reputation.rule_units",
            [rule("contract_registered"), {"event": "course_taught", "as": "contract_registered", "as_bp": 5000}],
        ),
    ],
)
def test_nonsense_is_refused_clearly(code: str, given: object) -> None:
    refused(code, given)


@pytest.mark.parametrize("wrong", [0, -1, 10_001, 10**18, "80", 0.8, None, True])
def test_decay_of_nothing_or_beyond_the_whole_is_refused(wrong: object) -> None:
    with pytest.raises(Invalid) as found:
        check_terms(wrong, None)
    assert found.value.code == "reputation.decay_wrong"


@pytest.mark.parametrize("wrong", [0, -1, 10**18, "5", 1.5])
def test_a_year_cap_that_is_no_number_is_refused(wrong: object) -> None:
    with pytest.raises(Invalid):
        check_terms(10_000, wrong)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_a_team_shares_all_points_and_no_more(points: int, shares: list[int]) -> None:
    parts = shared(points, shares)
    assert sum(parts) == points
    assert all(part >= 0 for part in parts)


def test_a_related_party_gets_nothing_and_the_others_do_not_get_more() -> None:
    fact = Fact(1, "contract_registered", AT, 20, (Part(1, 6000), Part(2, 4000, "own_organisation")))
    plan = Plan(tuple(DEFAULT_RULES))
    first, second = (rules.award(fact, place, plan, {}) for place in (0, 1))
    assert (first.amount, first.held, first.why) == (24, 0, "")
    assert (second.amount, second.held, second.why) == (0, 16, "own_organisation")


def test_caps_of_a_year_hold_and_begin_again_with_the_next() -> None:
    plan = Plan((rule("contract_registered", base=50, per=0, year_cap=80), rule("reward_paid", base=50, per=0)), 120)
    day = [AT, AT + dt.timedelta(days=30), AT + dt.timedelta(days=60), dt.datetime(2027, 1, 1, tzinfo=SHANGHAI)]
    events = ["contract_registered", "contract_registered", "reward_paid", "contract_registered"]
    facts = [Fact(n, event, at, 0, (Part(1, 1),)) for n, (event, at) in enumerate(zip(events, day, strict=True))]
    found = rules.replay(facts, lambda _user, _fact: plan)
    assert [(one.amount, one.held, one.why) for one in found] == [
        (50, 0, ""),
        (30, 20, "event_cap"),
        (40, 10, "year_cap"),
        (50, 0, ""),
    ]


FACTS = st.lists(
    st.builds(
        Fact,
        st.integers(1, 10**6),
        st.sampled_from(Event.values),
        st.integers(-500, 500).map(lambda days: AT + dt.timedelta(days=days)),
        st.integers(0, 500),
        st.lists(
            st.builds(Part, st.integers(1, 4), st.integers(1, 9), st.sampled_from(["", "", "declared"])),
            min_size=1,
            max_size=3,
            unique_by=lambda part: part.user,
        ).map(tuple),
    ),
    max_size=12,
)
PLANS = st.builds(
    lambda caps, all_of_them: Plan(
        tuple(
            row | {"year_cap": max(cap, row["cap"]) if cap else 0} for row, cap in zip(DEFAULT_RULES, caps, strict=True)
        ),
        all_of_them,
    ),
    st.lists(st.integers(0, 300), min_size=7, max_size=7),
    st.none() | st.integers(1, 400),
)


@given(FACTS, PLANS)
def test_working_it_out_again_gives_the_same_and_no_cap_is_passed(facts: list[Fact], plan: Plan) -> None:
    once = rules.replay(facts, lambda _user, _fact: plan)
    assert rules.replay(facts, lambda _user, _fact: plan) == once
    book = rules.Book()
    halves = [
        *rules.replay(facts[:5], lambda _u, _f: plan, book),
        *rules.replay(facts[5:], lambda _u, _f: plan, book),
    ]
    assert halves == once
    for one in once:
        assert one.amount >= 0 and one.held >= 0 and bool(one.held) == bool(one.why)
    for (_user, _year, event), total in book.taken.items():
        row = rules.rule_of(plan.rules, event)
        cap = (row["year_cap"] if row else plan.year_cap) or 0
        assert not cap or total <= cap


@given(FACTS, PLANS, st.data())
def test_what_is_undone_leaves_nothing_and_gives_the_caps_their_room_again(
    facts: list[Fact], plan: Plan, data: st.DataObject
) -> None:
    numbered = [replace(fact, entry=number) for number, fact in enumerate(facts, 1)]
    book = rules.Book()
    once = rules.replay(numbered, lambda _u, _f: plan, book)
    gone = data.draw(st.sets(st.sampled_from([fact.entry for fact in numbered] or [0])))
    undone = [replace(fact, entry=fact.entry + 100, undoes=fact.entry) for fact in numbered if fact.entry in gone]
    back = rules.replay([*undone, *undone], lambda _u, _f: plan, book)
    left = sum(one.amount for one in once if one.entry not in gone)
    assert sum(one.amount for one in (*once, *back)) == left
    assert sum(total for (_u, _y, event), total in book.taken.items() if event == "") == left
    assert all(total >= 0 for total in book.taken.values())


def test_a_point_is_worth_less_after_each_full_year() -> None:
    given = [rules.left_of(100, 8000, dt.date(2026 - years, 11, 25), DAY) for years in range(4)]
    assert given == [100, 80, 64, 51]
    assert rules.left_of(100, 8000, dt.date(2025, 11, 26), DAY) == 100
    assert rules.left_of(-100, 8000, dt.date(2025, 11, 25), DAY) == -80
    assert rules.left_of(100, 10_000, dt.date(1990, 1, 1), DAY) == 100


def test_the_anniversary_of_29_february_is_on_1_march() -> None:
    leap = dt.date(2024, 2, 29)
    assert rules.full_years(leap, dt.date(2025, 2, 28)) == 0
    assert rules.full_years(leap, dt.date(2025, 3, 1)) == 1
    assert rules.full_years(leap, dt.date(2028, 2, 29)) == 4
