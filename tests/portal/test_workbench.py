"""What each person has to do: theirs, in the organisation that they act for, and nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.deals.milestone_world import deliver, pay, planned_deal, step
from tests.market.listings import make_need, make_result
from tests.world import People
from yinxian.deals.models import BypassAlarm, Deal, Introduction, Share
from yinxian.kernel import clock
from yinxian.market.models import Brief, Evidence, Need, Result
from yinxian.matching.models import Find, SavedSearch
from yinxian.network.models import Organisation, User
from yinxian.portal.queries.funnel import funnel
from yinxian.portal.queries.todo import Person, Todo, things_to_do
from yinxian.portal.queries.workbench import greeting, workbench

TODAY = dt.date(2026, 6, 25)


@pytest.fixture(autouse=True)
def in_summer(frozen: Callable[[str], None]) -> None:
    frozen("2026-06-25T09:42")


def todo(user: User, organisation: Organisation | None = None) -> list[Todo]:
    return things_to_do(Person(User.objects.get(pk=user.pk), organisation, TODAY))


def titles(user: User, organisation: Organisation | None = None) -> list[str]:
    return [str(one.title) for one in todo(user, organisation)]


def introduction(people: People, **values: Any) -> Introduction:
    common: dict[str, Any] = {
        "need": make_need(people),
        "result": make_result(people),
        "buyer": people.buyer,
        "supplier": people.supplier,
        "manager": people.ruoxi,
        "subject": "一氧化碳低温催化消除",
    }
    return Introduction.objects.create(**common | values)


def brief(people: People, need: Need, **content: Any) -> Brief:
    return Brief.objects.create(need=need, number=1, content={"missing": [], **content}, created_by=people.ruoxi)


def test_material_waits_for_the_buyer_and_reminds_the_manager(people: People) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    assert "验收材料已到，请您确认" in titles(people.heng, people.buyer)
    assert "验收材料已到，请需方确认" in titles(people.ruoxi, people.agency)
    assert "验收材料已到，请您确认" not in titles(people.lan, people.supplier)
    assert titles(people.cang, people.second_supplier) == titles(people.outsider, people.outside) == []
    assert "9.60 万元" in next(one.text for one in todo(people.heng, people.buyer) if "验收" in str(one.title))


def test_what_an_organisation_owes_is_not_asked_of_who_acts_for_another(people: People) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    people.heng.memberships.create(organisation=people.agency, role="member")
    assert "验收材料已到，请您确认" not in titles(people.heng, people.agency)
    assert "验收材料已到，请您确认" not in titles(people.heng, None)


def test_who_may_not_pay_is_not_asked_to(people: People) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    people.stray.memberships.create(organisation=people.buyer, role="reviewer")
    assert titles(people.stray, people.buyer) == []


def test_a_payment_that_is_due_is_asked_of_the_buyer(people: People) -> None:
    planned_deal(people)
    assert "该付这一笔了，付后登记回单" in titles(people.heng, people.buyer)
    assert "等需方付款" in titles(people.ruoxi)
    late = next(one for one in todo(people.heng, people.buyer) if "该付" in str(one.title))
    assert late.when.startswith("今天")
    assert not late.plain


def test_money_in_escrow_is_released_or_worked_for(people: People) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 1))
    assert "款已到托管户，请确认放款" in titles(people.heng, people.buyer)
    step(deal, 3)
    deal.milestones.filter(position=3).update(due_on=TODAY + dt.timedelta(days=9))
    pay(people, step(deal, 3))
    assert "款已托管，按期交付验收材料" in titles(people.lan, people.supplier)


def test_the_next_action_of_a_deal_stands_on_its_day(people: People) -> None:
    deal = planned_deal(people)
    Deal.objects.filter(pk=deal.pk).update(next_action="电话催样件", next_on=TODAY + dt.timedelta(days=2))
    one = next(one for one in todo(people.ruoxi) if one.title == "电话催样件")
    assert (one.on, one.plain, one.when) == (TODAY + dt.timedelta(days=2), True, "2 天后　·　项目")
    assert "电话催样件" not in titles(people.heng, people.buyer)
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.COMPLETED)
    assert "电话催样件" not in titles(people.ruoxi)


def test_an_offer_waits_for_both_sides_and_a_share_for_its_holder(people: People) -> None:
    one = introduction(people, state="offered", offered_at=timezone.now(), answer_by=TODAY + dt.timedelta(days=20))
    assert "一项引荐等您单位确认" in titles(people.heng, people.buyer)
    assert "一项引荐等您单位确认" in titles(people.lan, people.supplier)
    assert "一项引荐等您单位确认" not in titles(people.cang, people.second_supplier) + titles(
        people.ruoxi, people.agency
    )
    Introduction.objects.filter(pk=one.pk).update(state="shares_pending", offered_at=None)
    Share.objects.create(introduction=one, position=1, user=people.mingyuan, bp=4000)
    Share.objects.create(introduction=one, position=2, organisation=people.agency, bp=1000)
    assert titles(people.mingyuan) == ["一份分成等您同意"]
    assert "一份分成等您同意" in titles(people.yuan, people.agency)
    assert "一份分成等您同意" not in titles(people.heng, people.buyer)


def test_the_manager_hears_of_lapse_protection_and_what_can_become_a_deal(people: People) -> None:
    offered = introduction(people, state="offered", offered_at=timezone.now(), answer_by=TODAY + dt.timedelta(days=3))
    assert "还没有双方的答复，建议打个电话" in titles(people.ruoxi)
    Introduction.objects.filter(pk=offered.pk).update(
        state="acknowledged", acknowledged_at=timezone.now(), protected_until=TODAY + dt.timedelta(days=10)
    )
    assert "双方已确认，可以立项了" in titles(people.ruoxi)
    Deal.objects.create(
        number="2026-0001",
        title="立项了",
        introduction=offered,
        need=offered.need,
        result=offered.result,
        buyer=people.buyer,
        supplier=people.supplier,
        manager=people.ruoxi,
        state=Deal.State.INTRODUCED,
    )
    assert "引荐保护期将满" in titles(people.ruoxi)
    assert "引荐保护期将满" not in titles(people.mingyuan)


def test_an_alarm_is_for_the_manager_and_the_agency_alone(people: People) -> None:
    one = introduction(
        people,
        state="acknowledged",
        agency=people.agency,
        acknowledged_at=timezone.now(),
        protected_until=TODAY + dt.timedelta(days=400),
    )
    BypassAlarm.objects.create(
        introduction=one, what="deal", reference="X", happened_at=timezone.now(), raised_at=timezone.now()
    )
    assert any("绕过" in title for title in titles(people.ruoxi))
    assert not any("绕过" in title for title in titles(people.heng, people.buyer) + titles(people.lan, people.supplier))


def test_a_brief_waits_for_sign_off_and_its_questions_for_the_manager(people: People) -> None:
    need = make_need(people, state="translating", published_on=None, fresh_until=None)
    brief(people, need, missing=["budget", "acceptance", "tried", "present"])
    assert "需求书等您看过签认" in titles(people.heng, people.buyer)
    asked = todo(people.ruoxi)[0]
    assert asked.title == "还有 4 件事要问企业"
    assert "预算、怎么验收、试过什么" in asked.text
    assert asked.text.endswith("等")
    Brief.objects.update(signed_off_at=timezone.now())
    assert "需求书等您看过签认" not in titles(people.heng, people.buyer)


def test_what_is_about_to_expire_and_what_came_back_from_review(people: People) -> None:
    make_need(people, fresh_until=TODAY + dt.timedelta(days=9))
    make_result(people, fresh_until=TODAY + dt.timedelta(days=8))
    make_result(people, fresh_until=TODAY + dt.timedelta(days=90), title="还早")
    assert titles(people.lan, people.supplier) == ["快到期了，仍有效就续一年"]
    assert "快到期了，仍有效就续一年" in titles(people.heng, people.buyer)
    make_result(people, state=Result.State.HOLD)
    assert "审核暂缓，照意见补一补" in titles(people.lan, people.supplier)


def test_evidence_that_ends_is_verified_again(people: People) -> None:
    need = make_need(people)
    Evidence.objects.create(
        need=need,
        kind="visit",
        score=8,
        note="走访",
        dated=TODAY,
        expires_on=TODAY + dt.timedelta(days=5),
        added_by=people.ruoxi,
    )
    assert "一条佐证快到期，重新核实" in titles(people.ruoxi)
    assert "一条佐证快到期，重新核实" not in titles(people.heng, people.buyer)


def test_the_association_reviews_listings_and_applicants(people: People) -> None:
    make_result(people, state=Result.State.PENDING, published_on=None)
    make_result(people, state=Result.State.PENDING, published_on=None)
    people.outside.applied_to = people.association
    people.outside.save()
    assert titles(people.qiao, people.association) == ["2 项成果等您审核", "一家单位申请加入，请审核"]
    assert titles(people.qiao, None) == []
    assert titles(people.heng, people.buyer) == []


def test_earliest_first_and_late_counts_as_today(people: People) -> None:
    deal = planned_deal(people)
    Deal.objects.filter(pk=deal.pk).update(next_action="明天的事", next_on=TODAY + dt.timedelta(days=1))
    found = todo(people.ruoxi)
    assert [max(one.on, TODAY) for one in found] == sorted(max(one.on, TODAY) for one in found)
    assert found[-1].title == "明天的事"


def test_the_workbench_asks_as_often_for_much_as_for_little(people: People) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    need = make_need(people, state="translating", published_on=None, fresh_until=None)
    brief(people, need, missing=["budget"])

    def asked(user: User, place: Organisation | None) -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            workbench(User.objects.get(pk=user.pk), place, clock.now())
        return len(queries)

    readers = [(people.ruoxi, people.agency), (people.heng, people.buyer), (people.qiao, people.association)]
    few = [asked(*reader) for reader in readers]
    for number in range(9):
        more = make_need(people, title=f"需求 {number}", state="translating", published_on=None, fresh_until=None)
        brief(people, more, missing=["budget"])
        introduction(people, state="offered", offered_at=timezone.now(), answer_by=TODAY, subject=f"引荐 {number}")
        make_result(people, title=f"成果 {number}", state=Result.State.PENDING, published_on=None)
    assert [asked(*reader) for reader in readers] == few
    assert max(few) < 60


def test_what_was_found_last_night_stands_on_the_workbench(people: People, client_of: Callable[..., Client]) -> None:
    search = SavedSearch.objects.create(user=people.ruoxi, name="低温催化", words="一氧化碳 低温 催化")
    fresh, old, known = (make_result(people, title=title) for title in ("昨夜的成果", "上周的成果", "早就在的成果"))
    now = clock.now()
    Find.objects.create(search=search, result=fresh, score=81, found_at=now - dt.timedelta(hours=7))
    Find.objects.create(search=search, result=old, score=80, found_at=now - dt.timedelta(days=6))
    Find.objects.create(search=search, result=known, score=90, known=True, found_at=now)
    page = client_of(people.ruoxi).get("/").content.decode()
    assert "昨夜新找到的" in page and "昨夜的成果" in page
    assert "上周的成果" not in page and "早就在的成果" not in page
    assert "昨夜新找到的" not in client_of(people.mingyuan).get("/").content.decode()


@pytest.mark.parametrize(
    ("moment", "due", "chinese", "english"),
    [
        ("2026-06-25T09:42", 5, "早上好，若溪。今天五件事。", "Good morning, Ruoxi. 5 things to do today."),
        ("2026-06-25T12:10", 1, "中午好，若溪。今天一件事。", "Good day, Ruoxi. 1 thing to do today."),
        ("2026-06-25T15:00", 2, "下午好，若溪。今天两件事。", "Good afternoon, Ruoxi. 2 things to do today."),
        ("2026-06-25T20:00", 14, "晚上好，若溪。今天14件事。", "Good evening, Ruoxi. 14 things to do today."),
        (
            "2026-06-25T02:00",
            0,
            "夜深了，若溪。今天没有非做不可的事。",
            "It is late, Ruoxi. Nothing has to be done today.",
        ),
    ],
)
def test_the_greeting_knows_the_hour_the_name_and_the_number(
    moment: str, due: int, chinese: str, english: str, frozen: Callable[[str], None]
) -> None:
    frozen(moment)
    user = User(name="沈若溪", name_en="Ruoxi Shen")
    assert greeting(user, clock.now(), due).sentence == chinese
    assert greeting(user, clock.now(), due).date == "6月25日　星期四"
    with translation.override("en"):
        assert greeting(user, clock.now(), due).sentence == english
        assert greeting(user, clock.now(), due).date == "Thursday, 25 June"


def test_the_funnel_counts_each_need_at_the_furthest_step_it_reached(people: People) -> None:
    make_need(people, state="submitted")
    make_need(people)
    make_need(people)
    introduction(people, state="acknowledged", acknowledged_at=timezone.now())
    deal = planned_deal(people)  # signed
    assert deal.signed_on
    found = funnel(people.ruoxi, TODAY)
    assert found is not None
    assert [one.count for one in found.steps] == [4, 2, 1, 1]
    assert found.steps[0].width == 100
    assert "首次对接" in found.worst
    assert funnel(people.mingyuan, TODAY) is None
