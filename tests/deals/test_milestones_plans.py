"""Plans, rules and invoices: what is fixed, by whom, and what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.deals.deal_world import make_signed
from tests.deals.milestone_world import PLAN, SIGNED, pay, planned_deal, refused, signed_deal, step
from tests.world import People
from yinxian.deals.models import Deal, Invoice
from yinxian.deals.operations import milestones as verbs
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import show_yuan


@pytest.fixture(autouse=True)
def in_summer(frozen: Callable[[str], None]) -> None:
    frozen("2026-06-25T09:42")


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


def test_an_invoice_is_asked_for_and_sent(deal: Deal, people: People) -> None:
    first = step(deal, 1)
    asked = verbs.ask_for_invoice(milestone_id=first.pk, actor=people.heng)
    assert verbs.ask_for_invoice(milestone_id=first.pk, actor=people.heng) == asked
    paper = {
        "milestone_id": first.pk,
        "number": "26332000000012345678",
        "issued_on": SIGNED,
        "amount_fen": 9_600_000,
        "tax_rate_bp": 600,
    }
    refused("deals.may_not_send_invoice", lambda: verbs.send_invoice(**paper, actor=people.heng))
    refused("kernel.percent", lambda: verbs.send_invoice(**{**paper, "tax_rate_bp": 10_001}, actor=people.lan))
    refused("settlement.amount", lambda: verbs.send_invoice(**{**paper, "amount_fen": -1}, actor=people.lan))
    refused(
        "deals.issued_on", lambda: verbs.send_invoice(**{**paper, "issued_on": dt.date(2027, 1, 1)}, actor=people.lan)
    )
    for _ in range(2):
        sent = verbs.send_invoice(**paper, actor=people.lan)
    assert (sent.pk, Invoice.objects.count(), sent.tax_rate_bp) == (asked.pk, 1, 600)
    refused("deals.invoice_known", lambda: verbs.send_invoice(**{**paper, "amount_fen": 5}, actor=people.lan))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "deals.plan_lines"),
        ([verbs.Planned("一", 1)] * 51, "deals.plan_lines"),
        ([verbs.Planned("一", 47_999_999)], "deals.plan_sum"),
        ([verbs.Planned("一", 0)], "settlement.amount"),
        ([verbs.Planned("一", -48_000_000)], "settlement.amount"),
        ([verbs.Planned("一", 2**70)], "settlement.amount"),
        ([verbs.Planned("", 48_000_000)], "deals.text_missing"),
        ([verbs.Planned("长" * 121, 48_000_000)], "deals.text_too_long"),
        ([verbs.Planned("一", 48_000_000, "据" * 200_000)], "deals.text_too_long"),
        ([verbs.Planned("一", 48_000_000, due_on=dt.date(2026, 3, 19))], "deals.due_in_past"),
        ([verbs.Planned("一", 40_000_000), verbs.Planned("定金", 8_000_000, deposit=True)], "deals.deposit_first"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(deal: Deal, people: People, lines: list[verbs.Planned], code: str) -> None:
    refused(code, lambda: verbs.plan(deal_id=deal.pk, lines=lines, actor=people.ruoxi))


def test_a_plan_is_laid_anew_until_money_comes(deal: Deal, people: People) -> None:
    verbs.plan(deal_id=deal.pk, lines=[verbs.Planned("一次付清", 48_000_000)], actor=people.ruoxi)
    assert deal.milestones.count() == 1
    pay(people, step(deal, 1), 1, "HD-1")
    refused("deals.plan_in_use", lambda: verbs.plan(deal_id=deal.pk, lines=PLAN, actor=people.ruoxi))


def test_the_rule_is_fixed_once_and_by_those_who_may(people: People) -> None:
    deal = signed_deal(people)
    refused("deals.no_split_rule", lambda: verbs.plan(deal_id=deal.pk, lines=PLAN, actor=people.ruoxi))
    refused("deals.may_not_fix_split", lambda: verbs.fix_split(deal_id=deal.pk, actor=people.heng))
    with pytest.raises(Invalid):
        verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000, staff_bp=499)
    with pytest.raises(Invalid):
        verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000, inventors=[("甲", 9999)], direct_costs_fen=0)
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000, inventors=[(people.lan, 4000), ("学生", 6000)])
    refused("deals.split_fixed", lambda: verbs.fix_split(deal_id=deal.pk, actor=people.ruoxi))


def test_a_lead_has_nothing_to_split(people: People) -> None:
    deal = signed_deal(people)
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.NEGOTIATING)
    with pytest.raises(Conflict):
        verbs.fix_split(deal_id=deal.pk, actor=people.ruoxi)
    with pytest.raises(Forbidden):
        verbs.fix_split(deal_id=deal.pk, actor=people.stray)


def test_the_plan_starts_from_the_payments_of_the_agreed_contract(
    people: People, client_of: Callable[..., Client]
) -> None:
    deal = make_signed(people)
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000)
    assert deal.contract is not None
    agreed = deal.contract.data["payments"]
    browser = client_of(people.ruoxi)

    def rows() -> list[dict[str, object]]:
        return browser.get(f"/deals/{deal.slug}/plan/").context["lines"].initial

    assert [(row["title"], row["acceptance"]) for row in rows()] == [(one["title"], one["condition"]) for one in agreed]
    assert [row["amount"] for row in rows()] == [show_yuan(one["amount_fen"]) for one in agreed]
    assert [row["due_on"].isoformat() if row["due_on"] else "" for row in rows()] == [one["due_on"] for one in agreed]
    assert str(agreed[0]["title"]) in browser.get(f"/deals/{deal.slug}/plan/").content.decode()
    verbs.plan(deal_id=deal.pk, lines=[verbs.Planned("一次付清", 48_000_000)], actor=people.ruoxi)
    assert [row["title"] for row in rows()] == ["一次付清"]
    deal.milestones.all().delete()
    type(deal.contract).objects.update(state="cancelled")
    assert [row["title"] for row in rows()] == ["定金", "第一阶段", "第二阶段", "验收结题"]
