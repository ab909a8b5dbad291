"""Periods, currencies, corrections: on pages and by the API, and who may not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.network.models import Membership
from yinxian.settlement import operations as ledger
from yinxian.settlement.models import Account, Closing, Exchange, Transaction
from yinxian.settlement.operations import Leg, post, receive
from yinxian.settlement.operations.accounts import bank, beside
from yinxian.settlement.operations.releases import Release, release_many
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Fee, Share, SplitRule

ClientOf = Callable[..., Client]


@pytest.fixture
def paid(books: Books, people: People, frozen: Callable[[str], None]) -> Books:
    """1,000.00 yuan to ruoxi on 10 March; it is 2 April."""
    frozen("2026-03-10T10:00")
    receive(reference=REFERENCE, amount_fen=100_000, key="in", actor=people.heng)
    legs = [Leg(books.escrow.code, -100_000, "buyer"), Leg(books.manager.code, 100_000, "manager")]
    post(key="out", kind="escrow.release", legs=legs, actor=people.heng)
    frozen("2026-04-02T09:00")
    return books


@pytest.fixture
def treasurer(people: People) -> People:
    Membership.objects.create(user=people.yuan, organisation=people.association, role=Membership.Role.FINANCE)
    return people


def close(people: People, day: str, key: str = "c") -> Closing:
    return ledger.close_period(closed_to=dt.date.fromisoformat(day), actor=people.yuan, key=key)


def adjust(books: Books, people: People, day: str | None, key: str = "late") -> Transaction:
    legs = [Leg(books.bank.code, -5), Leg(books.escrow.code, 5)]
    booked = dt.date.fromisoformat(day) if day else None
    return post(key=key, kind="adjustment", legs=legs, actor=people.heng, booked_on=booked)


def test_a_closed_period_takes_no_posting_and_stays_as_it_was(paid: Books, treasurer: People) -> None:
    assert adjust(paid, treasurer, "2026-03-15", "in time").booked_on == dt.date(2026, 3, 15)
    closing = close(treasurer, "2026-03-31")
    assert closing == close(treasurer, "2026-03-31")
    assert closing.transactions == 3
    before = paid.balances()
    for day in ("2026-03-31", "2026-03-15", "2000-01-01"):
        with pytest.raises(Conflict) as told:
            adjust(paid, treasurer, day)
        assert told.value.code == "settlement.period_closed"
    with pytest.raises(Invalid):
        adjust(paid, treasurer, "2026-04-03")
    assert paid.balances() == before
    assert adjust(paid, treasurer, "2026-04-01").booked_on == dt.date(2026, 4, 1)
    assert adjust(paid, treasurer, None, "today").booked_on == dt.date(2026, 4, 2)
    undone = ledger.reverse(transaction_id=Transaction.objects.get(key="in time").pk, key="r", actor=treasurer.heng)
    assert undone.booked_on == dt.date(2026, 4, 2), "a correction lies in the open period"
    for day, key in (("2026-03-31", "d"), ("2026-03-01", "e"), ("2026-04-02", "f"), ("1999-12-31", "g")):
        with pytest.raises(Refusal):
            close(treasurer, day, key)
    with pytest.raises(Conflict):
        close(treasurer, "2026-04-01", "c")
    assert Closing.objects.count() == 1
    assert JournalEntry.objects.filter(name="settlement.period.closed").count() == 1
    assert books_balance() == []


def test_only_the_association_closes(paid: Books, treasurer: People, client_of: ClientOf) -> None:
    form = {"closed_to": "2026-03-31", "note": "一季度", "key": "p"}
    for who in (treasurer.heng, treasurer.ruoxi, treasurer.stray, treasurer.qiao):
        with pytest.raises(Forbidden):
            ledger.close_period(closed_to=dt.date(2026, 3, 31), actor=who, key="x")
        assert client_of(who).post("/settlement/periods/", form).status_code == 403
        assert "还没有结过账" in client_of(who).get("/settlement/periods/").content.decode()
    client = client_of(treasurer.yuan)
    for wrong in ("2026-04-02", "9999-12-31", "x", "", "2026-02-30"):
        assert client.post("/settlement/periods/", {**form, "closed_to": wrong}).status_code == 422, wrong
    for _ in range(2):
        assert client.post("/settlement/periods/", form).status_code == 302
    page = client.get("/settlement/periods/").content.decode()
    assert "一季度" in page and "2026" in page
    assert client.get("/settlement/periods/?export=csv").status_code == 200
    assert client.get("/api/v1/settlement/periods").json()[0]["closed_to"] == "2026-03-31"
    api = client.post("/api/v1/settlement/periods", json.dumps({"closed_to": "2026-03-31"}), "application/json")
    assert api.status_code == 409
    assert Closing.objects.count() == 1


@pytest.fixture
def dollars(paid: Books, people: People) -> Account:
    """700.00 US dollars of ruoxi's, besides the yuan."""
    account = beside(Account.objects.select_related("owner_user").get(pk=paid.manager.pk), "USD")
    legs = [Leg(bank("USD").code, -70_000), Leg(account.code, 70_000)]
    post(key="usd", kind="adjustment", legs=legs, currency="USD", actor=people.heng)
    return account


