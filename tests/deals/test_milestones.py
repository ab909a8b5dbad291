"""The way of a payment: planned, funded, delivered, accepted and split; and who may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.deals.milestone_world import PLAN, SIGNED, balance, deliver, pay, planned_deal, refused, step
from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.settlement.models import Account
from yinxian.settlement.queries.books import books_balance

State = Milestone.State


@pytest.fixture(autouse=True)
def in_summer(frozen: Callable[[str], None]) -> None:
    frozen("2026-06-25T09:42")


@pytest.fixture
def deal(people: People) -> Deal:
    return planned_deal(people)


def test_the_whole_way_and_the_worked_example_to_the_fen(deal: Deal, people: People) -> None:
    assert deal.state == Deal.State.SIGNED
    pay(people, step(deal, 1))
    verbs.accept_and_release(milestone_id=step(deal, 1).pk, actor=people.heng)
    deal.refresh_from_db()
    assert deal.state == Deal.State.PERFORMING
    before = {code: balance(code) for code in Account.objects.values_list("code", flat=True)}
    third = step(deal, 3)
    pay(people, third)
    deliver(people, third)
    verbs.accept_and_release(milestone_id=third.pk, actor=people.heng)
    third.refresh_from_db()
    got = {code: balance(code) - before[code] for code in before if balance(code) != before[code]}
    supplier = f"party:{people.supplier.slug}"
    assert got == {
        "bank:external": -19_200_000,
        supplier: 5_091_840,
        f"{supplier}/team": 11_286_912,
        f"{supplier}/staff": 594_048,
        f"party:{people.ruoxi.slug}": 1_336_320,
        f"party:{people.mingyuan.slug}": 890_880,
    }
    assert balance(f"escrow:{deal.slug}") == 0
    assert third.kept_split is not None and third.kept_split.fee_fen == 2_227_200
    entry = Entry.objects.filter(name="deals.milestone.released").latest("pk")
    assert entry.organisations == sorted([people.buyer.pk, people.supplier.pk])
    assert entry.data["team"] == [people.ruoxi.slug, people.mingyuan.slug]
    assert books_balance() == []


def test_the_same_form_twice_has_one_effect(deal: Deal, people: People) -> None:
    first = step(deal, 1)
    for _ in range(2):
        pay(people, first, number="HD-1")
    for _ in range(2):
        verbs.accept_and_release(milestone_id=first.pk, actor=people.heng, key="form-2")
    assert BankReceipt.objects.count() == 1
    assert Entry.objects.filter(name="deals.milestone.released").count() == 1
    assert balance("bank:external") == -9_600_000
    refused("deals.already_released", lambda: verbs.accept_and_release(milestone_id=first.pk, actor=people.heng))


def test_a_receipt_recorded_wrongly_is_undone_and_recorded_again(
    deal: Deal, people: People, client_of: Callable[..., Client]
) -> None:
    first = step(deal, 1)
    pay(people, first, number="HD-1")
    receipt = first.receipts.get()
    undo = {"receipt_id": receipt.pk, "reason": "记到了别的项目"}
    for other in (people.heng, people.lan, people.outsider):
        refused("deals.may_not_undo_payment", lambda other=other: verbs.undo_payment(**undo, actor=other))
    refused("deals.text_missing", lambda: verbs.undo_payment(receipt_id=receipt.pk, reason=" ", actor=people.ruoxi))
    page = client_of(people.ruoxi)
    for words in ({"receipt": "HNONE", "reason": "x"}, {"receipt": receipt.slug, "reason": ""}):
        answer = page.post(f"/milestones/{first.slug}/payment/undo/", words)
        assert answer.status_code == (404 if words["receipt"] == "HNONE" else 422)
    for _ in range(2):
        form = {"receipt": receipt.slug, "reason": "记到了别的项目"}
        assert page.post(f"/milestones/{first.slug}/payment/undo/", form).status_code == 302
    assert (step(deal, 1).state, balance(f"escrow:{deal.slug}"), balance("bank:external")) == (State.UNFUNDED, 0, 0)
    assert "记到了别的项目" in client_of(people.lan).get(f"/milestones/{first.slug}/").content.decode()
    told = Entry.objects.filter(name="deals.payment.undone").get()
    assert told.data["amount_fen"] == 9_600_000 and people.supplier.pk in told.organisations
    pay_again = _payment(people, first, number="HD-1", key="right", amount_fen=9_600_000)
    again = verbs.record_payment(**pay_again)
    assert again.pk != receipt.pk and step(deal, 1).state == State.FUNDED
    api = client_of(people.ruoxi).post(
        f"/api/v1/deals/milestones/{first.slug}/payment/undo",
        {"number": "HD-1", "reason": "又错了"},
        content_type="application/json",
    )
    assert (api.status_code, api.json()["outstanding_fen"]) == (200, 9_600_000)
    verbs.record_payment(**{**pay_again, "key": "right-2"})
    verbs.accept_and_release(milestone_id=first.pk, actor=people.heng)
    last = first.receipts.get(undone_at=None)
    refused("deals.receipt_in_use", lambda: verbs.undo_payment(receipt_id=last.pk, reason="迟了", actor=people.ruoxi))
    assert balance("bank:external") == -9_600_000
    assert books_balance() == []


def test_a_payment_may_come_in_parts(deal: Deal, people: People) -> None:
    first = step(deal, 1)
    pay(people, first, 9_000_000, "HD-1")
    assert step(deal, 1).state == State.UNFUNDED
    refused("deals.payment_too_much", lambda: pay(people, first, 600_001, "HD-2"))
    refused("deals.receipt_known", lambda: verbs.record_payment(**_payment(people, first, number="HD-1", key="other")))
    pay(people, first, 600_000, "HD-2")
    assert step(deal, 1).state == State.FUNDED
    refused("deals.already_funded", lambda: pay(people, first, 1, "HD-3"))


def _payment(people: People, milestone: Milestone, **changes: object) -> dict[str, object]:
    return {
        "milestone_id": milestone.pk,
        "amount_fen": 1,
        "number": "HD-9",
        "paid_on": SIGNED,
        "payer": "澜江暖能电器",
        "key": "k",
        "actor": people.heng,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_fen": 0}, "settlement.amount"),
        ({"amount_fen": -5}, "settlement.amount"),
        ({"amount_fen": 10**18}, "deals.payment_too_much"),
        ({"amount_fen": float("nan")}, "settlement.amount"),
        ({"paid_on": dt.date(2026, 6, 26)}, "deals.paid_on"),
        ({"paid_on": dt.date(1999, 12, 31)}, "deals.paid_on"),
        ({"number": ""}, "deals.text_missing"),
        ({"number": "\x00 "}, "deals.text_missing"),
        ({"number": "9" * 61}, "deals.text_too_long"),
        ({"payer": "户" * 200_000}, "deals.text_too_long"),
        ({"file": SimpleUploadedFile("空.pdf", b"")}, "kernel.empty_file"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_and_nothing_moves(
    deal: Deal, people: People, changes: dict[str, object], code: str
) -> None:
    refused(code, lambda: verbs.record_payment(**_payment(people, step(deal, 1), **changes)))


def test_a_receipt_keeps_its_file_and_hash(deal: Deal, people: People) -> None:
    file = SimpleUploadedFile("../回单.pdf", b"%PDF-1.7")
    receipt = verbs.record_payment(**_payment(people, step(deal, 1), file=file))
    assert (receipt.name, receipt.size) == ("回单.pdf", 8)
    assert (
        receipt.sha256 == "5c39d9ebdbb84b8ac49ec78d1b1ebac67b5f6a4c8f9d40ca5a34de0e0f35b7c5"
        or len(receipt.sha256) == 64
    )


def test_nobody_else_moves_money(deal: Deal, people: People) -> None:
    third = step(deal, 3)
    strangers = (people.stray, people.outsider, people.qiao, people.cang, people.mingyuan)
    for who in (*strangers, people.lan):
        refused(
            "deals.may_not_record_payment", lambda who=who: verbs.record_payment(**_payment(people, third, actor=who))
        )
    pay(people, third)
    for who in (*strangers, people.heng, people.ruoxi):
        refused("deals.may_not_submit", lambda who=who: verbs.submit(milestone_id=third.pk, text="x", actor=who))
        refused("deals.only_the_supplier_refunds", lambda who=who: verbs.refund(milestone_id=third.pk, actor=who))
    deliver(people, third)
    for who in (*strangers, people.lan, people.ruoxi):
        for code, act in (
            (
                "deals.only_the_buyer_releases",
                lambda who=who: verbs.accept_and_release(milestone_id=third.pk, actor=who),
            ),
            ("deals.only_the_buyer", lambda who=who: verbs.request_changes(milestone_id=third.pk, text="x", actor=who)),
        ):
            refused(code, act)
    for who in (*strangers, people.ruoxi):
        refused("deals.not_a_side", lambda who=who: verbs.dispute(milestone_id=third.pk, reason="x", actor=who))
    for who in (*strangers, people.heng, people.lan):
        refused("deals.not_the_manager", lambda who=who: verbs.plan(deal_id=deal.pk, lines=PLAN, actor=who))


def test_nothing_is_released_before_it_is_funded_and_delivered(deal: Deal, people: People) -> None:
    third = step(deal, 3)
    refused("deals.milestone_state", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))
    refused("deals.milestone_state", lambda: deliver(people, third))
    pay(people, third)
    refused("deals.nothing_submitted", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))


def test_changes_are_asked_for_and_delivered_again(deal: Deal, people: People) -> None:
    third = step(deal, 3)
    pay(people, third)
    deliver(people, third)
    verbs.request_changes(milestone_id=third.pk, text="缺 25 ℃ 的记录", actor=people.heng)
    refused("deals.milestone_state", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))
    files = [SimpleUploadedFile("记录.xlsx", b"PK"), SimpleUploadedFile("照片.jpg", b"x")]
    verbs.submit(milestone_id=third.pk, text="", files=files, actor=people.lan)
    assert [file.name for file in step(deal, 3).files.all()] == ["记录.xlsx", "照片.jpg"]
    verbs.accept_and_release(milestone_id=third.pk, actor=people.heng)
    assert step(deal, 3).state == State.RELEASED


def test_the_supplier_gives_money_back(deal: Deal, people: People) -> None:
    third = step(deal, 3)
    pay(people, third)
    verbs.refund(milestone_id=third.pk, actor=people.lan)
    assert step(deal, 3).state == State.REFUNDED
    assert (balance("bank:external"), balance(f"escrow:{deal.slug}")) == (0, 0)
    refused("deals.milestone_state", lambda: verbs.refund(milestone_id=third.pk, actor=people.lan))


@pytest.mark.parametrize(
    ("outcome", "state", "held"),
    [("release", State.RELEASED, 0), ("refund", State.REFUNDED, 0), ("resume", State.SUBMITTED, 19_200_000)],
)
def test_a_dispute_freezes_until_both_sides_say_the_same(
    deal: Deal, people: People, outcome: str, state: str, held: int
) -> None:
    third = step(deal, 3)
    pay(people, third)
    deliver(people, third)
    verbs.dispute(milestone_id=third.pk, reason="压降超标", actor=people.heng)
    refused("deals.in_dispute", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))
    refused("deals.in_dispute", lambda: verbs.refund(milestone_id=third.pk, actor=people.lan))
    verbs.decide(milestone_id=third.pk, outcome="refund" if outcome != "refund" else "release", actor=people.heng)
    verbs.decide(milestone_id=third.pk, outcome=outcome, actor=people.lan)
    assert step(deal, 3).state == State.DISPUTED
    assert balance(f"escrow:{deal.slug}") == 19_200_000
    verbs.decide(milestone_id=third.pk, outcome=outcome, actor=people.heng)
    assert step(deal, 3).state == state
    assert balance(f"escrow:{deal.slug}") == held
    assert books_balance() == []
    refused("deals.no_dispute", lambda: verbs.decide(milestone_id=third.pk, outcome=outcome, actor=people.heng))


def test_other_milestones_go_on_while_one_is_disputed(deal: Deal, people: People) -> None:
    for position in (2, 3):
        pay(people, step(deal, position))
        deliver(people, step(deal, position))
    verbs.dispute(milestone_id=step(deal, 3).pk, reason="压降超标", actor=people.heng)
    verbs.accept_and_release(milestone_id=step(deal, 2).pk, actor=people.heng)
    assert balance(f"escrow:{deal.slug}") == 19_200_000


def test_a_disputed_or_ended_deal_stands_still(deal: Deal, people: People) -> None:
    third = step(deal, 3)
    pay(people, third)
    deliver(people, third)
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.DISPUTED)
    refused("deals.deal_frozen", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))
    refused("deals.deal_frozen", lambda: verbs.refund(milestone_id=third.pk, actor=people.lan))
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.TERMINATED)
    refused("deals.deal_not_open", lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng))
    verbs.refund(milestone_id=third.pk, actor=people.lan)
    assert step(deal, 3).state == State.REFUNDED


def test_the_buyers_fee_is_a_line_on_top_released_to_the_team(people: People) -> None:
    deal = planned_deal(people, payer="buyer")
    fee = step(deal, 5)
    assert (fee.kind, fee.amount_fen) == (Milestone.Kind.FEE, 5_568_000)
    pay(people, fee)
    refused("deals.nothing_to_submit", lambda: verbs.submit(milestone_id=fee.pk, text="x", actor=people.lan))
    verbs.accept_and_release(milestone_id=fee.pk, actor=people.heng)
    assert balance(f"party:{people.ruoxi.slug}") == 3_340_800
    assert balance(f"party:{people.mingyuan.slug}") == 2_227_200
    pay(people, step(deal, 1))
    verbs.accept_and_release(milestone_id=step(deal, 1).pk, actor=people.heng)
    assert balance(f"party:{people.ruoxi.slug}") == 3_340_800
