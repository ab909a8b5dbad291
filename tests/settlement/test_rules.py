"""The split: the worked example to the fen, and what holds for any rule and amount."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.errors import Invalid
from yinxian.settlement.rules import (
    Before,
    Fee,
    Role,
    Share,
    Split,
    SplitRule,
    Tier,
    buyers_fee,
    split,
    split_fee,
    whole_fee,
)

MANAGERS = (Share("party:UA", "沈若溪", 6000), Share("party:UB", "顾明远", 4000))
TEAM = (Share("party:O1/team", "科研团队", 10_000, Role.INVENTOR),)


def example(**changes: object) -> SplitRule:
    rule = {
        "supplier": "party:O1",
        "supplier_name": "江北理工大学",
        "contract_fen": 48_000_000,
        "fee": Fee(bp=1160),
        "shares": MANAGERS,
        "reward_bp": 7000,
        "staff": "party:O1/staff",
        "staff_name": "转移人员",
        "staff_bp": 500,
        "inventors": TEAM,
    }
    return SplitRule(**{**rule, **changes})  # type: ignore[arg-type]  # a plain dictionary of its fields


def parts(found: Split) -> dict[str, int]:
    return {line.party: line.amount_fen for line in found.lines}


def test_the_worked_example_to_the_fen() -> None:
    found = split(example(), 19_200_000)
    assert (found.fee_fen, found.net_fen, found.reward_fen) == (2_227_200, 16_972_800, 11_880_960)
    assert parts(found) == {
        "party:O1": 5_091_840,
        "party:O1/team": 11_286_912,
        "party:O1/staff": 594_048,
        "party:UA": 1_336_320,
        "party:UB": 890_880,
    }
    assert sum(parts(found).values()) == 19_200_000
    assert [line.article for line in found.lines if line.role == Role.STAFF] == ["浙江省促进科技成果转化条例 37"]
    assert [line.share_bp for line in found.lines if line.role == Role.MANAGER] == [696, 464]


def test_a_ladder_is_marginal_over_all_releases_together() -> None:
    ladder = Fee(kind="ladder", tiers=(Tier(20_000_000, 1500), Tier(None, 1000)))
    rule = example(fee=ladder)
    first = split(rule, 15_000_000)
    second = split(rule, 33_000_000, Before(released_fen=15_000_000, due_fen=first.due_fen))
    assert first.fee_fen == 2_250_000
    assert first.fee_fen + second.fee_fen == 3_000_000 + 2_800_000 == whole_fee(rule)


def test_a_cap_is_over_all_releases() -> None:
    rule = example(fee=Fee(bp=1000, cap_fen=2_000_000))
    first = split(rule, 15_000_000)
    second = split(rule, 33_000_000, Before(15_000_000, first.due_fen))
    assert (first.fee_fen, second.fee_fen) == (1_500_000, 500_000)


def test_a_fixed_fee_and_direct_costs_fall_due_in_proportion() -> None:
    rule = example(fee=Fee(kind="fixed", amount_fen=1_000_001), direct_costs_fen=333)
    done, found = Before(), []
    for amount in (16_000_000, 16_000_000, 16_000_000):
        one = split(rule, amount, done)
        found.append(one)
        done = Before(done.released_fen + amount, done.due_fen + one.due_fen, done.costs_fen + one.costs_fen)
    assert sum(one.fee_fen for one in found) == 1_000_001
    assert sum(one.costs_fen for one in found) == 333


def test_a_fee_due_at_signing_comes_first_and_one_due_at_acceptance_last() -> None:
    early = split(example(fee=Fee(bp=1000, trigger="contract")), 9_600_000)
    assert early.fee_fen == 4_800_000
    late = example(fee=Fee(bp=1000, trigger="acceptance"))
    assert split(late, 9_600_000).fee_fen == 0
    assert split(late, 9_600_000, Before(released_fen=38_400_000)).fee_fen == 4_800_000


def test_the_buyers_fee_is_a_line_of_its_own_on_top() -> None:
    rule = example(fee=Fee(bp=1160, payer="buyer"))
    assert split(rule, 19_200_000).fee_fen == 0
    assert buyers_fee(rule) == 5_568_000
    assert parts(split_fee(rule, 5_568_000)) == {"party:UA": 3_340_800, "party:UB": 2_227_200}


def test_where_both_pay_each_pays_half() -> None:
    rule = example(fee=Fee(bp=1160, payer="both"))
    assert split(rule, 19_200_000).fee_fen == 1_113_600
    assert buyers_fee(rule) == 2_784_000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contract_fen": 0}, "settlement.rule_amount"),
        ({"contract_fen": 10**16}, "settlement.rule_amount"),
        ({"direct_costs_fen": -1}, "settlement.rule_costs"),
        ({"reward_bp": 10_001}, "settlement.rule_reward"),
        ({"staff_bp": 499}, "settlement.rule_staff"),
        ({"shares": (Share("party:UA", "沈若溪", 9999),)}, "settlement.rule_shares"),
        ({"inventors": ()}, "settlement.rule_shares"),
        ({"shares": (Share("a:1", "甲", 10_001), Share("a:2", "乙", -1))}, "settlement.rule_shares"),
        ({"fee": Fee(kind="gift")}, "settlement.rule_fee"),
        ({"fee": Fee(bp=-1)}, "settlement.rule_fee"),
        ({"fee": Fee(kind="ladder")}, "settlement.rule_ladder"),
        ({"fee": Fee(kind="ladder", tiers=(Tier(5, 1), Tier(5, 1), Tier(None, 1)))}, "settlement.rule_ladder"),
        ({"fee": Fee(kind="ladder", tiers=(Tier(5, 1), Tier(9, 1)))}, "settlement.rule_ladder"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        example(**changes).check()
    assert refused.value.code == code
    assert refused.value.sentence != code


@pytest.mark.parametrize("amount", [0, -1, 10**16])
def test_an_amount_that_cannot_be_is_refused(amount: int) -> None:
    with pytest.raises(Invalid):
        split(example(), amount)


def shares(role: str) -> st.SearchStrategy[tuple[Share, ...]]:
    def cut(points: list[int]) -> tuple[Share, ...]:
        ends = [0, *sorted(set(points)), 10_000]
        return tuple(Share(f"party:{role}{i}", role, b - a, role) for i, (a, b) in enumerate(itertools.pairwise(ends)))

    return st.lists(st.integers(1, 9999), max_size=5).map(cut)


FEES = st.one_of(
    st.builds(Fee, kind=st.just("rate"), bp=st.integers(0, 10_000), cap_fen=st.none() | st.integers(0, 10**12)),
    st.builds(Fee, kind=st.just("fixed"), amount_fen=st.integers(0, 10**4)),
    st.builds(
        Fee,
        kind=st.just("ladder"),
        tiers=st.tuples(
            st.builds(Tier, st.just(10**5), st.integers(0, 10_000)), st.builds(Tier, st.none(), st.integers(0, 10_000))
        ),
    ),
)
PAYERS = st.sampled_from(["supplier", "buyer", "both"])
TRIGGERS = st.sampled_from(["release", "contract", "acceptance"])


@given(
    st.lists(st.integers(1, 10**11), min_size=1, max_size=6),
    FEES,
    PAYERS,
    TRIGGERS,
    shares(Role.MANAGER),
    shares(Role.INVENTOR),
    st.integers(0, 10_000),
    st.integers(500, 10_000),
    st.integers(0, 10_000),
)
def test_parts_add_up_are_never_negative_and_always_the_same(
    amounts: list[int],
    fee: Fee,
    payer: str,
    trigger: str,
    team: tuple[Share, ...],
    inventors: tuple[Share, ...],
    reward: int,
    staff: int,
    costs_bp: int,
) -> None:
    contract = sum(amounts)
    fee = Fee(**{**fee.__dict__, "payer": payer, "trigger": trigger, "amount_fen": min(fee.amount_fen, contract)})
    rule = example(
        contract_fen=contract,
        fee=fee,
        shares=team,
        inventors=inventors,
        reward_bp=reward,
        staff_bp=staff,
        direct_costs_fen=contract * costs_bp // 10_000,
    )
    rule.check()
    again = SplitRule.from_json(rule.to_json())
    assert again == rule
    before = Before()
    for amount in amounts:
        found = split(rule, amount, before)
        assert found == split(again, amount, before) == Split.from_json(found.to_json())
        assert sum(line.amount_fen for line in found.lines) == amount
        assert all(line.amount_fen > 0 for line in found.lines)
        assert sum(line.amount_fen for line in found.lines if line.role == Role.MANAGER) == found.fee_fen
        before = Before(
            before.released_fen + amount, before.due_fen + found.due_fen, before.costs_fen + found.costs_fen
        )
    assert fee.cap_fen is None or before.due_fen <= fee.cap_fen
    assert before.costs_fen <= rule.direct_costs_fen