SLIP = {"amount_fen": 10_000, "into": "CNY", "rate": "7.12345", "bought_fen": 71_235, "source": "水单 8", "key": "x"}


def test_a_conversion_is_two_transactions_at_the_stated_rate(dollars: Account, paid: Books, people: People) -> None:
    given = {"account_id": dollars.pk, "actor": people.ruoxi, **SLIP}
    made = ledger.exchange(**given)  # type: ignore[arg-type]  # a plain dictionary of its fields
    assert ledger.exchange(**given) == made  # type: ignore[arg-type]  # likewise
    assert {made.sold.currency, made.bought.currency} == {"USD", "CNY"}
    held = dict(Account.objects.values_list("code", "posted"))
    assert held[dollars.code] == 60_000 and held[paid.manager.code] == 171_235
    assert (held["trading:exchange@USD"], held["trading:exchange"]) == (10_000, -71_235)
    for changes, code in (
        ({"bought_fen": 71_234, "key": "y"}, "settlement.rate_amount"),
        ({"rate": "0", "key": "y"}, "settlement.rate"),
        ({"rate": "NaN", "key": "y"}, "settlement.rate"),
        ({"rate": "1e99", "key": "y"}, "settlement.rate"),
        ({"rate": "7.123456789", "key": "y"}, "settlement.rate"),
        ({"into": "USD", "key": "y"}, "settlement.currency"),
        ({"into": "JPY", "key": "y"}, "settlement.currency"),
        ({"source": " ", "key": "y"}, "settlement.rate_source"),
        ({"amount_fen": 10**18, "key": "y"}, "settlement.amount"),
        ({"amount_fen": 60_001, "bought_fen": 427_414, "key": "y"}, "settlement.insufficient"),
        ({"amount_fen": 20_000, "bought_fen": 142_469}, "settlement.key_used"),
    ):
        with pytest.raises(Refusal) as told:
            ledger.exchange(**{**given, **changes})  # type: ignore[arg-type]  # likewise
        assert told.value.code == code, changes
    with pytest.raises(Forbidden):
        ledger.exchange(**{**given, "actor": people.heng, "key": "z"})  # type: ignore[arg-type]  # likewise
    assert dict(Account.objects.values_list("code", "posted")) == held
    with pytest.raises(Invalid):
        ledger.reverse(transaction_id=made.sold_id, key="half", actor=people.ruoxi)
    for _ in range(2):
        ledger.undo_exchange(exchange_id=made.pk, key="u", actor=people.ruoxi)
    assert Account.objects.get(pk=dollars.pk).posted == 70_000
    assert books_balance() == []


def test_the_owner_records_an_exchange_and_takes_it_back(dollars: Account, people: People, client_of: ClientOf) -> None:
    client, address = client_of(people.ruoxi), f"/settlement/{dollars.slug}/"
    form = {"amount": "100", "into": "CNY", "rate": "7.12345", "bought": "712.35", "source": "水单 8", "key": "k"}
    assert client.post(f"{address}exchange/", {**form, "bought": "712.34"}).status_code == 422
    for _ in range(2):
        assert client.post(f"{address}exchange/", form).status_code == 302
    assert Exchange.objects.count() == 1
    page = client.get(address).content.decode()
    assert "换汇" in page and "USD" in page
    half = Exchange.objects.get().sold.slug
    assert client.post(f"{address}undo/{half}/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}undo/{half}/", {"reason": "水单看错"}).status_code == 302
    assert Account.objects.get(pk=dollars.pk).posted == 70_000
    assert client_of(people.heng).post(f"{address}exchange/", form).status_code == 404
    body = {**SLIP, "key": "api"}
    answer = client.post(f"/api/v1/settlement/accounts/{dollars.slug}/exchange", json.dumps(body), "application/json")
    assert [one["currency"] for one in answer.json()] == ["USD", "CNY"]


