"""Pages and endpoints of a payment plan: who sees what, forms that keep what was typed, files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.milestone_world import balance, deliver, pay, planned_deal, signed_deal, step
from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Dispute, Invoice, Milestone

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def in_summer(frozen: Callable[[str], None]) -> None:
    frozen("2026-06-25T09:42")


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def page(milestone: Milestone, act: str = "") -> str:
    return f"/milestones/{milestone.slug}/{act}"


def test_the_manager_sees_every_part_and_the_buyer_only_sums(deal: Deal, people: People, client_of: ClientOf) -> None:
    third = step(deal, 3)
    for reader in (people.ruoxi, people.lan):
        shown = text(client_of(reader), page(third))
        for figure in ("50,918.40", "112,869.12", "5,940.48", "13,363.20", "8,908.80", "192,000.00"):
            assert figure in shown, (reader, figure)
        assert "第 1 版" in shown and "第 45 条" in shown
    shown = text(client_of(people.heng), page(third))
    assert "169,728.00" in shown and "22,272.00" in shown
    for figure in ("50,918.40", "112,869.12", "5,940.48", "13,363.20"):
        assert figure not in shown
    detail = client_of(people.heng).get(f"/api/v1/deals/milestones/{third.slug}").json()
    assert [part["amount_fen"] for part in detail["split"]] == [16_972_800, 2_227_200]


def test_strangers_find_nothing(deal: Deal, people: People, client_of: ClientOf) -> None:
    third = step(deal, 3)
    acts = ("payment/", "submit/", "changes/", "release/", "refund/", "dispute/", "decide/", "invoice/ask/", "invoice/")
    for reader in (people.stray, people.outsider, people.qiao, people.cang):
        client = client_of(reader)
        for address in (page(third), f"/deals/{deal.slug}/milestones/", f"/deals/{deal.slug}/plan/"):
            assert client.get(address).status_code == 404
        for act in acts:
            assert client.post(page(third, act)).status_code == 404
        assert client.get(f"/api/v1/deals/milestones/of/{deal.slug}").status_code == 404
        assert client.post(f"/api/v1/deals/milestones/{third.slug}/release", {}, "application/json").status_code == 404
    assert Client().get(page(third)).status_code == 302
    assert step(deal, 3).state == Milestone.State.UNFUNDED


def test_the_other_side_is_turned_away_before_its_form_is_read(deal: Deal, people: People, client_of: ClientOf) -> None:
    third = step(deal, 3)
    wrong_side = {
        "payment/": people.lan,
        "submit/": people.heng,
        "changes/": people.lan,
        "release/": people.lan,
        "refund/": people.heng,
        "dispute/": people.ruoxi,
        "decide/": people.ruoxi,
        "invoice/": people.heng,
        "invoice/ask/": people.lan,
    }
    for act, who in wrong_side.items():
        assert client_of(who).post(page(third, act)).status_code == 403, act
    assert step(deal, 3).state == Milestone.State.UNFUNDED


def test_the_whole_way_in_the_browser(deal: Deal, people: People, client_of: ClientOf) -> None:
    third = step(deal, 3)
    buyer, supplier = client_of(people.heng), client_of(people.lan)
    assert "登记到账" in text(buyer, page(third))
    receipt = {
        "amount": "192,000.00",
        "number": "HD-3",
        "paid_on": "2026-05-20",
        "payer": "澜江暖能电器",
        "key": "one-form",
        "file": SimpleUploadedFile("回单.pdf", b"%PDF-1.7"),
    }
    assert buyer.post(page(third, "payment/"), receipt).status_code == 302
    assert buyer.post(page(third, "payment/"), {**receipt, "file": ""}).status_code == 302
    assert BankReceipt.objects.count() == 1
    kept = BankReceipt.objects.get()
    file = supplier.get(page(third, f"files/{kept.slug}/"))
    assert b"".join(file.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]  # a file answer
    assert "attachment" in file["Content-Disposition"]
    material = SimpleUploadedFile("500 小时台架记录.xlsx", b"PK")
    assert supplier.post(page(third, "submit/"), {"text": "见附件", "material": material}).status_code == 302
    assert "500 小时台架记录.xlsx" in text(buyer, page(third))
    assert buyer.post(page(third, "changes/"), {"text": "缺压降"}).status_code == 302
    assert "缺压降" in text(supplier, page(third))
    assert supplier.post(page(third, "submit/"), {"text": "已补"}).status_code == 302
    assert "验收并放款" in text(buyer, page(third)) and "验收并放款" not in text(supplier, page(third))
    for _ in range(2):
        assert buyer.post(page(third, "release/"), {"key": "release-form"}).status_code == 302
    assert balance(f"party:{people.ruoxi.slug}") == 1_336_320
    assert "已放款" in text(client_of(people.ruoxi), f"/deals/{deal.slug}/milestones/")


@pytest.mark.parametrize("amount", ["", "-5", "0", "NaN", "1e400", "9" * 40, "0.001", "192,000.01", "<b>1</b>"])
def test_an_amount_that_cannot_be_keeps_the_form(deal: Deal, people: People, client_of: ClientOf, amount: str) -> None:
    form = {"amount": amount, "number": "HD-<i>", "paid_on": "2026-05-20", "payer": "付款人"}
    answer = client_of(people.heng).post(page(step(deal, 3), "payment/"), form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "HD-&lt;i&gt;" in shown and "付款人" in shown and "<b>1</b>" not in shown
    assert not BankReceipt.objects.exists()


def test_a_dispute_is_opened_and_settled_by_both(deal: Deal, people: People, client_of: ClientOf) -> None:
    third = step(deal, 3)
    pay(people, third)
    deliver(people, third)
    buyer, supplier = client_of(people.heng), client_of(people.lan)
    assert buyer.post(page(third, "dispute/"), {"reason": "压降超标"}).status_code == 302
    assert "压降超标" in text(supplier, page(third))
    assert supplier.post(page(third, "decide/"), {"outcome": "burn"}).status_code == 422
    assert supplier.post(page(third, "decide/"), {"outcome": "refund"}).status_code == 302
    assert buyer.post(page(third, "decide/"), {"outcome": "refund"}).status_code == 302
    assert Dispute.objects.get().outcome == "refund"
    assert step(deal, 3).state == Milestone.State.REFUNDED


def test_an_invoice_in_the_browser(deal: Deal, people: People, client_of: ClientOf) -> None:
    first = step(deal, 1)
    assert client_of(people.heng).post(page(first, "invoice/ask/")).status_code == 302
    supplier = client_of(people.lan)
    form = {"number": "2633", "issued_on": "2026-04-01", "amount": "96,000", "tax_rate": "6"}
    assert supplier.post(page(first, "invoice/"), {**form, "tax_rate": "106"}).status_code == 422
    assert supplier.post(page(first, "invoice/"), form).status_code == 302
    assert Invoice.objects.get().number == "2633"
    assert "6.00%" in text(supplier, page(first))


def test_the_rule_and_the_plan_in_the_browser(people: People, client_of: ClientOf) -> None:
    deal = signed_deal(people)
    manager = client_of(people.ruoxi)
    assert "固定分账规则" in text(manager, f"/deals/{deal.slug}/milestones/")
    split = {"reward": "70", "staff": "4.99", "inventor-TOTAL_FORMS": "0", "inventor-INITIAL_FORMS": "0"}
    answer = manager.post(f"/deals/{deal.slug}/split/", split)
    assert answer.status_code == 422 and "5%" in answer.content.decode()
    assert manager.post(f"/deals/{deal.slug}/split/", {**split, "staff": "5"}).status_code == 302
    assert "96,000.00" in text(manager, f"/deals/{deal.slug}/plan/")
    plan = {"line-TOTAL_FORMS": "2", "line-INITIAL_FORMS": "0"}
    for number, (title, amount) in enumerate([("定金", "96,000"), ("验收", "384,000.01")]):
        plan |= {f"line-{number}-title": title, f"line-{number}-amount": amount}
    plan["line-0-deposit"] = "on"
    answer = manager.post(f"/deals/{deal.slug}/plan/", plan)
    assert answer.status_code == 422 and "480,000.01" in answer.content.decode()
    assert "384,000.01" in answer.content.decode()
    assert manager.post(f"/deals/{deal.slug}/plan/", {**plan, "line-1-amount": "38.4万"}).status_code == 302
    assert [one.amount_fen for one in deal.milestones.all()] == [9_600_000, 38_400_000]
    assert manager.post(f"/deals/{deal.slug}/plan/", {"line-TOTAL_FORMS": "x"}).status_code == 422
    assert client_of(people.heng).get(f"/deals/{deal.slug}/plan/").status_code == 403


def test_a_page_asks_no_more_of_the_database_for_more_milestones(
    deal: Deal, people: People, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for position in range(6, 40):
        Milestone.objects.create(deal=deal, position=position, title=f"第 {position} 段", amount_fen=100)
    client = client_of(people.ruoxi)
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]  # a context manager of pytest-django
        text(client, f"/deals/{deal.slug}/milestones/")
