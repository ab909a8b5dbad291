"""Try first, pay later: from the agreement to the paid licence, or to everything given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.deals.milestone_world import pay, planned_deal, refused, signed_deal, step
from tests.world import People
from yinxian.contracts.models import Contract
from yinxian.deals.models import Deal, Milestone, Trial
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.trials import (
    Terms,
    agree_trial,
    confirm_returned,
    convert_trial,
    extend_trial,
    give_back,
    remind_of_trials,
)
from yinxian.deals.queries.milestones import waiting_for
from yinxian.deals.queries.timeline import timeline
from yinxian.deals.queries.trials import first_terms
from yinxian.journal.models import Entry
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock
from yinxian.notifications.models import Notice

DAY = dt.date(2026, 6, 1)
TERMS: dict[str, Any] = {
    "scope": "一号线试装一台，需方质检部使用",
    "judging": "CO ≤ 50 ppm 连续 500 小时",
    "starts_on": dt.date(2026, 4, 1),
    "ends_on": dt.date(2026, 6, 30),
    "decide_by": dt.date(2026, 6, 10),
    "pay_days": 20,
}


def on(day: dt.date) -> Any:
    return clock.at(dt.datetime.combine(day, dt.time(10), clock.SHANGHAI))


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with on(DAY):
        yield


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


@pytest.fixture
def trial(people: People, deal: Deal) -> Trial:
    return agree(people, deal)


def agree(people: People, deal: Deal, **change: Any) -> Trial:
    return agree_trial(deal_id=deal.pk, terms=Terms(**{**TERMS, **change}), actor=people.ruoxi)


def test_until_it_is_decided_only_a_deposit_is_paid(people: People, deal: Deal, trial: Trial) -> None:
    refused("deals.trial_undecided", lambda: pay(people, step(deal, 2)))
    assert waiting_for(people.heng) == [step(deal, 1)]
    pay(people, step(deal, 1))
    assert step(deal, 1).state == Milestone.State.FUNDED


def test_converted_it_is_paid_like_any_licence(people: People, deal: Deal, trial: Trial) -> None:
    made = convert_trial(deal_id=deal.pk, actor=people.heng)
    assert (made.state, made.decided_on, made.decided_by) == ("converted", DAY, people.heng)
    assert step(deal, 2).due_on == dt.date(2026, 6, 21) and step(deal, 3).due_on is None
    convert_trial(deal_id=deal.pk, actor=people.heng)
    assert Entry.objects.filter(name="deals.trial.converted").count() == 1
    pay(people, step(deal, 2))
    refused("deals.trial_decided", lambda: give_back(deal_id=deal.pk, reason="不合适", actor=people.heng))
    told = [one.title for one in timeline(deal, people.lan)]
    assert any("转为付费许可" in title and "2026年6月21日" in title for title in told)


def test_given_back_it_ends_when_the_supplier_has_everything(people: People, deal: Deal, trial: Trial) -> None:
    refused("deals.trial_state", lambda: confirm_returned(deal_id=deal.pk, actor=people.lan))
    give_back(deal_id=deal.pk, reason="500 小时后 CO 升到 80 ppm", actor=people.heng)
    again = give_back(deal_id=deal.pk, reason="500 小时后 CO 升到 80 ppm", actor=people.heng)
    assert again.return_by == dt.date(2026, 7, 1)
    refused("deals.trial_given_back", lambda: pay(people, step(deal, 1)))
    refused("deals.trial_by_the_supplier", lambda: confirm_returned(deal_id=deal.pk, actor=people.heng))
    confirm_returned(deal_id=deal.pk, actor=people.lan)
    confirm_returned(deal_id=deal.pk, actor=people.lan)
    deal.refresh_from_db()
    assert (deal.state, deal.ended_on) == ("terminated", DAY) and "80 ppm" in deal.ended_why
    assert Entry.objects.filter(name="deals.trial.given_back").count() == 1
    assert Entry.objects.filter(name="deals.deal.moved", data__to="terminated").count() == 1


def test_a_deposit_goes_back_before_the_result_does(people: People, deal: Deal, trial: Trial) -> None:
    pay(people, step(deal, 1))
    refused("deals.money_held", lambda: give_back(deal_id=deal.pk, reason="不合适", actor=people.heng))
    verbs.refund(milestone_id=step(deal, 1).pk, actor=people.lan)
    assert give_back(deal_id=deal.pk, reason="不合适", actor=people.heng).state == "given_back"


def test_terms_stand_once_it_has_begun_and_more_time_needs_a_reason(people: People, deal: Deal, trial: Trial) -> None:
    assert agree(people, deal).pk == trial.pk
    refused("deals.trial_begun", lambda: agree(people, deal, pay_days=10))
    more: dict[str, Any] = {"deal_id": deal.pk, "actor": people.ruoxi, "reason": "夏季工况再跑一个月"}
    later = {"ends_on": dt.date(2026, 7, 31), "decide_by": dt.date(2026, 7, 20)}
    refused("deals.text_missing", lambda: extend_trial(**{**more, "reason": " "}, **later))
    refused("deals.trial_shorter", lambda: extend_trial(**more, ends_on=DAY, decide_by=later["decide_by"]))
    refused("deals.trial_shorter", lambda: extend_trial(**more, ends_on=later["ends_on"], decide_by=TERMS["starts_on"]))
    assert extend_trial(**more, **later).ends_on == later["ends_on"]
    extend_trial(**more, **later)
    assert Entry.objects.filter(name="deals.trial.extended").count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_on": dt.date(2026, 3, 1)}, "deals.trial_before_signing"),
        ({"ends_on": TERMS["starts_on"]}, "deals.trial_length"),
        ({"ends_on": dt.date(2030, 1, 1)}, "deals.trial_length"),
        ({"decide_by": dt.date(2026, 3, 25)}, "deals.trial_decision_day"),
        ({"decide_by": dt.date(2027, 3, 25)}, "deals.trial_decision_day"),
        ({"pay_days": -1}, "deals.trial_days"),
        ({"return_days": 999}, "deals.trial_days"),
        ({"scope": " "}, "deals.text_missing"),
        ({"judging": "长" * 401}, "deals.text_too_long"),
    ],
)
def test_terms_that_cannot_be_are_refused(people: People, deal: Deal, change: dict[str, Any], code: str) -> None:
    refused(code, lambda: agree(people, deal, **change))
    assert not Trial.objects.exists()


def test_who_has_paid_has_decided(people: People, deal: Deal) -> None:
    pay(people, step(deal, 2))
    refused("deals.trial_after_payment", lambda: agree(people, deal))


def test_nothing_is_decided_before_it_begins_or_without_a_plan(people: People, deal: Deal, trial: Trial) -> None:
    with on(dt.date(2026, 3, 25)):
        refused("deals.trial_not_begun", lambda: convert_trial(deal_id=deal.pk, actor=people.heng))
    deal.milestones.all().delete()
    refused("deals.trial_without_plan", lambda: convert_trial(deal_id=deal.pk, actor=people.heng))
    other = signed_deal(people, number="LJ-2026-0138")
    refused("deals.no_trial", lambda: convert_trial(deal_id=other.pk, actor=people.heng))


@pytest.mark.parametrize("who", ["ruoxi", "lan", "yuan", "stray"])
def test_only_the_buyer_decides(people: People, deal: Deal, trial: Trial, who: str) -> None:
    actor = getattr(people, who)
    refused("deals.trial_by_the_buyer", lambda: convert_trial(deal_id=deal.pk, actor=actor))
    refused("deals.trial_by_the_buyer", lambda: give_back(deal_id=deal.pk, reason="不合适", actor=actor))


@pytest.mark.parametrize("who", ["heng", "lan", "yuan", "stray"])
def test_only_the_manager_agrees_and_extends(people: People, deal: Deal, who: str) -> None:
    actor = getattr(people, who)
    refused("deals.not_the_manager", lambda: agree_trial(deal_id=deal.pk, terms=Terms(**TERMS), actor=actor))
    assert not Trial.objects.exists()


def test_both_sides_are_reminded_before_the_day_and_after(people: People, trial: Trial) -> None:
    assert remind_of_trials(dt.date(2026, 5, 20)) == 0
    assert remind_of_trials(dt.date(2026, 5, 27)) == 1
    assert remind_of_trials(dt.date(2026, 5, 28)) == 0
    assert remind_of_trials(dt.date(2026, 6, 12)) == 1
    drain()
    told = Notice.objects.filter(entry__name="deals.trial.due").values_list("user", flat=True)
    assert {people.heng.pk, people.ruoxi.pk} <= set(told)
    with on(dt.date(2026, 6, 12)):
        assert trial.late


def test_the_form_begins_with_what_the_contract_says(people: People, deal: Deal) -> None:
    deal.contract = Contract.objects.create(
        number="HT-9",
        kind=Contract.Kind.LICENCE,
        sub_kind=Contract.SubKind.TRY_FIRST,
        title="先用后转",
        buyer=people.buyer,
        supplier=people.supplier,
        created_by=people.ruoxi,
        data={"values": {"start_on": "2026-04-01", "trial_months": "3", "decide_days": "20", "scope": "一条线"}},
    )
    found = first_terms(deal)
    assert (found["starts_on"], found["ends_on"]) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    assert (found["decide_by"], found["scope"]) == (dt.date(2026, 6, 10), "一条线")


def test_the_whole_way_in_the_browser(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    url = f"/deals/{deal.slug}/trial/"
    assert "没有约定试用" in client_of(people.heng).get(url).content.decode()
    form = {name: str(value) for name, value in {**TERMS, "return_days": 30}.items()}
    assert client_of(people.heng).post(url, form).status_code == 403
    wrong = client_of(people.ruoxi).post(url, {**form, "ends_on": "2026-03-01"})
    assert wrong.status_code == 422 and "一号线试装一台" in wrong.content.decode()
    assert client_of(people.ruoxi).post(url, form).status_code == 302
    assert "决定转化" in client_of(people.heng).get(url).content.decode()
    assert "决定是否转化" in client_of(people.heng).get(f"/deals/{deal.slug}/").content.decode()
    assert client_of(people.lan).post(f"{url}convert/").status_code == 403
    empty = client_of(people.heng).post(f"{url}give-back/", {"reason": ""})
    assert empty.status_code == 422
    assert client_of(people.heng).post(f"{url}give-back/", {"reason": "温升超限"}).status_code == 302
    assert "温升超限" in client_of(people.lan).get(url).content.decode()
    assert client_of(people.lan).post(f"{url}returned/").status_code == 302
    assert "试用后归还" in client_of(people.heng).get(f"/deals/{deal.slug}/").content.decode()
    assert client_of(people.stray).get(url).status_code == 404


def test_the_same_by_api(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    url, json = f"/api/v1/deals/{deal.slug}/trial", {"content_type": "application/json"}
    assert client_of(people.heng).get(url).status_code == 404
    body = {name: str(value) if isinstance(value, dt.date) else value for name, value in TERMS.items()}
    assert client_of(people.lan).post(url, body, **json).status_code == 403
    assert client_of(people.ruoxi).post(url, body, **json).json()["state"] == "running"
    more = {"ends_on": "2026-07-31", "decide_by": "2026-07-20", "reason": "再跑一个月"}
    assert client_of(people.ruoxi).post(f"{url}/extend", more, **json).json()["decide_by"] == "2026-07-20"
    assert client_of(people.lan).post(f"{url}/convert", {}, **json).status_code == 403
    assert client_of(people.heng).post(f"{url}/convert", {}, **json).json()["state"] == "converted"
    assert client_of(people.heng).post(f"{url}/give-back", {"reason": "晚了"}, **json).status_code == 409
    assert client_of(people.lan).post(f"{url}/returned", {}, **json).status_code == 409
    assert client_of(people.lan).get(url).json()["decided_on"] == "2026-06-01"
