"""A statement in a foreign currency: read as it is, matched without comparing it to yuan, booked at a stated rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.milestone_world import balance, planned_deal, refused, step
from tests.settlement.statements_xml import OWN, Entry, camt
from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.banking import book_foreign_line, book_line, book_many
from yinxian.deals.queries.banking import expected, fits, views_of
from yinxian.kernel import clock
from yinxian.kernel.errors import Invalid
from yinxian.settlement.banking import Statement, identify
from yinxian.settlement.models import BankAccount, BankLine, Exchange, Transaction
from yinxian.settlement.operations.banking import FaultyFile, read_statement, set_bank_account, take_statement
from yinxian.settlement.queries.books import books_balance

DOLLARS: Entry = ("13480.00", "2026-03-25", "FX-1", "澜江暖能电器", "LJ-2026-0137 deposit")
SAME_FIGURE: Entry = ("96000.00", "2026-03-26", "FX-2", "澜江暖能电器", "LJ-2026-0137")
OUT: Entry = ("-13479.92", "2026-03-27", "FX-3", "中国银行", "结汇")
RATE: dict[str, Any] = {"rate": "7.1217", "source": "中国银行 3 月 25 日结汇水单"}
ELSEWHERE = "455900011112222"
TABLE = "交易日期,金额,币种,对方户名,摘要,交易流水号\n2026-03-25,13480.00,{0},澜江暖能电器,LJ-2026-0137,FX-1\n"


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    with clock.at(dt.datetime(2026, 4, 2, 10, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def deal(people: People) -> Deal:
    made = planned_deal(people)
    made.agency = people.agency
    made.save()
    return made


@pytest.fixture
def bank(people: People) -> BankAccount:
    names = {"holder": "澜江技术转移中心", "number": OWN, "bank_name": "工行澜江", "foreign_number": ELSEWHERE}
    return set_bank_account(organisation_id=people.agency.pk, actor=people.yuan, **names)


def take(people: People, bank: BankAccount, *entries: Entry, currency: str = "USD", **more: str) -> BankLine:
    data = camt(entries, currency=currency, **more)
    made = take_statement(bank_account_id=bank.pk, actor=people.yuan, data=data, name="usd.xml")
    return made.lines.order_by("position")[0]


def booked(people: People, line: BankLine, milestone: Milestone, **change: Any) -> BankLine:
    given = {"exchanged": 1_347_992, **RATE, "actor": people.yuan, **change}
    return book_foreign_line(line_id=line.pk, milestone_id=milestone.pk, **given)


@pytest.mark.parametrize("word", ["USD", "美元", "usd"])
def test_a_table_says_its_currency_in_either_language(word: str) -> None:
    found = read_statement(TABLE.format(word).encode(), "a.csv")
    assert [(line.amount_fen, line.currency) for line in found.lines] == [(1_348_000, "USD")]


MIXED = TABLE.format("美元").encode() + "2026-03-26,5.00,人民币,甲,,R-2\n".encode()
CLOSING = 'CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="{0}"'
TURNED = camt([DOLLARS]).replace(CLOSING.format("CNY").encode(), CLOSING.format("USD").encode())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (MIXED, "settlement.bank_many_currencies"),
        (TURNED, "settlement.bank_many_currencies"),
        (camt([DOLLARS], currency="JPY"), "settlement.bank_currency"),
    ],
)
def test_several_or_unknown_currencies_are_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as told:
        read_statement(data, "a.csv")
    assert told.value.code == code and ("USD" in told.value.sentence or "JPY" in told.value.sentence)


def test_a_row_in_a_currency_that_the_books_do_not_keep_is_told() -> None:
    with pytest.raises(FaultyFile) as told:
        read_statement(TABLE.format("日元").encode(), "a.csv")
    fault = told.value.faults[0]
    assert (fault.row, fault.code, fault.value) == (1, "settlement.bank_row_currency", "日元")


def test_the_same_figures_in_two_currencies_are_two_lines() -> None:
    keys = [identify(read_statement(camt([DOLLARS], currency=one), "a").lines) for one in ("CNY", "USD")]
    assert keys[0] != keys[1]
    assert Statement("x", "", ()).currency == "CNY"


def test_it_may_come_under_the_foreign_number_and_yuan_may_not(people: People, bank: BankAccount) -> None:
    assert take(people, bank, DOLLARS, account=ELSEWHERE).currency == "USD"
    with pytest.raises(Invalid) as told:
        take(people, bank, DOLLARS, account=ELSEWHERE, currency="CNY")
    assert told.value.code == "settlement.bank_other_account"


def test_foreign_money_is_never_taken_for_as_much_yuan(people: People, deal: Deal, bank: BankAccount) -> None:
    line = take(people, bank, SAME_FIGURE)
    found = fits(line, expected(people.agency.pk))
    assert found and not any(fit.amount or fit.sure for fit in found)
    refused("deals.bank_foreign", lambda: book_line(line_id=line.pk, milestone_id=step(deal, 1).pk, actor=people.yuan))
    told = book_many(wanted={line.pk: step(deal, 1).slug}, actor=people.yuan)
    assert [one.code for one in told.values() if one] == ["deals.bank_foreign"]
    assert not BankReceipt.objects.exists() and not Transaction.objects.exists()


def test_it_is_booked_at_the_stated_rate_once(people: People, deal: Deal, bank: BankAccount) -> None:
    line = booked(people, take(people, bank, DOLLARS), step(deal, 1))
    receipt = line.match.receipt
    assert (receipt.currency, receipt.foreign, receipt.exchanged, receipt.amount_fen) == (
        "USD",
        1_348_000,
        1_347_992,
        9_599_995,
    )
    assert (receipt.number, receipt.payer, receipt.transaction_id) == ("FX-1", "澜江暖能电器", line.transaction_id)
    assert balance(f"escrow:{deal.slug}@USD") == 8 and books_balance() == []
    refused("settlement.line_settled", lambda: booked(people, line, step(deal, 1)))
    assert Exchange.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"exchanged": None}, "deals.foreign_too_much"),
        ({"rate": "one"}, "settlement.rate"),
        ({"source": ""}, "settlement.rate_source"),
        ({"exchanged": 0}, "deals.foreign_exchanged"),
    ],
)
def test_what_is_refused_leaves_the_line_open(
    people: People, deal: Deal, bank: BankAccount, change: dict[str, Any], code: str
) -> None:
    line = take(people, bank, DOLLARS)
    refused(code, lambda: booked(people, line, step(deal, 1), **change))
    line.refresh_from_db()
    assert line.state == "open" and not BankReceipt.objects.exists() and not Transaction.objects.exists()


def test_undone_the_line_is_open_and_may_be_booked_anew(people: People, deal: Deal, bank: BankAccount) -> None:
    line = booked(people, take(people, bank, DOLLARS), step(deal, 1))
    verbs.undo_payment(receipt_id=line.match.receipt.pk, reason="汇率写错", actor=people.ruoxi)
    again = booked(people, line, step(deal, 1), rate="7.1")
    assert again.match.receipt.amount_fen == 9_570_743 and books_balance() == []


def test_foreign_money_that_went_is_no_ordered_payment(people: People, deal: Deal, bank: BankAccount) -> None:
    line = take(people, bank, OUT, opening="20000.00")
    assert line.amount_fen == -1_347_992 and views_of([line], bank)[0].item is None
    refused("deals.bank_not_expected", lambda: booked(people, line, step(deal, 1)))


def test_pages_show_both_amounts(
    people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.yuan)
    file = SimpleUploadedFile("usd.csv", TABLE.format("美元").encode())
    assert client.post("/banks/", {"file": file}, follow=True).status_code == 200
    line = BankLine.objects.get()
    shown = client.get("/banks/lines/").content.decode()
    assert "USD 13,480.00" in shown and "外币流水不自动配" in shown
    url = f"/banks/lines/{line.slug}/"
    page = client.get(url).content.decode()
    assert "USD" in page and "汇率出处" in page and "13,480.00</span> 元" not in page
    form = {"milestone": step(deal, 1).slug, "exchanged": "", **RATE}
    wrong = client.post(url, form)
    assert wrong.status_code == 422 and "最多结汇 USD 13,479.92" in wrong.content.decode()
    assert RATE["source"] in wrong.content.decode(), "what was typed is kept"
    assert client.post(url, {**form, "milestone": "nothing"}).status_code == 422
    assert client.post(url, {"milestone": step(deal, 1).slug}).status_code == 422, "without a rate nothing is booked"
    assert client.post(url, {**form, "exchanged": "13479.92"}).status_code == 302
    page = client.get(url).content.decode()
    assert "95,999.95" in page and "USD 13,480.00" in page and "7.1217" in page
    listed = client.get("/banks/lines/?state=booked").content.decode()
    assert "USD 13,480.00" in listed and "95,999.95" in listed
    table = client.get("/banks/lines/?state=booked&export=csv").content.decode("utf-8-sig")
    assert "USD,13480.00" in table
    assert client_of(people.heng).post(url, form).status_code == 403


def test_the_account_s_page_takes_the_foreign_number(people: People, client_of: Callable[..., Client]) -> None:
    client = client_of(people.yuan)
    given = {"holder": "中心", "number": OWN, "bank_name": "工行", "foreign_number": "12"}
    assert client.post("/banks/account/", given).status_code == 422
    assert client.post("/banks/account/", {**given, "foreign_number": ELSEWHERE}).status_code == 302
    assert ELSEWHERE in client.get("/banks/").content.decode()


def test_the_same_by_api(people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client]) -> None:
    line, json = take(people, bank, DOLLARS), {"content_type": "application/json"}
    client, root = client_of(people.yuan), "/api/v1/deals/banks/lines"
    assert [(one["currency"], one["amount_fen"]) for one in client.get(root).json()] == [("USD", 1_348_000)]
    url, body = f"{root}/{line.slug}/book", {"milestone": step(deal, 1).slug}
    told = client.post(url, body, **json)
    assert told.status_code == 422 and told.json()["code"] == "deals.bank_foreign"
    done = client.post(url, {**body, **RATE, "exchanged": 1_347_992}, **json)
    assert done.status_code == 200 and done.json()["state"] == "booked"
