"""Posting: once under its key, balanced, never below the minimum."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel.errors import Conflict, Invalid, Refusal
from yinxian.settlement.models import Account, Entry, Transaction
from yinxian.settlement.operations import Leg, open_account, post, receive, reverse
from yinxian.settlement.queries.books import books_balance

BANK, ESCROW = "bank:external", f"escrow:{REFERENCE}"


def pay(people: People, amount: int, key: str = "k1") -> Transaction:
    return receive(reference=REFERENCE, amount_fen=amount, key=key, actor=people.heng, memo="定金")


def test_money_arrives_once_under_its_key(books: Books, people: People) -> None:
    first = pay(people, 960_000)
    again = pay(people, 960_000)
    assert first == again
    assert books.balances() == [-960_000, 960_000, 0, 0]
    assert JournalEntry.objects.filter(name="settlement.transaction.posted").count() == 1


def test_the_same_key_with_another_request_is_refused_and_nothing_moves(books: Books, people: People) -> None:
    pay(people, 960_000)
    with pytest.raises(Conflict) as refused:
        pay(people, 960_001)
    assert (refused.value.code, refused.value.status) == ("settlement.key_used", 409)
    assert books.balances() == [-960_000, 960_000, 0, 0]


def test_an_account_never_falls_below_its_minimum(books: Books, people: People) -> None:
    pay(people, 100)
    legs = [Leg(ESCROW, -101), Leg(books.supplier.code, 101)]
    with pytest.raises(Conflict) as refused:
        post(key="k2", kind="adjustment", legs=legs, actor=people.heng)
    assert refused.value.code == "settlement.insufficient"
    assert "1.00" in refused.value.sentence and "1.01" in refused.value.sentence
    assert books.balances() == [-100, 100, 0, 0]
    assert not Transaction.objects.filter(key="k2").exists()


@pytest.mark.parametrize(
    ("legs", "code"),
    [
        ([], "settlement.amount"),
        ([Leg(BANK, -5)], "settlement.amount"),
        ([Leg(BANK, -5), Leg(ESCROW, 4)], "settlement.unbalanced"),
        ([Leg(BANK, 0), Leg(ESCROW, 0)], "settlement.amount"),
        ([Leg(BANK, -(10**15) - 1), Leg(ESCROW, 10**15 + 1)], "settlement.amount"),
        ([Leg(BANK, -1.5), Leg(ESCROW, 1.5)], "settlement.amount"),  # type: ignore[arg-type]  # what must be refused
        ([Leg(BANK, float("nan")), Leg(ESCROW, 1)], "settlement.amount"),  # type: ignore[arg-type]  # likewise
        ([Leg(BANK, True), Leg(ESCROW, -1)], "settlement.amount"),
        ([Leg(BANK, -5), Leg("party:nobody", 5)], "settlement.account_unknown"),
        ([Leg(BANK, -5), Leg("party:x'; DROP TABLE settlement_entry; --", 5)], "settlement.account_unknown"),
    ],
)
def test_legs_that_cannot_be_are_refused_and_nothing_moves(
    books: Books, people: People, legs: list[Leg], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        post(key="k", kind="adjustment", legs=legs, actor=people.heng)
    assert refused.value.code == code
    assert not Entry.objects.exists()


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_key_that_cannot_be_is_refused(books: Books, people: People, key: str) -> None:
    with pytest.raises(Invalid):
        pay(people, 5, key)


def test_a_reversal_is_the_opposite_and_possible_once(books: Books, people: People) -> None:
    original = pay(people, 960_000)
    undone = reverse(transaction_id=original.pk, key="r1", actor=people.heng)
    assert reverse(transaction_id=original.pk, key="r1", actor=people.heng) == undone
    assert books.balances() == [0, 0, 0, 0]
    for pk in (original.pk, undone.pk):
        with pytest.raises(Conflict):
            reverse(transaction_id=pk, key="r2", actor=people.heng)
    assert books.balances() == [0, 0, 0, 0]


def test_an_account_is_opened_once_and_keeps_its_owner(books: Books, people: People) -> None:
    again = open_account(code=books.escrow.code, name="别名", owner_organisation=people.buyer)
    assert (again.pk, again.name) == (books.escrow.pk, "托管户")
    with pytest.raises(Conflict):
        open_account(code=books.escrow.code, name="托管户", owner_organisation=people.supplier)
    with pytest.raises(Invalid):
        open_account(code="no-colon", name="x")
    with pytest.raises(Invalid):
        open_account(code="party:x", name="x", currency="XYZ")
    assert Account.objects.count() == 4


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25, deadline=None
)
@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_whatever_is_posted_the_books_balance(books: Books, people: People, moves: list[tuple[int, int, int]]) -> None:
    codes = [books.bank.code, books.escrow.code, books.supplier.code, books.manager.code]
    for amount, giver, taker in moves:
        key = f"move-{Transaction.objects.count()}-{Entry.objects.count()}"
        before = books.balances()
        legs = [Leg(codes[giver], -amount), Leg(codes[taker], amount)]
        try:
            post(key=key, kind="adjustment", legs=legs, actor=people.heng)
        except Refusal:
            assert books.balances() == before
    assert all(balance >= 0 for balance in books.balances()[1:])
    assert books_balance() == []
