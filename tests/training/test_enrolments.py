"""Seats, the waiting list that moves up by itself, fees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.training.classes import TERM, a_term
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.notifications.models import Notice
from yinxian.training.models import Enrolment
from yinxian.training.operations.enrolments import enrol, give_up, record_fee
from yinxian.training.operations.terms import cancel_term, edit_term
from yinxian.training.queries.learning import place_in_line

State = Enrolment.State


@pytest.fixture(autouse=True)
def spring(frozen: Callable[[str], None]) -> None:
    frozen("2026-02-20T09:00")


def names(term_state: str) -> list[str]:
    return list(
        Enrolment.objects.filter(state=term_state).order_by("asked_at", "pk").values_list("user__name", flat=True)
    )


def test_who_comes_late_waits_and_moves_up_in_order(people: People, drain: Callable[[], None]) -> None:
    term = a_term(people)
    asked = [enrol(term_id=term.pk, actor=one) for one in (people.ruoxi, people.heng, people.lan, people.cang)]
    assert [one.state for one in asked] == ["seated", "seated", "waiting", "waiting"]
    assert [place_in_line(one) for one in asked[2:]] == [1, 2]
    for _again in range(2):
        give_up(enrolment_id=asked[0].pk, actor=people.ruoxi)
    assert (names(State.SEATED), names(State.WAITING)) == (["周衡", "林岚"], ["苍严"])
    drain()
    told = Notice.objects.get(user=people.lan)
    assert told.kind == "training.enrolment.moved_up" and term.slug in told.url
    assert Entry.objects.filter(name="training.enrolment.moved_up").count() == 1


def test_pressing_twice_takes_one_seat(people: People) -> None:
    term = a_term(people, seats=1)
    assert enrol(term_id=term.pk, actor=people.ruoxi).pk == enrol(term_id=term.pk, actor=people.ruoxi).pk
    assert Enrolment.objects.count() == 1


def test_more_seats_go_to_those_who_wait_and_fewer_than_taken_are_refused(people: People) -> None:
    term = a_term(people, seats=1)
    for one in (people.ruoxi, people.heng, people.lan):
        enrol(term_id=term.pk, actor=one)
    edit_term(term_id=term.pk, actor=people.qiao, values=TERM | {"seats": 2, "teachers": [people.mingyuan.phone]})
    assert names(State.SEATED) == ["沈若溪", "周衡"]
    with pytest.raises(Conflict) as refused:
        edit_term(term_id=term.pk, actor=people.qiao, values=TERM | {"seats": 1, "teachers": []})
    assert "2" in refused.value.sentence
    term.refresh_from_db()
    assert term.seats == 2


def test_a_seat_given_up_is_asked_for_anew_from_the_end_of_the_line(people: People) -> None:
    term = a_term(people, seats=1)
    first = enrol(term_id=term.pk, actor=people.ruoxi)
    enrol(term_id=term.pk, actor=people.heng)
    give_up(enrolment_id=first.pk, actor=people.ruoxi)
    assert enrol(term_id=term.pk, actor=people.ruoxi).state == State.WAITING


def test_nobody_enrols_where_nothing_is_open_or_without_a_name(people: People, frozen: Callable[[str], None]) -> None:
    draft = a_term(people, opened=False)
    with pytest.raises(Conflict):
        enrol(term_id=draft.pk, actor=people.ruoxi)
    term = a_term(people, draft.course, name="四月班", ends_on=dt.date(2026, 4, 2))
    people.stray.name = ""
    people.stray.save()
    with pytest.raises(Conflict):
        enrol(term_id=term.pk, actor=people.stray)
    frozen("2026-04-03T00:00")
    with pytest.raises(Conflict):
        enrol(term_id=term.pk, actor=people.ruoxi)
    assert not Enrolment.objects.exists()


def test_only_the_learner_and_the_association_end_an_enrolment(people: People, drain: Callable[[], None]) -> None:
    term = a_term(people, seats=1)
    mine = enrol(term_id=term.pk, actor=people.ruoxi)
    for stranger in (people.mingyuan, people.heng, people.stray):
        with pytest.raises(Forbidden):
            give_up(enrolment_id=mine.pk, actor=stranger)
    with pytest.raises(Invalid):
        give_up(enrolment_id=mine.pk, actor=people.qiao)
    give_up(enrolment_id=mine.pk, actor=people.qiao, reason="重复报名")
    drain()
    assert Notice.objects.get(user=people.ruoxi).kind == "training.enrolment.removed"


def test_a_cancelled_term_tells_those_in_it_and_those_who_wait(people: People, drain: Callable[[], None]) -> None:
    term = a_term(people, seats=1)
    for one in (people.ruoxi, people.heng):
        enrol(term_id=term.pk, actor=one)
    cancel_term(term_id=term.pk, actor=people.qiao, reason="教室漏水")
    drain()
    told = Notice.objects.filter(kind="training.term.cancelled").values_list("user__name", flat=True)
    assert sorted(told) == sorted(["沈若溪", "周衡", "顾明远"])


def test_the_fee_is_recorded_once_and_by_the_association(people: People) -> None:
    term = a_term(people)
    mine = enrol(term_id=term.pk, actor=people.ruoxi)
    day = dt.date(2026, 2, 19)
    for stranger in (people.ruoxi, people.mingyuan, people.heng):
        with pytest.raises(Forbidden):
            record_fee(enrolment_id=mine.pk, actor=stranger, paid_fen=300_000, paid_on=day)
    for _again in range(2):
        paid = record_fee(enrolment_id=mine.pk, actor=people.qiao, paid_fen=300_000, paid_on=day, note="回单 17")
    assert (paid.paid_fen, paid.paid_on) == (300_000, day)
    assert Entry.objects.filter(name="training.fee.recorded").count() == 1
    for fen, on in ((1, None), (1, dt.date(2026, 2, 21)), (-1, day), (10**12, day)):
        with pytest.raises(Invalid):
            record_fee(enrolment_id=mine.pk, actor=people.qiao, paid_fen=fen, paid_on=on)
    assert record_fee(enrolment_id=mine.pk, actor=people.qiao, paid_fen=0, paid_on=None).paid_on is None