def test_a_payout_recorded_wrongly_is_reversed_by_its_owner(paid: Books, people: People, client_of: ClientOf) -> None:
    ledger.confirm_payout(
        account_id=paid.manager.pk, amount_fen=9, number="P-1", paid_on=dt.date(2026, 4, 1), actor=people.ruoxi
    )
    made = Transaction.objects.get(kind="party.payout")
    client, address = client_of(people.ruoxi), f"/settlement/{paid.manager.slug}/undo/{made.slug}/"
    assert "记错了，冲正" in client.get(f"/settlement/{paid.manager.slug}/").content.decode()
    assert client_of(people.heng).post(address, {"reason": "x"}).status_code == 404
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "x" * 401}).status_code == 422
    for _ in range(2):
        assert client.post(address, {"reason": "回单号看错"}).status_code in (302, 422)
    assert paid.balances() == [-100_000, 0, 0, 100_000]
    assert Transaction.objects.get(reverses=made).memo == "回单号看错"
    released = Transaction.objects.get(key="out").slug
    assert client.post(f"/settlement/{paid.manager.slug}/undo/{released}/", {"reason": "x"}).status_code == 422
    assert books_balance() == []


def test_a_rule_that_was_taken_back_is_forgotten(paid: Books, people: People) -> None:
    """SQLite gives the number of a row that was rolled back again; what was read of it must not come with it."""
    receive(reference=REFERENCE, amount_fen=1000, key="more", actor=people.heng)
    other = SplitRule(paid.supplier.code, "江北理工大学", 10**6)
    rule = SplitRule(
        paid.supplier.code,
        "江北理工大学",
        10**6,
        fee=Fee(bp=1000),
        shares=(Share(paid.manager.code, "沈若溪", 10_000),),
    )
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.fix_rule(reference=REFERENCE, rule=other, actor=people.ruoxi)
        release_many([Release(REFERENCE, 500, "first")], actor=people.heng)
        raise ZeroDivisionError
    ledger.fix_rule(reference=REFERENCE, rule=rule, actor=people.ruoxi)
    before = paid.balances()[3]
    release_many([Release(REFERENCE, 500, "second")], actor=people.heng)
    assert paid.balances()[3] - before == 50


def test_a_program_of_the_association_releases_by_the_rule(paid: Books, treasurer: People, client_of: ClientOf) -> None:
    receive(reference=REFERENCE, amount_fen=1000, key="more", actor=treasurer.heng)
    shares = (Share(paid.manager.code, "沈若溪", 10_000),)
    rule = SplitRule(paid.supplier.code, "江北理工大学", 10**6, fee=Fee(bp=1000), shares=shares)
    ledger.fix_rule(reference=REFERENCE, rule=rule, actor=treasurer.ruoxi)
    client, address = client_of(treasurer.yuan), "/api/v1/settlement/releases"
    body = {"reference": REFERENCE, "amount_fen": 100, "key": "p1"}
    for _ in range(2):
        answer = client.post(address, json.dumps(body), "application/json")
        assert (answer.status_code, answer.json()["kind"]) == (200, "escrow.release")
    for changes, status in (
        ({"amount_fen": 101}, 409),
        ({"amount_fen": 10**18, "key": "p2"}, 422),
        ({"amount_fen": 901, "key": "p3"}, 409),
        ({"reference": "NOBODY", "key": "p4"}, 409),
        ({"key": ""}, 422),
    ):
        answer = client.post(address, json.dumps({**body, **changes}), "application/json")
        assert answer.status_code == status, (changes, answer.content)
    assert client_of(treasurer.heng).post(address, json.dumps(body), "application/json").status_code == 403
    assert paid.balances()[1] == 900
