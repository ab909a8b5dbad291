"""Places, followers, parking and seals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.world import People
from yinxian import journal
from yinxian.journal.merkle import proof_of, root_from, root_of
from yinxian.journal.models import Cursor, Entry, Head, Parked, Position, Seal
from yinxian.journal.operations.work import drain, work
from yinxian.journal.queries.entries import inclusion, inclusions
from yinxian.journal.queries.seals import broken_seals
from yinxian.journal.registry import FOLLOWERS


def say(people: People, name: str) -> Entry:
    with transaction.atomic():
        return journal.record(name, actor=people.ruoxi, subject=people.agency, data={"说": name})


@pytest.fixture
def listener() -> Iterator[list[str]]:
    heard: list[str] = []
    journal.follower("tests.listener", ("tests.",))(lambda entry: heard.append(entry.name))
    yield heard
    FOLLOWERS.pop("tests.listener")


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(people: People) -> None:
    with pytest.raises(RuntimeError):
        journal.record("tests.said", actor=None, subject=people.agency)
    assert not Entry.objects.exists()


def test_followers_hear_what_they_asked_for_once_and_in_order(people: People, listener: list[str]) -> None:
    for name in ("tests.one", "other.two", "tests.three"):
        say(people, name)
    drain()
    drain()
    assert listener == ["tests.one", "tests.three"]
    assert [place.position for place in Position.objects.order_by("position")] == [1, 2, 3]


def test_a_round_without_work_asks_little_however_many_followers_there_are(people: People, listener: list[str]) -> None:
    say(people, "tests.one")
    drain()
    with CaptureQueriesContext(connection) as made:
        assert work() == 0
    asked = [one["sql"] for one in made.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(FOLLOWERS) > 10
    assert len(asked) < 13, asked


def test_what_was_sealed_an_hour_ago_is_not_looked_through_again(
    people: People, listener: list[str], frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-10T10:00")
    for name in ("tests.one", "tests.two"):
        say(people, name)
    drain()
    frozen("2026-03-10T10:59")
    late = say(people, "tests.late")
    assert (work() > 0, Head.objects.get().placed_to) == (True, 0)
    drain()
    frozen("2026-03-10T11:01")
    drain()
    assert Head.objects.get().placed_to == late.pk - 1, "only what was sealed long enough ago"
    say(people, "tests.three")
    drain()
    assert listener == ["tests.one", "tests.two", "tests.late", "tests.three"]


def test_an_entry_that_fails_five_times_is_parked_and_the_rest_goes_on(people: People) -> None:
    heard: list[str] = []

    def listen(entry: Entry) -> None:
        if entry.name == "tests.bad":
            raise ValueError("cannot")
        heard.append(entry.name)

    journal.follower("tests.fragile", ("tests.",))(listen)
    try:
        for name in ("tests.good", "tests.bad", "tests.better"):
            say(people, name)
        for _ in range(12):
            work()
    finally:
        FOLLOWERS.pop("tests.fragile")
    assert heard[-1] == "tests.better"
    assert "tests.good" in heard
    assert Parked.objects.get().entry.name == "tests.bad"
    assert Cursor.objects.get(follower="tests.fragile").position == 3


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_every_leaf_proves_its_place_and_no_other(size: int) -> None:
    leaves = [bytes([number]) * 32 for number in range(size)]
    for index in range(size):
        path = proof_of(index, leaves)
        assert root_from(leaves[index], index, size, path) == root_of(leaves)
        assert root_from(b"x" * 32, index, size, path) != root_of(leaves)
        if size > 1:
            assert root_from(leaves[index], (index + 1) % size, size, path) != root_of(leaves)


def test_seals_are_chained_and_prove_an_entry(people: People) -> None:
    first = say(people, "tests.one")
    assert inclusion(first) is None
    drain()
    second = say(people, "tests.two")
    drain()
    seals = list(Seal.objects.order_by("number"))
    assert [(seal.first, seal.last) for seal in seals] == [(1, 1), (2, 2)]
    assert seals[1].previous == seals[0].digest()
    proof = inclusion(second)
    assert proof and proof["index"] == 0 and proof["size"] == 1


def test_many_proofs_cost_as_many_queries_as_one(
    people: People, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    entries = []
    for number in range(6):
        entries.append(say(people, f"tests.{number}"))
        drain()
    entries.append(say(people, "tests.not_sealed"))
    with django_assert_num_queries(3):
        proofs = inclusions(entries)
    assert set(proofs) == {entry.pk for entry in entries[:-1]}
    for entry in entries[:-1]:
        proof = proofs[entry.pk]
        path = [bytes.fromhex(node) for node in proof["path"]]
        root = root_from(bytes.fromhex(entry.leaf), proof["index"], proof["size"], path)
        assert root is not None and root.hex() == proof["seal"]["root"]
    assert broken_seals() == []


def test_a_changed_entry_breaks_its_seal(people: People) -> None:
    entry = say(people, "tests.one")
    drain()
    altered = Entry.objects.get(pk=entry.pk)
    altered.data = {"说": "别的"}
    assert altered.leaf_hash() != entry.leaf
