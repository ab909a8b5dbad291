"""Money in a foreign currency: booked in it, exchanged at the rate on record, never silently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.milestone_world import SIGNED, balance, pay, planned_deal, refused, step
from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.deals import move_deal
from yinxian.settlement.models import Account, Exchange, Transaction
from yinxian.settlement.queries.books import books_balance

RATE = "7.1217"


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


def arrive(people: People, deal: Deal, **change: Any) -> BankReceipt:
    """The deposit of 96,000.00 yuan, paid in dollars: 13,480.00 come, 13,479.93 are exchanged for 96,000.02 less."""
    given = {
        "milestone_id": step(deal, 1).pk,
        "currency": "USD",
        "received": 1_348_000,
        "exchanged": 1_347_992,
        "rate": RATE,
        "source": "中国银行 3 月 20 日结汇水单",
        "number": "FX-1",
        "paid_on": SIGNED,
        "payer": "Lanjiang Overseas",
        "key": "fx-form",
        "actor": people.heng,
    }
    return verbs.record_foreign_payment(**{**given, **change})


def test_it_is_booked_in_dollars_and_exchanged_at_the_stated_rate(people: People, deal: Deal) -> None:
    made = arrive(people, deal)
    assert made.amount_fen == 9_599_995, "13,479.92 x 7.1217, half a fen up"
    code = f"escrow:{deal.slug}"
    assert (balance(code), balance(f"{code}@USD")) == (9_599_995, 8)
    assert (balance("bank:external@USD"), balance("trading:exchange@USD")) == (-1_348_000, 1_347_992)
    assert balance("trading:exchange") == -9_599_995
    assert made.exchange is not None and str(made.exchange.rate.normalize()) == RATE
    assert step(deal, 1).state == Milestone.State.UNFUNDED, "five fen are still to come"
    pay(people, step(deal, 1), 5, "R-5")
    assert step(deal, 1).state == Milestone.State.FUNDED
    assert books_balance() == []


def test_the_same_form_again_is_the_same_receipt(people: People, deal: Deal) -> None:
    assert arrive(people, deal).pk == arrive(people, deal).pk
    assert Exchange.objects.count() == 1
    refused("settlement.key_used", lambda: arrive(people, deal, rate="7.12"))
    refused("settlement.key_used", lambda: arrive(people, deal, received=1_400_000))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"exchanged": None}, "deals.foreign_too_much"),
        ({"exchanged": 0}, "deals.foreign_exchanged"),
        ({"exchanged": 1_348_001}, "deals.foreign_exchanged"),
        ({"received": 10**18}, "settlement.amount"),
        ({"received": -1}, "settlement.amount"),
        ({"currency": "CNY"}, "settlement.currency"),
        ({"currency": "XXX"}, "settlement.currency"),
        ({"rate": "0"}, "settlement.rate"),
        ({"rate": "-7"}, "settlement.rate"),
        ({"rate": "NaN"}, "settlement.rate"),
        ({"rate": "seven"}, "settlement.rate"),
        ({"source": " "}, "settlement.rate_source"),
        ({"number": ""}, "deals.text_missing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_booked(
    people: People, deal: Deal, change: dict[str, Any], code: str
) -> None:
    refused(code, lambda: arrive(people, deal, **change))
    assert not Account.objects.filter(code__contains="@", posted__gt=0).exists()
    assert not Transaction.objects.filter(currency="USD").exists()


def test_the_refusal_names_the_most_that_may_be_exchanged(people: People, deal: Deal) -> None:
    with pytest.raises(Exception, match=r"USD 13,479\.92"):
        arrive(people, deal, exchanged=None)


def test_who_may_not_record_is_refused(people: People, deal: Deal) -> None:
    refused("deals.may_not_record_payment", lambda: arrive(people, deal, actor=people.lan))


def test_undoing_it_takes_back_both_halves_and_the_receipt(people: People, deal: Deal) -> None:
    made = arrive(people, deal)
    verbs.undo_payment(receipt_id=made.pk, reason="汇率写错", actor=people.ruoxi)
    code = f"escrow:{deal.slug}"
    accounts = (code, f"{code}@USD", "bank:external@USD", "trading:exchange@USD", "trading:exchange")
    assert [balance(one) for one in accounts] == [0, 0, 0, 0, 0]
    again = arrive(people, deal, key="fx-again", rate="7.1")
    assert again.amount_fen == 9_570_743 and books_balance() == []


def test_what_was_not_exchanged_goes_back_before_a_deal_ends(people: People, deal: Deal) -> None:
    arrive(people, deal)
    verbs.refund(milestone_id=step(deal, 1).pk, actor=people.lan)
    end: dict[str, Any] = {"deal_id": deal.pk, "to": "terminated", "actor": people.ruoxi, "reason": "不做了"}
    refused("deals.foreign_held", lambda: move_deal(**end))
    back: dict[str, Any] = {"deal_id": deal.pk, "currency": "USD", "number": "BACK-1", "key": "b1"}
    refused("settlement.insufficient", lambda: verbs.return_foreign(**back, amount=9, actor=people.ruoxi))
    refused("deals.may_not_undo_payment", lambda: verbs.return_foreign(**back, amount=8, actor=people.heng))
    made = verbs.return_foreign(**back, amount=8, actor=people.ruoxi)
    assert verbs.return_foreign(**back, amount=8, actor=people.ruoxi).pk == made.pk
    assert balance(f"escrow:{deal.slug}@USD") == 0
    assert move_deal(**end).state == "terminated"


def test_pages_show_the_rate_where_the_money_is(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    url = f"/milestones/{step(deal, 1).slug}/"
    form = {
        "currency": "USD",
        "received": "13480",
        "exchanged": "",
        "rate": RATE,
        "source": "结汇水单 20 号",
        "number": "FX-1",
        "paid_on": SIGNED.isoformat(),
        "payer": "Lanjiang Overseas",
        "key": "k1",
    }
    assert client_of(people.lan).post(f"{url}payment/foreign/", form).status_code == 403
    wrong = client_of(people.heng).post(f"{url}payment/foreign/", form)
    assert wrong.status_code == 422 and "最多结汇 USD 13,479.92" in wrong.content.decode()
    form["exchanged"] = "13479.92"
    assert client_of(people.heng).post(f"{url}payment/foreign/", form).status_code == 302
    page = client_of(people.ruoxi).get(url).content.decode()
    assert "USD 13,480.00，其中结汇 13,479.92 × 7.1217（结汇水单 20 号）" in page and "USD 0.08" in page
    pay(people, step(deal, 1), 5, "R-5")
    sheet = client_of(people.ruoxi).get(f"{url}split/").content.decode()
    assert "外币到账与结汇" in sheet and "7.1217" in sheet
    assert client_of(people.ruoxi).get(f"{url}split.pdf").content.startswith(b"%PDF")
    dollars = Account.objects.get(code=f"escrow:{deal.slug}@USD")
    statement = client_of(people.heng).get(f"/settlement/{dollars.slug}/").content.decode()
    assert "USD" in statement and "7.1217" in statement
    given = {"currency": "USD", "amount": "0.08", "number": "BACK-1", "key": "b1"}
    assert client_of(people.ruoxi).post(f"{url}payment/return/", given).status_code == 302


def test_the_same_by_api(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    url, json = f"/api/v1/deals/milestones/{step(deal, 1).slug}/payment", {"content_type": "application/json"}
    body = {
        "currency": "USD",
        "received": 1_348_000,
        "exchanged": 1_347_992,
        "rate": RATE,
        "source": "结汇水单",
        "number": "FX-1",
        "paid_on": SIGNED.isoformat(),
        "payer": "Lanjiang Overseas",
        "key": "k1",
    }
    assert client_of(people.lan).post(f"{url}/foreign", body, **json).status_code == 403
    assert client_of(people.heng).post(f"{url}/foreign", body, **json).json()["outstanding_fen"] == 5
    back = {"currency": "USD", "amount": 8, "number": "BACK-1", "key": "b1"}
    assert client_of(people.heng).post(f"{url}/return", back, **json).status_code == 403
    assert client_of(people.ruoxi).post(f"{url}/return", back, **json).status_code == 200
