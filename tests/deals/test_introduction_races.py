"""Both sides answer at the same moment; without the lock the introduction would wait for ever."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.deals.introducing import offered
from tests.world import People, make_people
from yinxian.deals.models import Acknowledgement, Introduction, Receipt
from yinxian.deals.operations import acknowledgements as operations
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict

State = Introduction.State


def together(*calls: Callable[[], Any]) -> list[Exception | None]:
    """Run all at once, each on a connection of its own; what each raised."""
    raised: list[Exception | None] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            call()
        except Conflict as refusal:
            raised[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Whoever has written an answer waits for the other before counting, at most so many seconds."""
    barrier, record = threading.Barrier(2), operations.journal.record

    def patch(patience: float) -> None:
        def wait(name: str, **given: Any) -> Entry:
            made = record(name, **given)
            if name == "deals.introduction.answered":
                # the lock kept the other out: go on alone
                with contextlib.suppress(threading.BrokenBarrierError):
                    barrier.wait(patience)
            return made

        monkeypatch.setattr(operations.journal, "record", wait)

    return patch


def both_have_counted(answering: Callable[..., Introduction]) -> Callable[..., Introduction]:
    """Whoever has counted waits for the other: neither is told what the other has committed since."""
    barrier = threading.Barrier(2)

    def wait(*given: Any, **named: Any) -> Introduction:
        answered = answering(*given, **named)
        barrier.wait(20)
        return answered

    return wait


def answer(people: People, introduction: Introduction, side: str) -> Callable[[], Any]:
    actor = people.heng if side == "buyer" else people.lan
    return lambda: operations.acknowledge(
        introduction_id=introduction.pk, side=side, agreed=True, post="负责人", actor=actor
    )


@pytest.mark.django_db(transaction=True)
def test_both_sides_at_once_make_one_receipt(meeting: Callable[[float], None]) -> None:
    people = make_people()
    introduction = offered(people)
    meeting(0.5)
    assert together(answer(people, introduction, "buyer"), answer(people, introduction, "supplier")) == [None, None]
    introduction.refresh_from_db()
    assert introduction.state == State.ACKNOWLEDGED
    assert Receipt.objects.count() == 1
    assert Entry.objects.filter(name="deals.introduction.acknowledged").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_of_one_side_at_once_one_wins_and_the_other_is_told(meeting: Callable[[float], None]) -> None:
    people = make_people()
    introduction = offered(people)
    meeting(0.5)
    raised = together(answer(people, introduction, "buyer"), answer(people, introduction, "buyer"))
    assert sorted(type(error).__name__ for error in raised) == ["Conflict", "NoneType"]
    assert Acknowledgement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_without_the_lock_the_introduction_never_comes_to_stand(
    meeting: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = make_people()
    introduction = offered(people)
    meeting(20)
    monkeypatch.setattr(operations, "_locked_with_parties", lambda pk: Introduction.objects.get(pk=pk))
    monkeypatch.setattr(operations, "_answer", both_have_counted(operations._answer))
    assert together(answer(people, introduction, "buyer"), answer(people, introduction, "supplier")) == [None, None]
    introduction.refresh_from_db()
    assert Acknowledgement.objects.count() == 2
    assert introduction.state == State.OFFERED  # the fault that the lock prevents
    assert not Receipt.objects.exists()
