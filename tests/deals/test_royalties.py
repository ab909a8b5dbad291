"""Royalties from the agreement to the payment that is expected; the calculator; shares on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.deals.milestone_world import balance, pay, planned_deal, refused, signed_deal, step
from tests.world import People
from yinxian.deals.models import Deal, Equity, Milestone, RoyaltyPlan, RoyaltyReport
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.royalties import Agreed, agree_royalty, chase_late, record_equity, report_royalty
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.settlement.plans import Royalty
from yinxian.settlement.rules import Tier

TODAY = dt.date(2027, 2, 10)
TERMS: dict[str, Any] = {
    "base": "sales",
    "royalty": Royalty((Tier(100_000_000, 500), Tier(None, 300))),
    "starts_on": dt.date(2026, 4, 1),
    "ends_on": dt.date(2027, 9, 30),
    "every_months": 6,
    "report_days": 30,
}


@pytest.fixture(autouse=True)
def _in_february() -> Iterator[None]:
    with clock.at(dt.datetime.combine(TODAY, dt.time(10), clock.SHANGHAI)):
        yield


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


@pytest.fixture
def plan(people: People, deal: Deal) -> RoyaltyPlan:
    return agree_royalty(deal_id=deal.pk, terms=Agreed(**TERMS), actor=people.ruoxi)


def period(number: int) -> RoyaltyReport:
    return RoyaltyReport.objects.get(number=number)


def report(people: People, number: int, fen: int) -> RoyaltyReport:
    return report_royalty(report_id=period(number).pk, base_fen=fen, actor=people.heng)


def test_the_manager_lays_down_the_periods(plan: RoyaltyPlan) -> None:
    spans = [(one.since, one.until, one.due_on) for one in plan.reports.all()]
    assert spans == [
        (dt.date(2026, 4, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 30)),
        (dt.date(2026, 10, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 30)),
        (dt.date(2027, 4, 1), dt.date(2027, 9, 30), dt.date(2027, 10, 30)),
    ]


def test_a_report_makes_a_payment_that_is_paid_and_split_like_any(
    people: People, deal: Deal, plan: RoyaltyPlan
) -> None:
    made = report(people, 1, 120_000_000)
    assert made.amount_fen == 5_000_000 + 600_000
    payment = made.milestone
    assert payment is not None and (payment.kind, payment.state) == ("royalty", "unfunded")
    assert payment.due_on == TODAY + dt.timedelta(days=15)
    assert report(people, 1, 120_000_000).milestone == payment, "the same figure again changes nothing"
    assert Milestone.objects.filter(kind="royalty").count() == 1
    pay(people, payment)
    verbs.accept_and_release(milestone_id=payment.pk, actor=people.heng)
    assert balance(f"party:{people.ruoxi.slug}") == 389_760  # 5,600,000 fen x 11.60 % x 60 %


@pytest.mark.parametrize("who", ["ruoxi", "lan", "yuan", "mingyuan", "stray"])
def test_only_the_buyer_reports(people: People, plan: RoyaltyPlan, who: str) -> None:
    refused(
        "deals.royalty_by_the_buyer",
        lambda: report_royalty(report_id=period(1).pk, base_fen=1, actor=getattr(people, who)),
    )


@pytest.mark.parametrize("who", ["heng", "lan", "yuan", "stray"])
def test_only_the_manager_agrees_and_records(people: People, deal: Deal, who: str) -> None:
    actor = getattr(people, who)
    refused("deals.not_the_manager", lambda: agree_royalty(deal_id=deal.pk, terms=Agreed(**TERMS), actor=actor))
    refused("deals.not_the_manager", lambda: equity(people, deal, actor=actor))
    assert not RoyaltyPlan.objects.exists() and not Equity.objects.exists()


def test_reports_come_in_order_and_after_their_period(people: People, plan: RoyaltyPlan) -> None:
    refused("deals.royalty_too_early", lambda: report(people, 2, 1))
    with clock.at(dt.datetime(2027, 5, 1, tzinfo=clock.SHANGHAI)):
        refused("deals.royalty_in_order", lambda: report(people, 2, 1))
    report(people, 1, 0)
    assert period(1).amount_fen == 0 and period(1).milestone is None
    refused("deals.royalty_reported", lambda: report(people, 1, 5))
    refused(
        "deals.royalty_in_use", lambda: agree_royalty(deal_id=plan.deal_id, terms=Agreed(**TERMS), actor=people.ruoxi)
    )


@pytest.mark.parametrize("fen", [-1, 10**15 + 1])
def test_a_base_that_cannot_be_leaves_the_period_open(people: People, plan: RoyaltyPlan, fen: int) -> None:
    refused("settlement.royalty_base", lambda: report(people, 1, fen))
    assert period(1).base_fen is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"base": "luck"}, "deals.royalty_base_kind"),
        ({"royalty": Royalty(())}, "settlement.royalty_tiers"),
        ({"royalty": Royalty((Tier(5, 5), Tier(9, 3), Tier(None, 4)))}, "settlement.royalty_rates"),
        ({"ends_on": dt.date(2026, 1, 1)}, "settlement.royalty_periods"),
        ({"every_months": 5}, "settlement.royalty_periods"),
        ({"report_days": 400}, "deals.royalty_days"),
    ],
)
def test_terms_that_cannot_be_are_refused(people: People, deal: Deal, change: dict[str, Any], code: str) -> None:
    terms = Agreed(**{**TERMS, **change})
    refused(code, lambda: agree_royalty(deal_id=deal.pk, terms=terms, actor=people.ruoxi))
    assert not RoyaltyPlan.objects.exists()


def test_a_deal_without_a_plan_has_no_royalty(people: People) -> None:
    deal = signed_deal(people)
    refused(
        "deals.royalty_before_plan", lambda: agree_royalty(deal_id=deal.pk, terms=Agreed(**TERMS), actor=people.ruoxi)
    )


def test_the_plan_of_milestones_stays_once_a_royalty_is_due(people: People, deal: Deal, plan: RoyaltyPlan) -> None:
    report(people, 1, 120_000_000)
    line = verbs.Planned("全部", 48_000_000)
    refused("deals.plan_in_use", lambda: verbs.plan(deal_id=deal.pk, lines=[line], actor=people.ruoxi))


def test_who_is_late_is_told_and_again_after_two_weeks(plan: RoyaltyPlan) -> None:
    assert chase_late(dt.date(2026, 10, 30)) == 0
    assert [chase_late(TODAY + dt.timedelta(days=days)) for days in (0, 1, 13, 14)] == [1, 0, 0, 1]
    told = Entry.objects.filter(name="deals.royalty.late").values_list("data", flat=True)
    assert [one["number"] for one in told] == [1, 1]


def equity(people: People, deal: Deal, **given: Any) -> Equity:
    values: dict[str, Any] = {
        "company": "澜江净燃科技",
        "share_bp": 1500,
        "valued_fen": 30_000_000,
        "registered_on": dt.date(2026, 6, 1),
        "proof": "出资证明书 1 号",
        "actor": people.ruoxi,
    }
    return record_equity(deal_id=deal.pk, **{**values, **given})


def test_shares_are_put_on_record_once(people: People, deal: Deal) -> None:
    equity(people, deal)
    refused("deals.equity_known", lambda: equity(people, deal))
    refused("deals.equity_share", lambda: equity(people, deal, company="乙", share_bp=10_001))
    refused("deals.equity_day", lambda: equity(people, deal, company="乙", registered_on=dt.date(2027, 2, 11)))
    refused("deals.text_missing", lambda: equity(people, deal, company=" "))
    assert Equity.objects.count() == 1


def test_the_pages(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    manager, buyer = client_of(people.ruoxi), client_of(people.heng)
    at = f"/deals/{deal.slug}/royalty/"
    assert "约定提成" in manager.get(at).content.decode()
    assert "没有约定提成" in buyer.get(at).content.decode()
    assert buyer.post(at, {}).status_code == 403
    form = {
        "base": "sales",
        "tiers": "100万 5%\n3",
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
        "every_months": "6",
        "report_days": "30",
        "pay_days": "15",
    }
    assert manager.post(at, {**form, "tiers": "x"}).status_code == 422
    page = manager.post(at, form, follow=True).content.decode()
    assert "逾期未报" in page and "递减" in page
    one = f"/royalties/{period(1).slug}/"
    assert manager.post(one, {"base": "1"}).status_code == 403
    assert buyer.post(one, {"base": "-1"}).status_code == 422
    page = buyer.post(one, {"base": "120万"}, follow=True).content.decode()
    assert "56,000.00" in page
    assert client_of(people.stray).get(one).status_code == 404
    shares = {"company": "甲", "share": "15", "valued": "30万", "registered_on": "2026-06-01", "proof": "1 号"}
    assert "15.00%" in manager.post(f"/deals/{deal.slug}/equity/", shares, follow=True).content.decode()
    api = buyer.get(f"/api/v1/deals/royalties/{deal.slug}/reports").json()
    assert [one["amount_fen"] for one in api] == [5_600_000, None]
    late = buyer.post(
        f"/api/v1/deals/royalties/reports/{period(2).slug}", {"base_fen": 1}, content_type="application/json"
    )
    assert late.status_code == 422


def test_the_calculator_draws_everyone_s_cash(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    assert "填好金额和方式" in browser.get("/plans/").content.decode()
    asked = {"amount": "48万", "template": "staged", "fee": "11.6", "payer": "supplier", "reward": "70", "staff": "5"}
    page = browser.get("/plans/", asked).content.decode()
    assert "data-chart" in page and "480,000.00" in page and "55,680.00" in page
    more = {**asked, "template": "entry", "tiers": "5", "base": "100万", "years": "3"}
    assert "630,000.00" in browser.get("/plans/", more).content.decode()
    page = browser.get("/plans/", {**more, "template": "simple"}).content.decode()
    assert "630,000.00" not in page, "what a lump sum does not need is not counted"
    assert page.count('data-show-when="template=entry"') == 4
    assert browser.get("/plans/", {**asked, "amount": "-1"}).status_code == 422
    assert browser.get("/plans/", {**more, "tiers": "1万 5\n2万 9\n7"}).status_code == 422
    known = browser.get("/plans/", {"deal": deal.slug}).content.decode()
    assert 'value="480,000.00"' in known and 'value="11.60"' in known
    again = browser.get(f"/deals/{deal.slug}/plan/", {"template": "long"}).content.decode()
    assert "质保款" in again and "48,000.00" in again
    assert step(deal, 1).title == "定金"
