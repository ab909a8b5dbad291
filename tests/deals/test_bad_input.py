"""What people and files bring that cannot be, at the pages: said in a sentence, nothing moved, what was typed kept."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.milestone_world import deliver, pay, planned_deal, step
from tests.settlement.statements_xml import OWN, camt
from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Dispute
from yinxian.kernel import clock
from yinxian.settlement.models import Account, BankFile, Transaction
from yinxian.settlement.operations.banking import set_bank_account

NONSENSE = ("0.005", "-1", "1e99", "abc", "9" * 40, "１２．３４５", "NaN", "∞", "1,0.0.0", "0x10", "十", "1" + "0" * 18)
LINE = ("96000.00", "2026-03-25", "R-1", "澜江暖能电器", "LJ-2026-0137 定金")
BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    with clock.at(dt.datetime(2026, 4, 2, 10, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


def state() -> list[Any]:
    return [Transaction.objects.count(), BankReceipt.objects.count(), list(Account.objects.values_list("posted"))]


@pytest.mark.parametrize("typed", NONSENSE)
def test_an_amount_of_nonsense_is_kept_on_every_form_and_books_nothing(
    people: People, deal: Deal, client_of: Browser, typed: str
) -> None:
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    before = state()
    first, second = (f"/milestones/{step(deal, number).slug}/" for number in (1, 2))
    common = {"number": "R", "paid_on": "2026-04-01", "payer": "某公司"}
    foreign = {**common, "currency": "USD", "rate": "7.1", "source": "水单"}
    tried = [
        (people.heng, f"{first}payment/", {**common, "amount": typed}),
        (people.heng, f"{first}payment/foreign/", {**foreign, "received": typed}),
        (people.heng, f"{first}payment/foreign/", {**foreign, "received": "1", "rate": "seven"}),
        (people.heng, f"{second}release/", {"amount": typed}),
        (people.lan, f"{second}refund/", {"amount": typed}),
        (people.lan, f"{second}invoice/", {"number": "1", "issued_on": "2026-04-01", "amount": typed, "tax_rate": "6"}),
        (people.ruoxi, f"/deals/{deal.slug}/equity/", {"company": "甲", "share": "5", "valued": typed, "proof": "x"}),
    ]
    for who, url, form in tried:
        page = client_of(who).post(url, form)
        assert page.status_code == 422, (url, typed)
        text = page.content.decode()
        assert "金额" in text or "汇率" in text
        if "seven" not in form.values():
            assert f'value="{typed}"' in text, (url, typed)
    assert state() == before


def files() -> list[tuple[str, bytes, str]]:
    whole = camt([LINE])
    return [
        ("命名空间", camt([LINE], namespace="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"), "重新导出"),
        ("实体", camt([LINE], head=BOMB), "出于安全不读"),
        ("半份", whole[: len(whole) // 2], "重新下载"),
        ("另一个账户", camt([LINE], account="6222999999999999999"), "核对文件"),
        ("少了几笔", camt([LINE], closing="1.00"), "完整的文件"),
        ("分以下", camt([LINE]).replace(b"96000.00", b"96000.005"), "没有导入"),
        ("空", b"", "文件"),
        ("图片", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "没有"),
    ]


@pytest.mark.parametrize(("data", "said"), [(data, said) for _, data, said in files()], ids=[one[0] for one in files()])
def test_a_bad_bank_file_is_told_and_nothing_of_it_is_taken(
    people: People, deal: Deal, client_of: Browser, data: bytes, said: str
) -> None:
    bank(people)
    page = client_of(people.yuan).post("/banks/", {"file": SimpleUploadedFile("a.xml", data)})
    assert page.status_code == 422 and said in page.content.decode()
    assert not BankFile.objects.exists()


def test_the_same_file_twice_is_taken_once(people: People, deal: Deal, client_of: Browser) -> None:
    held = bank(people)
    for _ in range(2):
        client_of(people.yuan).post("/banks/", {"file": SimpleUploadedFile("a.xml", camt([LINE]))})
    assert BankFile.objects.count() == 1 and held.files.get().lines.count() == 1


def bank(people: People) -> Any:
    return set_bank_account(
        organisation_id=people.agency.pk, actor=people.yuan, holder="澜江技术转移中心", number=OWN, bank_name="工行"
    )


def test_more_than_is_held_is_neither_released_nor_refunded(people: People, deal: Deal, client_of: Browser) -> None:
    second = step(deal, 2)
    pay(people, second)
    deliver(people, second)
    before, url = state(), f"/milestones/{second.slug}/"
    for who, act in ((people.heng, "release"), (people.lan, "refund")):
        page = client_of(who).post(f"{url}{act}/", {"amount": "96000.01"})
        assert page.status_code == 422 and "96,000.00" in page.content.decode()
    assert state() == before


def test_after_all_is_released_nothing_is_refunded(people: People, deal: Deal, client_of: Browser) -> None:
    second = step(deal, 2)
    pay(people, second)
    deliver(people, second)
    url = f"/milestones/{second.slug}/"
    assert client_of(people.heng).post(f"{url}release/", {"key": "k"}).status_code == 302
    before = state()
    page = client_of(people.lan).post(f"{url}refund/", {"amount": "1", "key": "r"})
    assert page.status_code == 422 and "没有" in page.content.decode()
    assert state() == before


def test_the_second_of_two_disputes_is_told_and_there_is_one(people: People, deal: Deal, client_of: Browser) -> None:
    second = step(deal, 2)
    pay(people, second)
    url = f"/milestones/{second.slug}/dispute/"
    assert client_of(people.heng).post(url, {"reason": "指标不符", "key": "a"}).status_code == 302
    page = client_of(people.lan).post(url, {"reason": "我方已按约交付", "key": "b"})
    assert page.status_code == 422 and "争议" in page.content.decode() and "我方已按约交付" in page.content.decode()
    assert Dispute.objects.count() == 1
    assert Account.objects.get(code=f"escrow:{deal.slug}").posted == second.amount_fen


@pytest.mark.parametrize("shares", [("60", "39.99"), ("60", "40.01"), ("101", ""), ("-1", "101"), ("60", "x")])
def test_a_split_that_does_not_add_up_is_not_fixed(
    people: People, deal: Deal, client_of: Browser, shares: tuple[str, str]
) -> None:
    Deal.objects.filter(pk=deal.pk).update(split_rule=None)
    form = {"reward": "70", "staff": "5", "inventor-TOTAL_FORMS": "2", "inventor-INITIAL_FORMS": "0"}
    for number, share in enumerate(shares):
        form |= {f"inventor-{number}-name": f"某{number}", f"inventor-{number}-share": share}
    page = client_of(people.lan).post(f"/deals/{deal.slug}/split/", form)
    assert page.status_code == 422 and "某0" in page.content.decode()
    deal.refresh_from_db()
    assert deal.split_rule is None


JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.mark.parametrize("sent", [0, -1, 10**18, 10**30, 0.005, 1.0, "abc", "1", "NaN", None, True, [1]])
def test_an_amount_of_nonsense_is_told_by_the_api_and_books_nothing(
    people: People, deal: Deal, client_of: Browser, sent: Any
) -> None:
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    before = state()
    first, second = (f"/api/v1/deals/milestones/{step(deal, number).slug}" for number in (1, 2))
    slip = {"number": "R", "paid_on": "2026-04-01", "payer": "某公司", "key": "k"}
    foreign = {**slip, "currency": "USD", "rate": "7.1", "source": "水单"}
    tried: list[tuple[Any, str, dict[str, Any]]] = [
        (people.heng, f"{first}/payment", {**slip, "amount_fen": sent}),
        (people.heng, f"{first}/payment/foreign", {**foreign, "received": sent}),
    ]
    if sent is not None:  # None is the whole of it
        tried += [
            (people.heng, f"{second}/release", {"amount_fen": sent, "key": "k"}),
            (people.lan, f"{second}/refund", {"amount_fen": sent, "key": "k"}),
        ]
    for who, url, body in tried:
        told = client_of(who).post(url, body, **JSON)
        assert told.status_code in (409, 422), (url, sent, told.content)
    assert state() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"inventors": [{"name": "某0", "bp": 6000}, {"name": "某1", "bp": 3999}]},
        {"inventors": [{"name": "某0", "bp": 6000}, {"name": "某1", "bp": 4001}]},
        {"inventors": [{"name": "某0", "bp": -1}, {"name": "某1", "bp": 10_001}]},
        {"inventors": [{"name": "某0", "bp": 10**30}]},
        {"inventors": [{"name": "", "bp": 10_000}]},
        {"inventors": [{"name": "某0", "bp": 5000.5}, {"name": "某1", "bp": 4999.5}]},
        {"reward_bp": 10_001},
        {"reward_bp": True},
        {"reward_bp": -1},
        {"staff_bp": 10_001},
        {"staff_bp": -5},
        {"direct_costs_fen": -1},
        {"direct_costs_fen": 10**30},
        {"direct_costs_fen": "NaN"},
    ],
    ids=str,
)
def test_a_split_that_does_not_add_up_is_told_by_the_api(
    people: People, deal: Deal, client_of: Browser, changed: dict[str, Any]
) -> None:
    Deal.objects.filter(pk=deal.pk).update(split_rule=None)
    sound = {"reward_bp": 7000, "staff_bp": 500, "inventors": [{"name": "某0", "bp": 10_000}]}
    url = f"/api/v1/deals/{deal.slug}/split"
    told = client_of(people.lan).put(url, sound | changed, **JSON)
    assert told.status_code in (409, 422) and (told.json().get("message") or told.json()["detail"]), told.content
    deal.refresh_from_db()
    assert deal.split_rule is None
    assert client_of(people.lan).put(url, sound, **JSON).status_code == 200


def test_a_name_with_signs_that_nobody_sees_is_kept_without_them(
    people: People, deal: Deal, client_of: Browser
) -> None:
    Deal.objects.filter(pk=deal.pk).update(split_rule=None)
    given = {"reward_bp": 7000, "inventors": [{"name": " 某\x00\u202e组 ", "bp": 10_000}]}
    assert client_of(people.lan).put(f"/api/v1/deals/{deal.slug}/split", given, **JSON).status_code == 200
    deal.refresh_from_db()
    assert deal.split_rule and [one.name for one in deal.split_rule.rule.inventors] == [f"{deal.supplier.name} · 某组"]


@pytest.mark.parametrize("data", [data for _, data, _ in files()], ids=[one[0] for one in files()])
def test_a_bad_bank_file_is_told_by_the_api(people: People, deal: Deal, client_of: Browser, data: bytes) -> None:
    bank(people)
    body = {"name": "a.xml", "content": base64.b64encode(data).decode()}
    told = client_of(people.yuan).post("/api/v1/deals/banks/statements", body, **JSON)
    assert told.status_code == 422 and told.json()["message"] and not BankFile.objects.exists()


def test_the_api_releases_no_more_than_is_held_and_opens_one_dispute(
    people: People, deal: Deal, client_of: Browser
) -> None:
    second = step(deal, 2)
    pay(people, second)
    deliver(people, second)
    before, url = state(), f"/api/v1/deals/milestones/{second.slug}"
    more = client_of(people.heng).post(f"{url}/release", {"amount_fen": 9_600_001, "key": "k"}, **JSON)
    assert more.status_code == 409 and "96,000.00" in more.json()["message"] and state() == before
    asked = [{"text": "指标不符", "key": one} for one in ("a", "b")]
    assert client_of(people.heng).post(f"{url}/dispute", asked[0], **JSON).status_code == 200
    assert client_of(people.lan).post(f"{url}/dispute", asked[1], **JSON).status_code == 409
    assert Dispute.objects.count() == 1


def test_after_all_is_released_the_api_refunds_nothing(people: People, deal: Deal, client_of: Browser) -> None:
    second = step(deal, 2)
    pay(people, second)
    deliver(people, second)
    url = f"/api/v1/deals/milestones/{second.slug}"
    assert client_of(people.heng).post(f"{url}/release", {"key": "k"}, **JSON).status_code == 200
    before = state()
    assert client_of(people.lan).post(f"{url}/refund", {"amount_fen": 1, "key": "r"}, **JSON).status_code == 409
    assert state() == before
