"""Foreign money recorded, taken back and sent back by two at once: once, and never more than there is to take."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.deals.milestone_world import SIGNED, balance, planned_deal, step
from tests.world import People, Role, make_people, person
from yinxian.deals.models import BankReceipt, Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.milestones import foreign, payments
from yinxian.kernel.errors import Conflict, Invalid, Refusal
from yinxian.settlement.models import Exchange, Transaction
from yinxian.settlement.queries.books import books_balance

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 9_600_000


def dollars(people: People, deal: Deal, number: str, **change: Any) -> BankReceipt:
    """10,000.00 dollars at 7.1217: 71,217.00 of the 96,000.00 yuan of the deposit."""
    given = {"currency": "USD", "received": 1_000_000, "rate": "7.1217", "source": "结汇水单", "payer": "Lanjiang"}
    given |= {"number": number, "key": number, "paid_on": SIGNED, "milestone_id": step(deal, 1).pk}
    return verbs.record_foreign_payment(**{**given, "actor": people.heng, **change})


def codes(outcomes: list[Any]) -> list[str]:
    return sorted(one.code for one in outcomes if isinstance(one, Refusal))


def unlocked(pk: int) -> Milestone:
    return Milestone.objects.select_related("deal").get(pk=pk)


def test_two_receipts_at_once_never_make_more_than_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    Meeting().at(monkeypatch, foreign, "take_file")
    outcomes = at_once(*(partial(dollars, people, deal, number) for number in ("FX-1", "FX-2")))
    assert codes(outcomes) == ["deals.foreign_too_much"]
    assert BankReceipt.objects.count() == Exchange.objects.count() == 1
    code = f"escrow:{deal.slug}"
    assert (balance(code), balance(f"{code}@USD"), books_balance()) == (7_121_700, 0, [])


@pytest.mark.postgresql
def test_without_the_lock_more_than_is_due_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    monkeypatch.setattr(foreign, "lock_milestone", unlocked)
    Meeting().at(monkeypatch, foreign, "take_file")
    outcomes = at_once(*(partial(dollars, people, deal, number) for number in ("FX-1", "FX-2")))
    assert codes(outcomes) == [] and BankReceipt.objects.count() == 2
    assert balance(f"escrow:{deal.slug}") > MOST  # the fault that the lock prevents


def test_the_same_form_twice_at_once_is_one_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    Meeting().at(monkeypatch, foreign, "take_file")
    outcomes = at_once(partial(dollars, people, deal, "FX-1"), partial(dollars, people, deal, "FX-1"))
    assert {one.pk for one in outcomes} == {BankReceipt.objects.get().pk} and Exchange.objects.count() == 1


def test_yuan_and_dollars_at_once_never_make_more_than_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    Meeting().at(monkeypatch, foreign, "take_file")
    yuan = partial(
        verbs.record_payment,
        milestone_id=step(deal, 1).pk,
        amount_fen=MOST,
        number="R-1",
        paid_on=SIGNED,
        payer="澜江暖能电器",
        key="R-1",
        actor=people.heng,
    )
    outcomes = at_once(partial(dollars, people, deal, "FX-1"), yuan)
    refused = [one for one in outcomes if isinstance(one, (Conflict, Invalid))]
    assert len(refused) == 1 and BankReceipt.objects.count() == 1
    assert 0 < balance(f"escrow:{deal.slug}") <= MOST and books_balance() == []


def undone(people: People, receipt: BankReceipt) -> Any:
    return verbs.undo_payment(receipt_id=receipt.pk, reason="汇率写错", actor=people.ruoxi)


def test_taken_back_by_two_at_once_it_is_taken_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    receipt = dollars(people, deal, "FX-1")
    Meeting().at(monkeypatch, payments, "take_back")
    outcomes = at_once(partial(undone, people, receipt), partial(undone, people, receipt))
    assert [type(one) for one in outcomes] == [BankReceipt, BankReceipt]
    assert Transaction.objects.filter(kind="reversal").count() == 3, "the arrival and both halves of the exchange"
    code = f"escrow:{deal.slug}"
    assert (balance(code), balance(f"{code}@USD"), balance("trading:exchange@USD")) == (0, 0, 0)
    assert books_balance() == []


def test_sent_back_by_two_at_once_no_more_goes_than_lies_there(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    deal = planned_deal(people)
    dollars(people, deal, "FX-1", exchanged=999_000)
    second = person("沈二", "13800000044", (people.agency, Role.ADMIN))
    Deal.objects.filter(pk=deal.pk).update(agency=people.agency)
    Meeting().at(monkeypatch, foreign.settlement, "refund")
    back = partial(verbs.return_foreign, deal_id=deal.pk, currency="USD", amount=1_000)
    acts = (
        partial(back, number="B-1", key="1", actor=people.ruoxi),
        partial(back, number="B-2", key="2", actor=second),
    )
    assert codes(at_once(*acts)) == ["settlement.insufficient"]
    assert balance(f"escrow:{deal.slug}@USD") == 0 and books_balance() == []
