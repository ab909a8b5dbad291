"""What the database itself refuses, whoever asks; and how the guards come and go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian import journal
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel import guards
from yinxian.settlement.models import Account, Entry, SplitRule, Transaction, Zero
from yinxian.settlement.operations import receive

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


def test_a_commit_that_does_not_balance_fails(paid: Transaction, books: Books) -> None:
    def one_leg() -> None:
        made = Transaction.objects.create(key="half", request_hash="x", kind="adjustment")
        Entry.objects.create(transaction=made, account=books.supplier, amount=7)

    refused(one_leg)


def test_a_leg_added_later_fails(paid: Transaction, books: Books) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(transaction=paid, account=books.supplier, amount=7)
    assert books.balances() == [-500, 500, 0, 0]


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
    refused(lambda: Account.objects.filter(pk=books.escrow.pk).update(posted=1000, last_entry=99))
    refused(lambda: Account.objects.create(code="party:rich", name="富", posted=9))
    refused(lambda: Transaction.objects.filter(pk=paid.pk).update(total=7))
    refused(lambda: Transaction.objects.create(key="z", request_hash="x", kind="adjustment", total_id=5))
    refused(lambda: Transaction.objects.filter(pk=paid.pk).update(request_hash="other"))
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
        made = Transaction.objects.create(key="over", request_hash="x", kind="adjustment")
        Entry.objects.create(transaction=made, account=books.bank, amount=501)
        Entry.objects.create(transaction=made, account=books.escrow, amount=-501)

    refused(overdraw)


def test_one_currency_a_transaction(paid: Transaction, books: Books) -> None:
    def two_currencies() -> None:
        made = Transaction.objects.create(key="fx", request_hash="x", kind="adjustment")
        Entry.objects.create(transaction=made, account=books.bank, amount=-5, currency="USD")
        Entry.objects.create(transaction=made, account=books.escrow, amount=5)

    refused(two_currencies)


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


@pytest.mark.postgresql
def test_truncate_is_refused(paid: Transaction) -> None:
    for table in ("settlement_entry", "settlement_transaction", "settlement_account", "journal_entry"):
        refused(lambda table=table: connection.cursor().execute(f"TRUNCATE {table} CASCADE"))


@on_any
def test_guards_come_back_with_every_migrate_and_a_missing_one_is_named() -> None:
    assert guards.missing() == []
    guards.remove(label="settlement")
    assert "settlement_keep_sums" in guards.missing()
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
    guards.install()
    assert guards.missing() == []
    assert Zero.objects.get().pk == 0
