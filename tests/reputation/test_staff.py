"""The transfer staff's part by points: shares by largest remainder, stored, fixed at signing, paid to the fen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.deal_world import make_signed
from tests.reputation.earning import fact
from tests.world import People, person
from yinxian.deals.models import RewardRule
from yinxian.deals.operations.rewards import store_reward
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Membership, User
from yinxian.reputation.operations.staff import fix_staff
from yinxian.reputation.queries.staff import office, shares_by_points
from yinxian.settlement.rules import Role, split

DAY = dt.timedelta(days=1)


@pytest.fixture
def staff(people: People) -> list[User]:
    """Three of the office: 20, 8 and no points this week."""
    made = [
        person(name, f"1380000004{number}", (people.supplier, Membership.Role.MEMBER))
        for number, name in enumerate(("钟转", "殷移", "章新"))
    ]
    for user, hours in zip(made, (40, 6), strict=False):
        fact("training.course.taught", people.association, people.qiao, teacher=user.slug, hours=hours)
    return made


def fixed(people: People, staff: list[User], actor: User | None = None) -> RewardRule:
    today = clock.today()
    who = [user.pk for user in staff]
    return fix_staff(
        supplier_id=people.supplier.pk, actor=actor or people.lan, people=who, since=today - DAY, until=today
    )


def test_points_become_shares_and_the_split_pays_them_to_the_fen(people: People, staff: list[User]) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    rule = fixed(people, staff)
    assert [(one["name"], one["bp"]) for one in rule.staff] == [("钟转", 7143), ("殷移", 2857)]
    deal = make_signed(people)
    assert deal.split_rule is not None
    lines = [line for line in split(deal.split_rule.rule, 19_200_000).lines if line.role == Role.STAFF]
    # 5 % of the reward of 118,809.60 is 5,940.48
    assert [(line.name, line.amount_fen) for line in lines] == [("钟转", 424_328), ("殷移", 169_720)]
    today = clock.today()
    tried = office(people.supplier, [user.pk for user in staff], today - DAY, today, reward_fen=11_880_960)
    assert [one.example_fen for one in tried.shares] == [424_328, 169_720, 0]


def test_what_cannot_be_is_refused(people: People, staff: list[User]) -> None:
    today = clock.today()
    with pytest.raises(Conflict):
        fixed(people, staff)
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    for wrong in ([], [people.heng], [*staff, people.ruoxi]):
        with pytest.raises(Invalid):
            fixed(people, wrong)
    with pytest.raises(Invalid) as nothing:
        fixed(people, staff[2:])
    assert nothing.value.code == "reputation.staff_no_points"
    for since, until in ((today, today - DAY), (today - 4000 * DAY, today)):
        with pytest.raises(Invalid):
            office(people.supplier, [staff[0].pk], since, until)
    with pytest.raises(Forbidden):
        fixed(people, staff, actor=staff[0])
    assert RewardRule.objects.get().staff == []


@given(st.lists(st.integers(-50, 10**6), min_size=1, max_size=30))
def test_shares_add_up_whatever_the_points(points: list[int]) -> None:
    shares = shares_by_points(points)
    assert sum(shares) == (10_000 if any(one > 0 for one in points) else 0)
    assert all(not share or one > 0 for share, one in zip(shares, points, strict=True))


def test_the_page_tries_then_stores_and_refuses_others(
    people: People, staff: list[User], client_of: Callable[..., Client]
) -> None:
    address, today = f"/organisations/{people.supplier.slug}/reward/staff/", clock.today()
    browser = client_of(people.lan)
    assert "还没有奖励规则" in browser.get(address).content.decode()
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    asked = {
        "since": str(today - DAY),
        "until": str(today),
        "people": [user.pk for user in staff],
        "reward": "118,809.60",
    }
    page = browser.get(address, asked).content.decode()
    assert "71.43%" in page and "4,243.28" in page and "1,697.20" in page and "存进奖励规则" in page
    assert not RewardRule.objects.get().staff
    assert "钟转" in browser.get(address, {**asked, "export": "csv"}).content.decode("utf-8-sig")
    for wrong in ({"since": str(today + DAY)}, {"people": [people.heng.pk]}, {"reward": "-5"}, {"until": "<i>"}):
        assert browser.get(address, asked | wrong).status_code == 422
    assert browser.post(address, asked).status_code == 302
    assert browser.post(address, asked).status_code == 302
    assert RewardRule.objects.get().version == 2
    assert "钟转 71.43%" in browser.get(address).content.decode()
    assert client_of(staff[0]).get(address).status_code == 403
    assert client_of(people.heng).post(address, asked).status_code == 403
