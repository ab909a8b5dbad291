"""Statements: running balances, days, exports, and whose they are."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian.kernel import clock
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.operations import Leg, post, receive, reverse
from yinxian.settlement.queries import statements

ClientOf = Callable[..., Client]


@pytest.fixture
def moved(books: Books, people: People, frozen: Callable[[str], None]) -> Books:
    """Received 1,000.00 on 28 March; on 12 May 700.00 to the supplier and 300.00 to ruoxi."""
    frozen("2026-03-28T10:00")
    receive(reference=REFERENCE, amount_fen=100_000, key="in", actor=people.heng, memo="=1+1 定金")
    frozen("2026-05-12T23:59")
    legs = [
        Leg(books.escrow.code, -100_000, "buyer"),
        Leg(books.supplier.code, 70_000, "supplier"),
        Leg(books.manager.code, 30_000, "manager", 6000),
    ]
    post(key="out", kind="escrow.release", legs=legs, actor=people.heng, memo="小试样件")
    frozen("2026-06-25T09:00")
    return books


def test_balances_run_and_days_are_those_of_shanghai(moved: Books) -> None:
    whole = statements.statement(moved.escrow)
    rows = list(statements.with_balances(whole.entries[:10]))
    assert [row.balance_fen for row in rows] == [100_000, 0]
    assert (whole.opening_fen, whole.in_fen, whole.out_fen, whole.closing_fen) == (0, 100_000, 100_000, 0)
    may = statements.statement(moved.escrow, since=clock.today().replace(month=5, day=12))
    assert (may.opening_fen, may.closing_fen, may.entries.count()) == (100_000, 0, 1)
    before = statements.statement(moved.escrow, until=clock.today().replace(month=5, day=11))
    assert before.closing_fen == 100_000
    assert [row.balance_fen for row in statements.with_balances(whole.entries[1:])] == [0]


def test_what_is_corrected_later_leaves_an_earlier_statement_as_it_was(
    moved: Books, people: People, frozen: Callable[[str], None]
) -> None:
    day = clock.today().replace(month=5, day=31)

    def told() -> list[object]:
        then = statements.statement(moved.supplier, until=day)
        return [then.in_fen, then.out_fen, then.closing_fen, [(one.pk, one.balance) for one in then.entries[:]]]

    before = told()
    assert before[:3] == [70_000, 0, 70_000]
    frozen("2026-08-01T09:00")
    reverse(transaction_id=Transaction.objects.get(key="out").pk, key="undo", actor=people.heng)
    receive(reference=REFERENCE, amount_fen=5, key="late", actor=people.heng, booked_on=day)
    assert told() == before
    assert statements.statement(moved.supplier).closing_fen == 0


def test_a_statement_is_two_looks_however_long_the_history_is(moved: Books) -> None:
    """Neither look sorts nor reads a table through."""
    for moment in (clock.now(), None):
        with CaptureQueriesContext(connection) as asked:
            statements.standing_before(moved.escrow, moment)
        sql = asked.captured_queries[0]["sql"]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # a table of six rows would be read through
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "settlement_entry_by_time" in plan, plan
        assert not any(word in plan for word in ("Sort", "TEMP B-TREE", "Seq Scan")), plan


def test_everyone_sees_their_own_money_and_nobody_elses(moved: Books, people: People, client_of: ClientOf) -> None:
    owners = {moved.escrow: people.heng, moved.supplier: people.lan, moved.manager: people.ruoxi}
    everyone = (people.heng, people.lan, people.ruoxi, people.qiao, people.stray, people.outsider, people.yuan)
    for account, owner in owners.items():
        for reader in everyone:
            status = 200 if reader == owner else 404
            client = client_of(reader)
            assert client.get(f"/settlement/{account.slug}/").status_code == status, (account, reader)
            assert client.get(f"/api/v1/settlement/accounts/{account.slug}").status_code == status
            assert client.post(f"/settlement/{account.slug}/payout/", {}).status_code == (422 if status == 200 else 404)
    assert client_of(people.stray).get(f"/settlement/{moved.bank.slug}/").status_code == 404
    assert Client().get("/settlement/").status_code == 302
    assert Client().get("/api/v1/settlement/accounts").status_code == 401


def test_the_page_and_the_files_say_the_same(moved: Books, people: People, client_of: ClientOf) -> None:
    client = client_of(people.ruoxi)
    page = client.get(f"/settlement/{moved.manager.slug}/")
    assert "300.00" in page.content.decode() and "小试样件" in page.content.decode()
    assert "300.00" in client.get("/settlement/").content.decode()
    answer = client.get(f"/settlement/{moved.manager.slug}/?export=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]  # one sheet
    assert rows[1][4] == rows[1][6] == 300
    lines = client_of(people.heng).get(f"/settlement/{moved.escrow.slug}/?export=csv").content.decode("utf-8-sig")
    assert "'=1+1" in lines and "1000.00" in lines
    found = client.get(f"/api/v1/settlement/accounts/{moved.manager.slug}").json()
    assert (found["closing_fen"], found["entries"][0]["balance_fen"]) == (30_000, 30_000)
    assert client.get(f"/settlement/{moved.manager.slug}/?export=exe").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["since=2026-06-01&until=2026-01-01", "since=x", "page=999999999999", "until=9999-12-31", "since=0001-01-01"],
)
def test_any_period_gets_an_answer(moved: Books, people: People, client_of: ClientOf, query: str) -> None:
    assert client_of(people.heng).get(f"/settlement/{moved.escrow.slug}/?{query}").status_code == 200


def test_an_empty_ledger_says_what_will_come_here(people: People, client_of: ClientOf) -> None:
    assert "还没有账目" in client_of(people.stray).get("/settlement/").content.decode()


def test_a_payout_is_confirmed_once_by_the_owner(moved: Books, people: People, client_of: ClientOf) -> None:
    client, address = client_of(people.ruoxi), f"/settlement/{moved.manager.slug}/payout/"
    form = {"amount": "100.00", "number": "P-1", "paid_on": "2026-06-01"}
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    assert moved.balances() == [-90_000, 0, 70_000, 20_000]
    for wrong in (
        {"amount": "200.01"},
        {"amount": "-1"},
        {"amount": "NaN"},
        {"amount": "0"},
        {"amount": "9" * 30},
        {"paid_on": "2026-06-26"},
        {"paid_on": "1999-01-01"},
        {"number": ""},
        {"number": "P-1", "amount": "5"},
    ):
        answer = client.post(address, {**form, "number": "P-2", **wrong})
        assert answer.status_code in (409, 422), wrong
        assert moved.balances() == [-90_000, 0, 70_000, 20_000]
    assert "P-2" in client.post(address, {**form, "number": "P-2", "amount": "x"}).content.decode()


def test_a_list_asks_no_more_of_the_database_for_more_rows(
    moved: Books, people: People, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(60):
        receive(reference=REFERENCE, amount_fen=1, key=f"more-{number}", actor=people.heng)
        Account.objects.create(code=f"escrow:D{number}", name=f"托管户 {number}", owner_organisation=people.buyer)
    client = client_of(people.heng)
    for address in ("/settlement/", f"/settlement/{moved.escrow.slug}/", f"/settlement/{moved.escrow.slug}/?page=2"):
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager of pytest-django
            assert client.get(address).status_code == 200
