"""The bypass alarm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.deals.introducing import acknowledged, make_need, make_result
from tests.world import People
from yinxian import journal
from yinxian.contracts.models import Contract
from yinxian.deals.models import BypassAlarm, Deal, Introduction, TeamMember
from yinxian.deals.operations.alarms import close_alarm
from yinxian.deals.terms import Part
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid


def opened(first: Introduction, **given: Any) -> Deal:
    """A deal of the pair, as the deal's own operation would record it."""
    fields = {
        "number": f"LJ-{Deal.objects.count() + 1}",
        "title": "新的项目",
        "introduction": first,
        "need": first.need,
        "result": first.result,
        "buyer": first.buyer,
        "supplier": first.supplier,
        "manager": first.manager,
        "state": Deal.State.INTRODUCED,
        "opened_at": clock.now(),
    }
    with transaction.atomic():
        deal = Deal.objects.create(**{**fields, **given})
        journal.record("deals.deal.opened", actor=deal.manager, subject=deal)
    return deal


def agreed(introduction: Introduction, **given: Any) -> Contract:
    fields = {
        "number": f"HT-{Contract.objects.count() + 1}",
        "kind": Contract.Kind.DEVELOPMENT,
        "sub_kind": Contract.SubKind.COMMISSIONED,
        "template_version": "1",
        "title": "技术开发合同",
        "buyer": introduction.buyer,
        "supplier": introduction.supplier,
        "created_by": given.pop("created_by"),
        "state": Contract.State.AGREED,
    }
    with transaction.atomic():
        contract = Contract.objects.create(**{**fields, **given})
        journal.record("contracts.contract.agreed", actor=None, subject=contract)
    return contract


def by_mingyuan(people: People, first: Introduction) -> Introduction:
    return acknowledged(
        people,
        actor=people.mingyuan,
        agency_id=None,
        need=first.need,
        result=first.result,
        shares=[Part(10_000, user_id=people.mingyuan.pk)],
    )


def test_a_deal_of_another_manager_with_the_pair_raises_the_alarm_once(
    people: People, frozen: Callable[[str], None], drain: Callable[[], None]
) -> None:
    frozen("2026-03-11T10:00")
    first = acknowledged(people, shares=[Part(10_000, user_id=people.ruoxi.pk)])
    frozen("2026-06-01T10:00")
    deal = opened(by_mingyuan(people, first))
    drain()
    with transaction.atomic():
        journal.record("deals.deal.moved", actor=people.mingyuan, subject=deal)
    drain()
    alarm = BypassAlarm.objects.get()
    assert (alarm.introduction, alarm.what, alarm.reference) == (first, "deal", deal.slug)
    entry = Entry.objects.get(name="deals.bypass.raised")
    assert entry.organisations == [people.agency.pk]


@pytest.mark.parametrize("part", ["introduction", "manager", "team", "share"])
def test_no_alarm_where_the_manager_takes_part(people: People, drain: Callable[[], None], part: str) -> None:
    first = acknowledged(people, shares=[Part(10_000, user_id=people.ruoxi.pk)])
    if part == "introduction":
        opened(first, manager=people.mingyuan)
    elif part == "manager":
        opened(by_mingyuan(people, first), manager=people.ruoxi)
    elif part == "team":
        deal = opened(by_mingyuan(people, first))
        TeamMember.objects.create(
            deal=deal, user=people.ruoxi, name="沈若溪", profession="manager", added_by=people.mingyuan
        )
    else:
        halves = [Part(5000, user_id=people.mingyuan.pk), Part(5000, user_id=people.ruoxi.pk)]
        second = acknowledged(
            people, actor=people.mingyuan, agency_id=None, need=make_need(people), result=first.result, shares=halves
        )
        opened(second)
    drain()
    assert not BypassAlarm.objects.exists()


def test_the_deal_of_the_earlier_record_alarms_nobody(people: People, drain: Callable[[], None]) -> None:
    first = acknowledged(people, shares=[Part(10_000, user_id=people.ruoxi.pk)])
    by_mingyuan(people, first)
    opened(first)
    drain()
    assert not BypassAlarm.objects.exists()


def test_a_contract_without_the_manager_raises_it_and_one_with_does_not(
    people: People, drain: Callable[[], None]
) -> None:
    first = acknowledged(people)
    agreed(first, created_by=people.heng, handler=people.ruoxi)
    agreed(first, created_by=people.heng, kind=Contract.Kind.BROKERAGE)
    drain()
    assert not BypassAlarm.objects.exists()
    contract = agreed(first, created_by=people.heng)
    drain()
    assert BypassAlarm.objects.get().reference == contract.slug


def test_other_pairs_leads_and_times_outside_the_period_raise_nothing(
    people: People, frozen: Callable[[str], None], drain: Callable[[], None]
) -> None:
    frozen("2026-03-11T10:00")
    first = acknowledged(people)
    opened(first, introduction=None, manager=people.mingyuan, state=Deal.State.LEAD)
    agreed(first, created_by=people.cang, supplier=people.second_supplier)
    drain()
    frozen("2028-03-12T10:00")
    agreed(first, created_by=people.heng)
    drain()
    assert not BypassAlarm.objects.exists()


def test_the_manager_sees_it_with_the_article_and_closes_it_others_see_nothing(
    people: People, client_of: Callable[..., Client], drain: Callable[[], None]
) -> None:
    first = acknowledged(people)
    agreed(first, created_by=people.heng)
    drain()
    alarm, page = BypassAlarm.objects.get(), reverse("deals:introduction", args=[first.slug])
    for user, sees in ((people.ruoxi, True), (people.yuan, True), (people.heng, False), (people.mingyuan, False)):
        assert ("第 965 条" in client_of(user).get(page).content.decode()) is sees
    close = reverse("deals:bypassalarm_close", args=[alarm.slug])
    assert client_of(people.heng).post(close, {"dismiss": "1", "note": "没有的事"}).status_code == 404
    with pytest.raises(Forbidden):
        close_alarm(alarm_id=alarm.pk, actor=people.heng, settled=False, note="没有的事")
    with pytest.raises(Invalid):
        close_alarm(alarm_id=alarm.pk, actor=people.ruoxi, settled=True, note=" ")
    alarm.refresh_from_db()
    assert alarm.state == "open"
    assert client_of(people.ruoxi).post(close, {"settle": "1", "note": "补签了中介合同"}).status_code == 302
    alarm.refresh_from_db()
    assert (alarm.state, alarm.closed_by) == ("settled", people.ruoxi)
    with pytest.raises(Conflict):
        close_alarm(alarm_id=alarm.pk, actor=people.ruoxi, settled=False, note="再来")


def test_the_deal_of_a_lead_that_is_introduced_later_is_watched(people: People, drain: Callable[[], None]) -> None:
    first = acknowledged(people)
    deal = opened(
        first,
        introduction=None,
        manager=people.mingyuan,
        state=Deal.State.LEAD,
        need=make_need(people),
        result=make_result(people),
    )
    drain()
    assert not BypassAlarm.objects.exists()
    second = by_mingyuan(people, first)
    with transaction.atomic():
        Deal.objects.filter(pk=deal.pk).update(introduction=second, state=Deal.State.INTRODUCED)
        journal.record("deals.deal.moved", actor=people.mingyuan, subject=deal)
    drain()
    assert BypassAlarm.objects.get().reference == deal.slug
