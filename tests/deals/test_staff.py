"""Who of the transfer office shares the 5 %: stored by name, fixed at signing, paid to the fen."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.deal_world import make_signed
from tests.deals.test_rewards import last
from tests.world import People, person
from yinxian.deals.models import RewardRule
from yinxian.deals.operations.rewards import store_reward, store_staff
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import allocate
from yinxian.network.models import Membership, User
from yinxian.settlement.explain import explain
from yinxian.settlement.labels import basis
from yinxian.settlement.rules import Fee, Role, Share, SplitRule, split

SINCE, UNTIL = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


@pytest.fixture
def office(people: People) -> tuple[User, User]:
    return (
        person("钟转", "13800000031", (people.supplier, Membership.Role.MEMBER)),
        person("殷移", "13800000032", (people.supplier, Membership.Role.MEMBER)),
    )


def store(people: People, *staff: tuple[User, int], actor: User | None = None) -> RewardRule:
    return store_staff(
        organisation_id=people.supplier.pk,
        actor=actor or people.lan,
        staff=[(user.pk, bp) for user, bp in staff],
        since=SINCE,
        until=UNTIL,
    )


def test_signing_fixes_the_staff_by_name_and_the_fen_add_up(people: People, office: tuple[User, User]) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    stored = store(people, (office[0], 6667), (office[1], 3333))
    assert stored.version == 2
    assert last("deals.staff.stored").data == {
        "version": 2,
        "since": "2026-01-01",
        "until": "2026-06-30",
        "people": 2,
    }
    deal = make_signed(people)
    assert deal.split_rule is not None
    rule = deal.split_rule.rule
    assert [(share.name, share.bp) for share in rule.staff_parts] == [("钟转", 6667), ("殷移", 3333)]
    found = split(rule, 19_200_000)
    staff = [line for line in found.lines if line.role == Role.STAFF]
    # 192,000.00 - fee 22,272.00 = 169,728.00; reward 70 % = 118,809.60; staff 5 % = 5,940.48
    assert [line.amount_fen for line in staff] == [396_052, 197_996]
    assert sum(line.amount_fen for line in staff) == 594_048
    assert sum(line.amount_fen for line in found.lines) == 19_200_000
    assert [step.label for step in explain(rule, found) if "转移人员" in step.label] == [
        "转移人员 · 钟转",
        "转移人员 · 殷移",
    ]
    assert basis(staff[0], found) == "奖励里转移人员部分的 66.67%"


def test_storing_the_reward_again_keeps_the_staff(people: People, office: tuple[User, User]) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    store(people, (office[0], 10_000))
    assert store(people, (office[0], 10_000)).version == 2
    after = store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7500)
    assert (after.version, [one["name"] for one in after.staff]) == (3, ["钟转"])


def test_a_special_rule_of_a_result_still_pays_the_suppliers_staff(people: People, office: tuple[User, User]) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    store(people, (office[0], 10_000))
    deal = make_signed(people)
    assert deal.split_rule is not None
    assert deal.split_rule.rule.staff_parts[0].name == "钟转"


def test_what_cannot_be_is_refused_and_nothing_is_kept(people: People, office: tuple[User, User]) -> None:
    with pytest.raises(Conflict):
        store(people, (office[0], 10_000))
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    for wrong in (
        [],
        [(office[0], 9999)],
        [(office[0], 5000), (office[0], 5000)],
        [(people.heng, 10_000)],
        [(office[0], 10_000), (office[1], 0)],
        [(office[0], 20_000), (office[1], -10_000)],
    ):
        with pytest.raises(Invalid):
            store(people, *wrong)
    with pytest.raises(Invalid):
        store_staff(
            organisation_id=people.supplier.pk,
            actor=people.lan,
            staff=[(office[0].pk, 10_000)],
            since=UNTIL,
            until=SINCE,
        )
    with pytest.raises(Forbidden):
        store(people, (office[0], 10_000), actor=office[0])
    rule = RewardRule.objects.get()
    assert (rule.version, rule.staff) == (1, [])


@given(
    st.integers(1, 10**12),
    st.integers(500, 10_000),
    st.lists(st.integers(1, 9_000), min_size=1, max_size=6),
)
def test_the_parts_of_the_staff_add_up_to_the_part_of_the_office(
    amount: int, staff_bp: int, weights: list[int]
) -> None:
    bps = allocate(10_000, weights)
    if any(bp <= 0 for bp in bps):
        return
    office = SplitRule(
        supplier="s",
        supplier_name="s",
        contract_fen=amount,
        fee=Fee(bp=1160),
        shares=(Share("m", "m", 10_000),),
        reward_bp=7000,
        staff="o",
        staff_bp=staff_bp,
        inventors=(Share("t", "t", 10_000, Role.INVENTOR),),
    )
    named = SplitRule(
        **{
            **office.__dict__,
            "staff_parts": tuple(Share(f"p{n}", f"p{n}", bp, Role.STAFF) for n, bp in enumerate(bps)),
        }
    )
    named.check()
    assert SplitRule.from_json(named.to_json()) == named
    whole, parts = split(office, amount), split(named, amount)

    def of_staff(found: object) -> int:
        return sum(line.amount_fen for line in found.lines if line.role == Role.STAFF)  # type: ignore[attr-defined]  # a Split

    assert of_staff(whole) == of_staff(parts)
    assert sum(line.amount_fen for line in parts.lines) == amount


def test_a_rule_fixed_before_staff_had_names_is_read_as_it_was() -> None:
    old = SplitRule(supplier="s", supplier_name="s", contract_fen=1).to_json()
    del old["staff_parts"]
    assert SplitRule.from_json(old).staff_parts == ()
