"""Parts: released, refunded after that, divided by a decision; and keys that come again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.deals.milestone_world import SIGNED, balance, deliver, pay, planned_deal, refused, step
from tests.world import People
from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.settlement.models import Account, Request, Transaction
from yinxian.settlement.queries.books import books_balance

State = Milestone.State
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def in_summer(frozen: Callable[[str], None]) -> None:
    frozen("2026-06-25T09:42")


@pytest.fixture
def third(people: People) -> Milestone:
    """192,000.00 yuan in escrow, delivered."""
    deal = planned_deal(people)
    pay(people, step(deal, 3))
    deliver(people, step(deal, 3))
    return step(deal, 3)


def test_parts_and_the_whole_come_to_the_same_fen(third: Milestone, people: People) -> None:
    for amount in (1, 9_999_999, None):
        verbs.accept_and_release(milestone_id=third.pk, actor=people.heng, amount_fen=amount)
    third.refresh_from_db()
    assert (third.state, third.released_fen, third.left_fen) == (State.RELEASED, 19_200_000, 0)
    split = third.kept_split
    assert split is not None and split.amount_fen == sum(line.amount_fen for line in split.lines) == 19_200_000
    assert abs(split.fee_fen - 2_227_200) <= 1
    for line in split.lines:
        assert balance(line.party) == line.amount_fen
    assert Transaction.objects.filter(kind="escrow.release", rule=third.deal.split_rule).count() == 3
    names = Entry.objects.filter(subject_type="deals.milestone", name__contains="released").order_by("pk")
    assert [one.name.rsplit(".")[-1] for one in names] == ["part_released", "part_released", "released"]
    assert books_balance() == []


def test_the_rest_goes_back_after_a_part_was_released(third: Milestone, people: People) -> None:
    verbs.accept_and_release(milestone_id=third.pk, actor=people.heng, amount_fen=12_000_000)
    verbs.refund(milestone_id=third.pk, actor=people.lan, amount_fen=200_000)
    third.refresh_from_db()
    assert (third.state, third.left_fen) == (State.SUBMITTED, 7_000_000)
    verbs.refund(milestone_id=third.pk, actor=people.lan)
    third.refresh_from_db()
    assert (third.state, third.released_fen, third.refunded_fen) == (State.REFUNDED, 12_000_000, 7_200_000)
    assert balance("bank:external") == -12_000_000
    assert balance(f"escrow:{third.deal.slug}") == 0
    for act in (
        lambda: verbs.refund(milestone_id=third.pk, actor=people.lan),
        lambda: verbs.refund(milestone_id=third.pk, actor=people.lan, amount_fen=1),
        lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng, amount_fen=1),
        lambda: verbs.accept_and_release(milestone_id=third.pk, actor=people.heng),
    ):
        with pytest.raises(Exception) as told:
            act()
        assert told.value.code in ("deals.milestone_state", "deals.more_than_held")  # type: ignore[attr-defined]  # a Refusal
    assert books_balance() == []


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0, "settlement.amount"),
        (-1, "settlement.amount"),
        (0.5, "settlement.amount"),
        (True, "settlement.amount"),
        (float("nan"), "settlement.amount"),
        ("1", "settlement.amount"),
        (19_200_001, "deals.more_than_held"),
        (10**18, "deals.more_than_held"),
    ],
)
def test_a_part_that_cannot_be_is_refused_and_nothing_moves(
    third: Milestone, people: People, amount: object, code: str
) -> None:
    given = {"milestone_id": third.pk, "amount_fen": amount}
    refused(code, lambda: verbs.accept_and_release(**given, actor=people.heng))
    refused(code, lambda: verbs.refund(**given, actor=people.lan))


def test_both_sides_divide_what_is_in_dispute(third: Milestone, people: People) -> None:
    verbs.accept_and_release(milestone_id=third.pk, actor=people.heng, amount_fen=200_000)
    verbs.dispute(milestone_id=third.pk, reason="只做到 60 ppm", actor=people.heng)
    assert Account.objects.get(code=f"escrow:{third.deal.slug}").min_balance == 19_000_000
    decide = {"milestone_id": third.pk, "outcome": "divide"}
    for wrong in (None, 0, -5, 19_000_000, 10**18):
        refused("deals.divide_within", lambda wrong=wrong: verbs.decide(**decide, actor=people.heng, amount_fen=wrong))
    verbs.decide(**decide, actor=people.heng, amount_fen=9_000_000)
    verbs.decide(**decide, actor=people.lan, amount_fen=9_000_001)
    third.refresh_from_db()
    assert third.state == State.DISPUTED
    verbs.decide(**decide, actor=people.heng, amount_fen=9_000_001)
    third.refresh_from_db()
    assert (third.state, third.released_fen, third.refunded_fen) == (State.REFUNDED, 9_200_001, 9_999_999)
    assert Account.objects.get(code=f"escrow:{third.deal.slug}").min_balance == 0
    assert balance("bank:external") == -9_200_001
    assert books_balance() == []


def test_two_disputes_at_once_are_one(third: Milestone, people: People) -> None:
    verbs.dispute(milestone_id=third.pk, reason="压降超标", actor=people.heng, key="form")
    verbs.dispute(milestone_id=third.pk, reason="压降超标", actor=people.heng, key="form")
    refused("deals.milestone_state", lambda: verbs.dispute(milestone_id=third.pk, reason="没有付款", actor=people.lan))
    assert third.disputes.count() == 1


def test_a_key_with_another_request_is_refused_and_nothing_moves(third: Milestone, people: People) -> None:
    release = {"milestone_id": third.pk, "actor": people.heng, "key": "once"}
    verbs.accept_and_release(**release, amount_fen=5)
    verbs.accept_and_release(**release, amount_fen=5)
    assert balance(f"escrow:{third.deal.slug}") == 19_199_995
    refused("settlement.key_used", lambda: verbs.accept_and_release(**release, amount_fen=6))
    refused("settlement.key_used", lambda: verbs.accept_and_release(**release))
    verbs.refund(milestone_id=third.pk, actor=people.lan, key="once", amount_fen=5)  # another person's key
    second = step(third.deal, 2)
    paid = {"milestone_id": second.pk, "number": "HD-K", "paid_on": SIGNED, "payer": "澜江", "actor": people.heng}
    paid["key"] = "k"
    assert verbs.record_payment(**paid, amount_fen=7) == verbs.record_payment(**paid, amount_fen=7)
    refused("settlement.key_used", lambda: verbs.record_payment(**paid, amount_fen=8))


def post(client: Client, address: str, key: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(address, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key})
    return answer.status_code, answer.json()


def test_the_api_answers_a_key_the_same_again(third: Milestone, people: People, client_of: ClientOf) -> None:
    client, address = client_of(people.heng), f"/api/v1/deals/milestones/{third.slug}/release"
    first = post(client, address, "k1", amount_fen=700)
    assert first[0] == 200 and first[1]["released_fen"] == 700
    post(client, address, "k2", amount_fen=1)
    assert post(client, address, "k1", amount_fen=700) == first
    assert post(client, address, "k1", amount_fen=701)[0] == 409
    assert post(client, address, "k3", amount_fen=10**18)[0] == 409
    assert post(client, address, "k3", amount_fen=1)[0] == 200, "a refused request leaves its key free"
    assert post(client, address, "x" * 121, amount_fen=1)[0] == 422
    assert balance(f"escrow:{third.deal.slug}") == 19_200_000 - 702
    assert Request.objects.filter(actor=people.heng).exclude(answer=None).count() == 3


def test_the_page_takes_parts_and_says_what_is_left(third: Milestone, people: People, client_of: ClientOf) -> None:
    buyer, supplier = client_of(people.heng), client_of(people.lan)
    address = f"/milestones/{third.slug}/"
    assert "只放其中一部分" in buyer.get(address).content.decode()
    for nonsense in ("0.005", "-1", "1e99", "abc", "", "9" * 40):
        assert buyer.post(f"{address}release/", {"amount": nonsense, "key": "a"}).status_code == 422
    assert buyer.post(f"{address}release/", {"amount": "20000", "key": "b"}).status_code == 302
    page = buyer.get(address).content.decode()
    assert "20,000.00" in page and "172,000.00" in page
    assert supplier.post(f"{address}refund/", {"amount": "172000.01", "key": "c"}).status_code == 422
    assert supplier.post(f"{address}refund/", {"amount": "", "key": "d"}).status_code == 302
    third.refresh_from_db()
    assert (third.state, third.refunded_fen) == (State.REFUNDED, 17_200_000)


def test_a_rule_with_a_cap_counts_parts_already_released(people: People) -> None:
    deal: Deal = planned_deal(people)
    assert deal.split_rule is not None
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    second = step(deal, 2)
    verbs.accept_and_release(milestone_id=second.pk, actor=people.heng, amount_fen=1_000_000)
    from yinxian.deals.queries.milestones import progress
    from yinxian.settlement.operations.releases import progress as in_the_books

    counted = progress(list(deal.milestones.all()))
    assert counted == in_the_books([deal.slug])[deal.slug]
    assert (counted.released_fen, counted.due_fen) == (1_000_000, 116_000)
