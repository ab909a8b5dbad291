"""One release in one statement is the same release, and refused in the same words."""

from __future__ import annotations

from functools import partial

import psycopg
import pytest
from django.db import OperationalError, connection

from tests.concurrency.races import at_once
from tests.settlement.books import REFERENCE, Books, open_books
from tests.world import People, make_people
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel.errors import Refusal
from yinxian.settlement.models import Entry, Transaction
from yinxian.settlement.operations import fix_rule, freeze, receive
from yinxian.settlement.operations.quick import release_one
from yinxian.settlement.operations.releases import Release, newest_of, release_many
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Fee, Share, SplitRule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
FIGURES = ("line", "amount", "role", "share_bp", "currency", "account__code")


@pytest.fixture
def world() -> tuple[People, Books]:
    people = make_people()
    books = open_books(people)
    shares = (Share(books.manager.code, "沈若溪", 10_000),)
    rule = SplitRule(books.supplier.code, "江北理工大学", 10**6, fee=Fee(bp=1160), shares=shares)
    fix_rule(reference=REFERENCE, rule=rule, actor=people.ruoxi)
    receive(reference=REFERENCE, amount_fen=10_000, key="in", actor=people.heng)
    return people, books


def test_it_writes_what_the_engine_writes(world: tuple[People, Books]) -> None:
    people, books = world
    slow = release_many([Release(REFERENCE, 1000, "slow", "备注")], actor=people.heng)[0]
    quick = release_one(Release(REFERENCE, 1000, "quick", "备注"), actor=people.heng)
    assert not isinstance(slow, Refusal) and not isinstance(quick, Refusal) and not quick.known
    rows = [
        list(Entry.objects.filter(transaction=one.pk).order_by("line").values_list(*FIGURES)) for one in (slow, quick)
    ]
    assert rows[0] == rows[1]
    made = {one.key: one for one in Transaction.objects.exclude(key="in")}
    for name in ("kind", "memo", "legs", "rule_id", "due_fen", "costs_fen", "booked_on", "actor_id", "request_hash"):
        assert getattr(made["slow"], name) == getattr(made["quick"], name), name
    told = JournalEntry.objects.filter(subject_slug__in=[made["slow"].slug, made["quick"].slug]).order_by("pk")
    assert [(one.name, one.data, one.organisations) for one in told][0:1] * 2 == [
        (one.name, one.data, one.organisations) for one in told
    ]
    assert all(one.leaf == one.leaf_hash() for one in told)
    assert books.balances() == [-10_000, 8_000, 1_768, 232]
    assert books_balance() == []


def test_it_is_refused_in_the_same_words_and_nothing_moves(
    world: tuple[People, Books], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, books = world
    first = release_one(Release(REFERENCE, 1000, "k"), actor=people.heng)
    again = release_one(Release(REFERENCE, 1000, "k"), actor=people.heng)
    assert not isinstance(first, Refusal) and not isinstance(again, Refusal)
    assert (again.pk, again.known) == (first.pk, True)
    freeze(reference=REFERENCE, amount_fen=4000, key="f", actor=people.heng)
    before = books.balances()
    for amount, key, code in (
        (999, "k", "settlement.key_used"),
        (5001, "a", "settlement.frozen"),
        (9001, "b", "settlement.insufficient"),
        (0, "c", "settlement.amount"),
        (10**18, "d", "settlement.amount"),
        (5, "", "settlement.key"),
        (5, "x\x00", "settlement.key"),
    ):
        outcome = release_one(Release(REFERENCE, amount, key), actor=people.heng)
        assert isinstance(outcome, Refusal) and outcome.code == code, (amount, key)
    assert books.balances() == before
    newer = SplitRule(books.supplier.code, "江北理工大学", 10**6, fee=Fee(bp=0))
    fix_rule(reference=REFERENCE, rule=newer, actor=people.ruoxi)
    assert not isinstance(release_one(Release(REFERENCE, 100, "n"), actor=people.heng), Refusal)
    assert books.balances()[3] == before[3], "the newer rule holds, though the older one was remembered"


def test_who_is_paid_twice_by_one_release_is_paid_by_the_engine(world: tuple[People, Books]) -> None:
    people, books = world
    shares = (Share(books.supplier.code, "江北理工大学", 10_000),)
    rule = SplitRule(books.supplier.code, "江北理工大学", 10**6, fee=Fee(bp=1000), shares=shares)
    fix_rule(reference=REFERENCE, rule=rule, actor=people.ruoxi)
    newest_of([REFERENCE])
    posted = release_one(Release(REFERENCE, 1000, "both"), actor=people.heng)
    assert not isinstance(posted, Refusal)
    entries = Entry.objects.filter(transaction=posted.pk).order_by("line").values_list("amount", "balance")
    assert list(entries) == [(900, 900), (100, 1000), (-1000, 9000)]
    assert books_balance() == []


def test_a_connection_that_was_lost_is_said_and_the_key_is_free(world: tuple[People, Books]) -> None:
    people, books = world
    assert not isinstance(release_one(Release(REFERENCE, 10, "one"), actor=people.heng), Refusal)
    before = books.balances()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        release_one(Release(REFERENCE, 10, "three"), actor=people.heng)
    connection.close()
    assert books.balances() == before
    assert not isinstance(release_one(Release(REFERENCE, 10, "three"), actor=people.heng), Refusal)


def test_many_at_once_take_what_is_there_and_no_more(world: tuple[People, Books]) -> None:
    people, books = world
    assert connection.vendor == "postgresql"
    release_one(Release(REFERENCE, 1, "warm"), actor=people.heng)
    acts = [partial(release_one, Release(REFERENCE, 3000, f"m{n % 4}"), actor=people.heng) for n in range(6)]
    outcomes = at_once(*acts)
    assert len({one.pk for one in outcomes if not isinstance(one, Exception)}) == 3
    assert books.balances()[1] == 999
    assert books_balance() == []
