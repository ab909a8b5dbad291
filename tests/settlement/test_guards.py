"""What the database itself refuses, whoever asks; and how the guards come and go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian import journal
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel import clock, guards
from yinxian.network.models import User
from yinxian.settlement.models import Account, Closing, Entry, SplitRule, Transaction, Zero
from yinxian.settlement.operations import freeze, receive
from yinxian.settlement.queries.books import books_balance

on_any = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paid(transactional_db: None, books: Books, people: People) -> Transaction:
    return receive(reference=REFERENCE, amount_fen=500, key="paid", actor=people.heng)


def refused(act: Callable[[], object]) -> None:
    before = _books()
    with pytest.raises(DatabaseError), transaction.atomic():
        act()
    assert _books() == before


def _books() -> list[object]:
    return [
        list(Entry.objects.order_by("pk").values()),
        list(Transaction.objects.order_by("pk").values()),
        list(Account.objects.order_by("pk").values()),
        list(Zero.objects.values()),
    ]


def header(key: str, legs: int = 2, **more: object) -> Transaction:
    return Transaction.objects.create(key=key, request_hash="x", kind="adjustment", legs=legs, **more)


def entry(made: Transaction, account: Account, line: int, amount: int, **more: object) -> Entry:
    """An entry that continues its account as it should, unless told otherwise."""
    now = Account.objects.get(pk=account.pk)
    figures = {
        "number": now.entries_count + 1,
        "balance": now.posted + amount,
        "came": now.came + max(amount, 0),
        "at": made.at,
        "currency": made.currency,
    }
    return Entry(transaction=made, account=account, line=line, amount=amount, **{**figures, **more})


def together(*entries: Entry) -> None:
    Entry.objects.bulk_create(entries)


def test_entries_that_are_as_they_should_be_are_taken(paid: Transaction, books: Books) -> None:
    """The control of the refusals below: the same way of writing, with nothing wrong."""
    with transaction.atomic():
        made = header("sound")
        together(entry(made, books.manager, 1, 7), entry(made, books.bank, 2, -7))
    assert books.balances() == [-507, 500, 0, 7]


@pytest.mark.parametrize("amounts", [(7, -6), (7,), (7, -7, 1, -1)])
def test_a_transaction_that_is_not_whole_or_does_not_balance_fails(
    paid: Transaction, books: Books, amounts: tuple[int, ...]
) -> None:
    def unbalanced() -> None:
        made = header("half")
        accounts = (books.supplier, books.bank, books.manager, books.escrow)
        together(*(entry(made, accounts[n], n + 1, amount) for n, amount in enumerate(amounts)))

    refused(unbalanced)


def test_legs_added_later_fail_even_when_they_balance(paid: Transaction, books: Books) -> None:
    refused(lambda: together(entry(paid, books.supplier, 3, 7), entry(paid, books.bank, 4, -7)))
    refused(lambda: together(entry(paid, books.supplier, 1, 7), entry(paid, books.bank, 2, -7)))
    assert books.balances() == [-500, 500, 0, 0]


@pytest.mark.parametrize("wrong", [{"number": 9}, {"balance": 9}, {"came": 9}, {"currency": "USD"}])
def test_an_entry_continues_its_account_or_is_refused(
    paid: Transaction, books: Books, wrong: dict[str, object]
) -> None:
    def broken() -> None:
        made = header("broken")
        together(entry(made, books.supplier, 1, 7, **wrong), entry(made, books.bank, 2, -7))

    refused(broken)


def test_nothing_is_put_in_before_what_is_there(paid: Transaction, books: Books) -> None:
    def earlier() -> None:
        made = header("earlier", at=paid.at - dt.timedelta(days=1))
        together(entry(made, books.supplier, 1, 7), entry(made, books.bank, 2, -7))

    refused(earlier)


def test_a_closed_period_takes_nothing(paid: Transaction, books: Books, people: People) -> None:
    day = clock.today() - dt.timedelta(days=1)
    Closing.objects.create(closed_to=day, key="c", transactions=0, digest="", closed_by=people.qiao)
    refused(lambda: header("late", booked_on=day))
    refused(
        lambda: Closing.objects.create(
            closed_to=day - dt.timedelta(days=1), key="d", transactions=0, closed_by=people.qiao
        )
    )
    refused(lambda: Closing.objects.all().delete())
    refused(lambda: Closing.objects.update(closed_to=day - dt.timedelta(days=9)))


def test_entries_are_never_changed_or_removed(paid: Transaction) -> None:
    refused(lambda: Entry.objects.update(amount=1))
    refused(lambda: Entry.objects.all().delete())
    refused(lambda: Entry.objects.filter(amount__gt=0)._raw_delete(Entry.objects.db))
    refused(lambda: Transaction.objects.all()._raw_delete(Transaction.objects.db))
    refused(lambda: Zero.objects.create(pk=7))
    refused(lambda: Zero.objects.update(id=7))
    refused(lambda: Zero.objects.all()._raw_delete(Zero.objects.db))


def test_sums_cannot_be_written_past_the_entries(paid: Transaction, books: Books) -> None:
    refused(lambda: Account.objects.filter(pk=books.escrow.pk).update(posted=9))
    refused(lambda: Account.objects.filter(pk=books.escrow.pk).update(posted=1000, entries_count=2))
    refused(lambda: Account.objects.filter(pk=books.escrow.pk).update(came=1, posted=0, entries_count=0))
    refused(lambda: Account.objects.create(code="party:rich", name="富", posted=9))
    refused(lambda: Transaction.objects.filter(pk=paid.pk).update(total=7))
    refused(lambda: header("z", total_id=5))
    for change in ({"request_hash": "other"}, {"memo": "other"}, {"at": clock.now()}, {"legs": 3}, {"due_fen": 1}):
        refused(lambda change=change: Transaction.objects.filter(pk=paid.pk).update(**change))
    refused(lambda: Transaction.objects.filter(pk=paid.pk).update(booked_on=clock.today() - dt.timedelta(days=1)))
    stale = Account.objects.get(pk=books.supplier.pk)
    stale.name = "改名"
    stale.save()
    assert Account.objects.get(pk=books.supplier.pk).name == "改名"


def test_a_stale_save_cannot_take_money_back(paid: Transaction, books: Books, people: People) -> None:
    stale = Account.objects.get(pk=books.escrow.pk)
    receive(reference=REFERENCE, amount_fen=1, key="more", actor=people.heng)
    refused(stale.save)


def test_an_account_below_its_minimum_fails_in_the_database_too(paid: Transaction, books: Books) -> None:
    def overdraw() -> None:
        made = header("over")
        together(entry(made, books.bank, 1, 501), entry(made, books.escrow, 2, -501))

    refused(overdraw)


def test_what_is_frozen_is_kept_by_the_database_too(paid: Transaction, books: Books, people: People) -> None:
    freeze(reference=REFERENCE, amount_fen=400, key="f", actor=people.heng)

    def take(amount: int) -> None:
        with transaction.atomic():
            made = header(f"take-{amount}")
            together(entry(made, books.supplier, 1, amount), entry(made, books.escrow, 2, -amount))

    refused(lambda: take(101))
    take(100)
    assert books.balances() == [-500, 400, 100, 0]


def test_a_fixed_rule_and_the_journal_stay_as_written(paid: Transaction, people: People) -> None:
    SplitRule.objects.create(reference="D1", version=1, content={}, created_by=people.ruoxi)
    refused(lambda: SplitRule.objects.update(version=2))
    refused(lambda: SplitRule.objects.all().delete())
    with transaction.atomic():
        journal.record("tests.said", actor=people.ruoxi, subject=people.agency)
    count = JournalEntry.objects.count()
    refused(lambda: JournalEntry.objects.update(name="tests.unsaid"))
    refused(lambda: JournalEntry.objects.all()._raw_delete(JournalEntry.objects.db))
    assert JournalEntry.objects.count() == count


def test_a_person_stays_and_a_transaction_that_names_nobody_is_told_of(paid: Transaction, people: People) -> None:
    refused(lambda: User.objects.filter(pk=people.heng.pk)._raw_delete(User.objects.db))
    assert books_balance() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_transaction (slug, key, request_hash, kind, currency, memo, at, booked_on, legs, "
            "due_fen, costs_fen, total, rule_id, actor_id) SELECT 'TLOST', 'lost', 'x', kind, currency, '', at, "
            "booked_on, legs, 0, 0, 0, 999999, 999999 FROM settlement_transaction WHERE id = %s",
            [paid.pk],
        )
    assert {one for one in books_balance() if "TLOST names" in one} == {
        f"transaction TLOST names no {name} that is there" for name in ("rule", "actor")
    }


@pytest.mark.postgresql
def test_truncate_is_refused(paid: Transaction) -> None:
    for table in ("settlement_entry", "settlement_transaction", "settlement_account", "journal_entry"):
        refused(lambda table=table: connection.cursor().execute(f"TRUNCATE {table} CASCADE"))


@on_any
def test_guards_come_back_with_every_migrate_and_a_missing_one_is_named() -> None:
    assert guards.missing() == []
    guards.remove(label="settlement")
    assert "settlement_transaction_delete" in guards.missing()
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
    guards.install()
    assert guards.missing() == []
    assert Zero.objects.get().pk == 0
