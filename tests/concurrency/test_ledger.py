"""Two postings at once: no money twice, no deadlock, and the last guard behind the lock."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import DatabaseError

from tests.concurrency.races import Meeting, at_once
from tests.settlement.books import REFERENCE, Books, open_books
from tests.world import make_people
from yinxian.kernel.errors import Conflict
from yinxian.network.models import User
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.operations import Leg, engine, open_account, post, receive
from yinxian.settlement.queries.books import books_balance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def books() -> Books:
    people = make_people()
    made = open_books(people)
    receive(reference=REFERENCE, amount_fen=1000, key="in", actor=people.heng)
    return made


def spend(books: Books, key: str, amount: int = 1000) -> Transaction:
    legs = [Leg(books.escrow.code, -amount), Leg(books.supplier.code, amount)]
    return post(key=key, kind="adjustment", legs=legs, actor=User.objects.get(name="周衡"))


def test_the_same_money_is_not_spent_twice(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    Meeting().at(monkeypatch, engine, "check_balances")
    outcomes = at_once(partial(spend, books, "a"), partial(spend, books, "b"))
    assert [one.code for one in outcomes if isinstance(one, Conflict)] == ["settlement.insufficient"]
    assert books.balances() == [-1000, 0, 1000, 0]
    assert books_balance() == []


@pytest.mark.postgresql
def test_without_the_lock_only_the_database_itself_stands_in_the_way(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nobody is told in words any more, and it is the check on the account that refuses."""
    Meeting().at(monkeypatch, engine, "check_balances")
    monkeypatch.setitem(engine.SEARCH, "postgresql", ("{} = ANY(%s)", list, ""))
    outcomes = at_once(partial(spend, books, "a"), partial(spend, books, "b"))
    assert sum(isinstance(one, DatabaseError) for one in outcomes) == 1, outcomes
    assert books.balances() == [-1000, 0, 1000, 0]
    assert books_balance() == []


def test_one_key_at_once_is_one_transaction(books: Books) -> None:
    outcomes = at_once(*[partial(spend, books, "same", 400)] * 3)
    assert len({one.pk for one in outcomes}) == 1
    assert books.balances() == [-1000, 600, 400, 0]


def test_transfers_that_cross_do_not_wait_for_each_other_for_ever(books: Books) -> None:
    spend(books, "half", 500)
    actor = User.objects.get(name="周衡")

    def back_and_forth(name: str, one: str, other: str) -> None:
        for number in range(15):
            legs = [Leg(one, -1), Leg(other, 1)]
            post(key=f"{name}-{number}", kind="adjustment", legs=legs, actor=actor)

    pair = (books.escrow.code, books.supplier.code)
    assert at_once(partial(back_and_forth, "there", *pair), partial(back_and_forth, "back", *reversed(pair))) == [
        None,
        None,
    ]
    assert books.balances() == [-1000, 500, 500, 0]
    assert books_balance() == []


def test_an_account_opened_by_two_at_once_is_one(books: Books) -> None:
    opening = partial(open_account, code="party:new", name="新账户")
    outcomes = at_once(opening, opening)
    assert outcomes[0] == outcomes[1] == Account.objects.get(code="party:new")
