"""A bank statement becomes payments, once; what was released becomes an order, once."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from tests.deals.milestone_world import pay, planned_deal, refused, step
from tests.settlement.statements_xml import OWN, Entry, camt
from tests.settlement.test_bank_files import schema
from tests.world import People, Role, person
from yinxian.deals.models import BankReceipt, Deal
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.banking import book_item, book_line, book_many, order_released
from yinxian.deals.queries.banking import expected, fits, payable
from yinxian.deals.views.payouts import as_pain
from yinxian.journal.models import Entry as Noted
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.notifications.models import Notice
from yinxian.settlement.models import Account, BankAccount, BankFile, BankLine, PaymentItem
from yinxian.settlement.operations.banking import (
    ignore_line,
    reopen_line,
    set_bank_account,
    set_payee,
    take_statement,
)
from yinxian.settlement.operations.orders import cancel_order
from yinxian.settlement.queries.books import books_balance

DEPOSIT: Entry = ("96000.00", "2026-03-25", "R-1", "澜江暖能电器", "LJ-2026-0137 定金")
ODD: Entry = ("5.00", "2026-03-26", "R-2", "路过公司", "货款")
TODAY = dt.datetime(2026, 4, 2, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def deal(people: People) -> Deal:
    """Kept by the agency, whose finance is yuan."""
    made = planned_deal(people)
    made.agency = people.agency
    made.save()
    return made


@pytest.fixture
def bank(people: People) -> BankAccount:
    return set_bank_account(
        organisation_id=people.agency.pk, actor=people.yuan, holder="澜江技术转移中心", number=OWN, bank_name="工行澜江"
    )


def take(people: People, bank: BankAccount, *entries: Entry, name: str = "a.xml", **more: str) -> BankFile:
    return take_statement(bank_account_id=bank.pk, actor=people.yuan, data=camt(entries, **more), name=name)


def line(reference: str) -> BankLine:
    return BankLine.objects.get(reference=reference)


def test_a_statement_becomes_payments_once(people: People, deal: Deal, bank: BankAccount) -> None:
    first = take(people, bank, DEPOSIT, ODD)
    assert BankReceipt.objects.count() == 0, "taking in books nothing"
    found = fits(line("R-1"), expected(people.agency.pk))
    assert found[0].sure and found[0].expected.milestone == step(deal, 1)
    assert not any(fit.sure for fit in fits(line("R-2"), expected(people.agency.pk)))
    told = book_many(wanted={line("R-1").pk: step(deal, 1).slug}, actor=people.yuan)
    assert list(told.values()) == [None]
    receipt = BankReceipt.objects.get()
    assert (receipt.number, receipt.payer, receipt.amount_fen) == ("R-1", "澜江暖能电器", 9_600_000)
    assert step(deal, 1).state == "funded"
    assert line("R-1").transaction == receipt.transaction and line("R-1").match.receipt == receipt

    assert take(people, bank, DEPOSIT, ODD).pk == first.pk, "the same file again"
    third: Entry = ("7.00", "2026-03-27", "R-3", "甲", "")
    second = take(people, bank, DEPOSIT, ODD, third, name="b.xml")
    assert (second.lines_count, second.known_count) == (3, 2)
    assert BankLine.objects.count() == 3
    again = book_many(wanted={line("R-1").pk: step(deal, 1).slug}, actor=people.yuan)
    assert isinstance(next(iter(again.values())), Conflict)
    assert BankReceipt.objects.count() == 1 and books_balance() == []


@pytest.mark.parametrize("who", ["ruoxi", "heng", "lan", "qiao", "cang", "stray"])
def test_who_does_not_keep_the_escrow_is_refused_and_nothing_moves(
    people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client], who: str
) -> None:
    take(people, bank, DEPOSIT)
    actor, target = getattr(people, who), line("R-1")
    for act in (
        lambda: take_statement(bank_account_id=bank.pk, actor=actor, data=camt([ODD]), name="x"),
        lambda: book_line(line_id=target.pk, milestone_id=step(deal, 1).pk, actor=actor),
        lambda: ignore_line(line_id=target.pk, actor=actor, reason="x"),
        lambda: set_bank_account(organisation_id=people.agency.pk, actor=actor, holder="x", number=OWN, bank_name="x"),
        lambda: order_released(bank_account_id=bank.pk, actor=actor, entry_ids=[1], execute_on=clock.today()),
    ):
        refused("settlement.not_the_keeper", act)
    for address in ("", "account/", "lines/", f"lines/{target.slug}/", "payouts/"):
        assert client_of(actor).get(f"/banks/{address}").status_code == 403
    assert client_of(actor).get("/api/v1/deals/banks/lines").status_code == 404
    assert line("R-1").state == "open"


def test_another_organisation_s_deal_is_not_expected(people: People, bank: BankAccount) -> None:
    """The deal has no agency: the association of its manager keeps it."""
    deal = planned_deal(people)
    take(people, bank, DEPOSIT)
    assert expected(people.agency.pk) == []
    refused(
        "deals.bank_not_expected",
        lambda: book_line(line_id=line("R-1").pk, milestone_id=step(deal, 1).pk, actor=people.yuan),
    )
    assert [one.milestone for one in expected(people.association.pk)] == list(deal.milestones.all())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"account": "999999"}, "settlement.bank_other_account"),
        ({"closing": "5.00"}, "settlement.bank_does_not_add_up"),
        ({"currency": "JPY"}, "settlement.bank_currency"),
    ],
)
def test_a_file_that_is_not_ours_or_not_whole_leaves_nothing(
    people: People, bank: BankAccount, more: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as told:
        take(people, bank, DEPOSIT, **more)
    assert told.value.code == code
    assert not BankFile.objects.exists() and not BankLine.objects.exists()


def test_tomorrow_s_lines_are_refused(people: People, bank: BankAccount) -> None:
    with pytest.raises(Invalid):
        take(people, bank, ("1.00", "2026-04-03", "R-9", "甲", ""))
    assert not BankLine.objects.exists()


def test_too_much_stays_open(people: People, deal: Deal, bank: BankAccount) -> None:
    take(people, bank, ("96000.01", "2026-03-25", "R-1", "澜江暖能电器", "LJ-2026-0137"))
    refused(
        "deals.payment_too_much",
        lambda: book_line(line_id=line("R-1").pk, milestone_id=step(deal, 1).pk, actor=people.yuan),
    )
    assert line("R-1").state == "open"


def test_a_line_booked_on_the_wrong_payment_is_open_again(people: People, deal: Deal, bank: BankAccount) -> None:
    take(people, bank, DEPOSIT)
    first, second = step(deal, 1), step(deal, 2)
    book_line(line_id=line("R-1").pk, milestone_id=second.pk, actor=people.yuan)
    verbs.undo_payment(receipt_id=second.receipts.get().pk, reason="应是定金", actor=people.yuan)
    assert (line("R-1").state, line("R-1").transaction) == ("open", None)
    assert [one.milestone for one in expected(people.agency.pk) if one.milestone.pk == second.pk] == [second]
    book_line(line_id=line("R-1").pk, milestone_id=first.pk, actor=people.yuan)
    assert (line("R-1").state, step(deal, 1).state, step(deal, 2).state) == ("booked", "funded", "unfunded")
    assert Noted.objects.filter(name="settlement.bank.opened_again").count() == 1
    assert books_balance() == []


def test_two_payments_alike_are_left_to_people(people: People, deal: Deal, bank: BankAccount) -> None:
    """Deposit, sample and final acceptance cost the same: amount and payer fit all three."""
    take(people, bank, ("96000.00", "2026-03-25", "R-1", "澜江暖能电器", ""))
    found = fits(line("R-1"), expected(people.agency.pk))
    assert [fit.amount for fit in found] == [True, True, True, False] and not any(fit.sure for fit in found)


def test_a_line_is_ignored_with_a_reason_and_taken_up_again(people: People, deal: Deal, bank: BankAccount) -> None:
    take(people, bank, ODD)
    with pytest.raises(Invalid):
        ignore_line(line_id=line("R-2").pk, actor=people.yuan, reason="  ")
    ignore_line(line_id=line("R-2").pk, actor=people.yuan, reason="不是项目的钱")
    assert (line("R-2").state, line("R-2").reason) == ("ignored", "不是项目的钱")
    with pytest.raises(Conflict):
        ignore_line(line_id=line("R-2").pk, actor=people.yuan, reason="再来")
    reopen_line(line_id=line("R-2").pk, actor=people.yuan)
    assert line("R-2").state == "open"
    names = list(Noted.objects.filter(name__startswith="settlement.bank").order_by("pk").values_list("name", flat=True))
    assert names == [f"settlement.bank.{verb}" for verb in ("set", "taken", "ignored", "reopened")]


def released(people: People, deal: Deal) -> None:
    """The deposit arrived and was released to the parties."""
    pay(people, step(deal, 1))
    verbs.accept_and_release(milestone_id=step(deal, 1).pk, actor=people.heng)


def payee(people: People) -> None:
    account = Account.objects.get(owner_user=people.ruoxi)
    set_payee(account_id=account.pk, actor=people.ruoxi, holder="沈若溪", number="62220001", bank_name="农行")


def test_what_was_released_is_ordered_once_and_paid_once(people: People, deal: Deal, bank: BankAccount) -> None:
    released(people, deal)
    payee(people)
    entry = next(one for one in payable(bank) if one.account.owner_user == people.ruoxi)
    assert entry.amount == 668_160
    order = order_released(bank_account_id=bank.pk, actor=people.yuan, entry_ids=[entry.pk], execute_on=clock.today())
    assert entry not in payable(bank)
    with pytest.raises(Refusal):
        order_released(bank_account_id=bank.pk, actor=people.yuan, entry_ids=[entry.pk], execute_on=clock.today())
    document = etree.fromstring(as_pain(order))
    schema().assertValid(document)
    item = order.items.get()
    assert item.slug in etree.tostring(document).decode()

    take(people, bank, ("-6681.60", "2026-04-01", "R-7", "沈若溪", f"付款 {item.slug}"), opening="9999.00")
    book_item(line_id=line("R-7").pk, item_slug=item.slug, actor=people.yuan)
    assert Account.objects.get(owner_user=people.ruoxi).posted == 0
    assert PaymentItem.objects.get().transaction == line("R-7").transaction
    with pytest.raises(Conflict):
        book_item(line_id=line("R-7").pk, item_slug=item.slug, actor=people.yuan)
    assert books_balance() == []


def test_an_order_that_the_bank_has_not_carried_out_is_cancelled(
    people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client]
) -> None:
    colleague = person("贾同事", "13800000051", (people.agency, Role.FINANCE))
    released(people, deal)
    payee(people)
    entry = next(one for one in payable(bank) if one.account.owner_user == people.ruoxi)
    wanted = {"bank_account_id": bank.pk, "entry_ids": [entry.pk], "execute_on": clock.today()}
    first = order_released(**wanted, actor=people.yuan)
    item = first.items.get()
    refused("settlement.order_why", lambda: cancel_order(order_id=first.pk, reason=" ", actor=people.yuan))
    refused("settlement.not_the_keeper", lambda: cancel_order(order_id=first.pk, reason="x", actor=people.heng))
    keeper, page = client_of(people.yuan), f"/banks/payouts/{first.slug}/"
    assert keeper.post(page, {"reason": ""}).status_code == 422
    for _ in range(2):
        assert keeper.post(page, {"reason": "账号写错"}).status_code == 302
    assert "账号写错" in keeper.get(page).content.decode()
    assert keeper.get(f"/banks/payouts/{first.slug}.xml").status_code == 409
    assert Noted.objects.filter(name="settlement.payments.cancelled").count() == 1
    drain()
    told = Notice.objects.filter(entry__name="settlement.payments.cancelled")
    assert [one.user for one in told] == [colleague]
    take(people, bank, ("-6681.60", "2026-04-01", "R-7", "沈若溪", f"付款 {item.slug}"), opening="9999.00")
    refused(
        "settlement.item_cancelled",
        lambda: book_item(line_id=line("R-7").pk, item_slug=item.slug, actor=people.yuan),
    )
    assert entry in payable(bank)
    second = order_released(**wanted, actor=people.yuan)
    book_item(line_id=line("R-7").pk, item_slug=second.items.get().slug, actor=people.yuan)
    refused("settlement.order_paid", lambda: cancel_order(order_id=second.pk, reason="x", actor=people.yuan))
    answer = keeper.post(
        f"/api/v1/deals/banks/payouts/{first.slug}/cancel", {"reason": "x"}, content_type="application/json"
    )
    assert answer.json() == {"payout": first.slug, "cancelled": True}
    assert books_balance() == []


def test_an_order_without_a_payee_or_for_another_s_entry_is_refused(
    people: People, deal: Deal, bank: BankAccount
) -> None:
    released(people, deal)
    entry = payable(bank)[0]
    for entries, code in (
        ([entry.pk], "settlement.order_payee"),
        ([10**9], "deals.not_payable"),
        ([], "settlement.order_items"),
    ):
        refused(
            code,
            lambda entries=entries: order_released(
                bank_account_id=bank.pk, actor=people.yuan, entry_ids=entries, execute_on=clock.today()
            ),
        )
    payee(people)
    mine = next(one for one in payable(bank) if one.account.owner_user == people.ruoxi)
    with pytest.raises(Invalid):
        order_released(bank_account_id=bank.pk, actor=people.yuan, entry_ids=[mine.pk], execute_on=dt.date(2026, 4, 1))
    assert not PaymentItem.objects.exists()


@pytest.mark.parametrize(("number", "code"), [("12", ""), (OWN, "abc"), ("1" * 60, "")])
def test_bank_details_that_cannot_be_are_refused(people: People, number: str, code: str) -> None:
    with pytest.raises(Invalid):
        set_bank_account(
            organisation_id=people.agency.pk,
            actor=people.yuan,
            holder="x",
            number=number,
            bank_name="y",
            bank_code=code,
        )
    assert not BankAccount.objects.exists()


def test_only_the_owner_says_where_to_be_paid(people: People, deal: Deal) -> None:
    account = Account.objects.get(owner_user=people.ruoxi)
    with pytest.raises(Forbidden):
        set_payee(account_id=account.pk, actor=people.yuan, holder="x", number="123456", bank_name="y")


def test_the_pages_from_upload_to_order(
    people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.yuan)
    assert "还没有导入过" in browser.get("/banks/").content.decode()
    bad = SimpleUploadedFile("a.csv", "交易日期,金额\n20260301,abc\n".encode("gbk"))
    answer = browser.post("/banks/", {"file": bad})
    assert answer.status_code == 422 and "abc" in answer.content.decode()
    good = SimpleUploadedFile("三月.xml", camt([DEPOSIT, ODD]))
    page = browser.post("/banks/", {"file": good}, follow=True).content.decode()
    assert "编号相符" in page and "没有对上" in page
    answer = browser.post("/banks/lines/book/", {"line": [line("R-1").slug, line("R-2").slug]}, follow=True)
    assert "1 笔已入账" in answer.content.decode()
    odd = f"/banks/lines/{line('R-2').slug}/"
    assert browser.post(odd, {"milestone": "nothing"}).status_code == 422
    assert browser.post(odd, {"reason": ""}).status_code == 422
    assert browser.post(odd, {"reason": "不是我们的"}).status_code == 302
    assert "不是我们的" in browser.get("/banks/lines/?state=ignored").content.decode()
    verbs.accept_and_release(milestone_id=step(deal, 1).pk, actor=people.heng)
    mine = Account.objects.get(owner_user=people.ruoxi)
    form = {"holder": "沈若溪", "number": "6222 0001", "bank_name": "农行"}
    assert client_of(people.ruoxi).post(f"/settlement/{mine.slug}/payee/", form).status_code == 302
    entry = next(one for one in payable(bank) if one.account_id == mine.pk)
    page = browser.post("/banks/payouts/", {"entry": entry.pk, "execute_on": "2026-04-02"}, follow=True)
    order = PaymentItem.objects.get().order
    assert "pain.001" in page.content.decode()
    assert browser.get(f"/banks/payouts/{order.slug}.xml").status_code == 200
    assert "62220001" in browser.get(f"/banks/payouts/{order.slug}.csv").content.decode()
    assert browser.get(f"/banks/payouts/{order.slug}.exe").status_code == 404


def test_the_api_takes_books_and_ignores(
    people: People, deal: Deal, bank: BankAccount, client_of: Callable[..., Client]
) -> None:
    api, at = client_of(people.yuan), "/api/v1/deals/banks"
    body = {"name": "a.xml", "content": base64.b64encode(camt([DEPOSIT, ODD])).decode()}
    taken = api.post(f"{at}/statements", body, content_type="application/json").json()
    assert (taken["lines"], taken["known"]) == (2, 0)
    assert {one["reference"] for one in api.get(f"{at}/lines").json()} == {"R-1", "R-2"}
    url = f"{at}/lines/{line('R-1').slug}/book"
    wrong = api.post(url, {"milestone": "x"}, content_type="application/json")
    assert wrong.status_code == 409
    done = api.post(url, {"milestone": step(deal, 1).slug}, content_type="application/json")
    assert done.json()["state"] == "booked"
    out = api.post(f"{at}/lines/{line('R-2').slug}/ignore", {"reason": "x"}, content_type="application/json")
    assert out.json()["state"] == "ignored"
    broken = api.post(f"{at}/statements", {"name": "a", "content": "%%%"}, content_type="application/json")
    assert broken.status_code == 422
