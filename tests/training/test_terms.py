"""Courses, terms and meetings: who may, and what is refused with nothing changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.training.classes import COURSE, TERM, a_course, a_session, a_term, at
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.training.models import Course, Session, Term
from yinxian.training.operations.courses import create_course, edit_course, retire_course
from yinxian.training.operations.enrolments import enrol
from yinxian.training.operations.sessions import cancel_session, change_session, plan_session
from yinxian.training.operations.terms import cancel_term, create_term, edit_term, open_term

Frozen = Callable[[str], None]


@pytest.fixture(autouse=True)
def spring(frozen: Frozen) -> None:
    frozen("2026-02-20T09:00")


def test_the_same_course_twice_is_one(people: People) -> None:
    assert a_course(people).pk == a_course(people).pk
    assert Entry.objects.filter(name="training.course.created").count() == 1
    with pytest.raises(Conflict):
        a_course(people, step=2)


@pytest.mark.parametrize("who", ["ruoxi", "mingyuan", "heng", "stray", "yuan"])
def test_others_make_no_course_and_no_term(people: People, who: str) -> None:
    actor = getattr(people, who)
    with pytest.raises(Forbidden):
        create_course(association_id=people.association.pk, actor=actor, values=COURSE)
    course = a_course(people)
    with pytest.raises(Forbidden):
        create_term(course_id=course.pk, actor=actor, values=TERM)
    term = a_term(people, course, opened=False)
    for act in (
        lambda: open_term(term_id=term.pk, actor=actor),
        lambda: edit_term(term_id=term.pk, actor=actor, values=TERM),
        lambda: cancel_term(term_id=term.pk, actor=actor, reason="不办了"),
        lambda: plan_session(term_id=term.pk, actor=actor, values={}),
        lambda: retire_course(course_id=course.pk, actor=actor),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Term.objects.get().state == "draft" and not Session.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \u200b "},
        {"name": "长" * 61},
        {"track": "99"},
        {"mode": "telepathy"},
        {"step": 0},
        {"step": True},
        {"attendance_percent": 0},
        {"attendance_percent": 101},
        {"modules": []},
        {"modules": [{"kind": "cooking", "minutes": 60}]},
        {"modules": [{"kind": "common", "minutes": -60}]},
        {"modules": [{"kind": "common", "minutes": 10**9}]},
        {"modules": [{"kind": "common", "minutes": 60}, {"kind": "common", "minutes": 60}]},
        {"modules": [{"kind": "common", "minutes": 0}]},
    ],
)
def test_a_course_that_makes_no_sense_is_refused(people: People, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        create_course(association_id=people.association.pk, actor=people.qiao, values=COURSE | wrong)
    assert not Course.objects.exists()


@pytest.mark.parametrize("name", ["课", "长" * 60])
def test_names_of_one_and_of_sixty_characters_hold(people: People, name: str) -> None:
    term = a_term(people, a_course(people, name=name), name=name)
    assert (term.course.name, term.name) == (name, name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": 0},
        {"seats": -1},
        {"seats": 10**9},
        {"seats": "12"},
        {"seats": True},
        {"ends_on": dt.date(2026, 2, 28)},
        {"ends_on": dt.date(2036, 2, 28)},
        {"ends_on": None},
        {"fee_fen": -1},
        {"fee_fen": 10**15},
        {"name": ""},
        {"teachers": ["13999999999"]},
        {"teachers": ["U; drop table"]},
    ],
)
def test_a_term_that_makes_no_sense_is_refused(people: People, wrong: dict[str, Any]) -> None:
    course = a_course(people)
    with pytest.raises(Invalid):
        create_term(course_id=course.pk, actor=people.qiao, values=TERM | wrong)
    assert not Term.objects.exists()


def test_the_same_term_twice_is_one_and_a_cancelled_name_is_free_again(people: People) -> None:
    term = a_term(people)
    assert a_term(people, term.course).pk == term.pk
    with pytest.raises(Conflict):
        a_term(people, term.course, seats=9)
    cancel_term(term_id=term.pk, actor=people.qiao, reason="报名太少")
    assert a_term(people, term.course, seats=9).pk != term.pk


def test_no_new_term_of_a_retired_course(people: People) -> None:
    course = a_course(people)
    retire_course(course_id=course.pk, actor=people.qiao)
    with pytest.raises(Conflict):
        a_term(people, course)
    assert edit_course(course_id=course.pk, actor=people.qiao, values=COURSE).retired_at


def test_meetings_of_a_term_do_not_overlap_and_touching_is_no_overlap(people: People) -> None:
    term = a_term(people)
    a_session(people, term, 3)
    for start, end in (
        (at(3, 8), at(3, 10)),
        (at(3, 12, 59), at(3, 15)),
        (at(3, 10), at(3, 11)),
        (at(3, 7), at(3, 14)),
    ):
        with pytest.raises(Conflict):
            a_session(people, term, 3, topic="又一课", starts_at=start, ends_at=end)
    a_session(people, term, 3, topic="下午", starts_at=at(3, 13), ends_at=at(3, 15))
    assert term.sessions.count() == 2


def test_a_teacher_is_in_one_place_at_a_time(people: People) -> None:
    first, second = a_term(people), a_term(people, a_course(people, name="另一门"))
    a_session(people, first, 3)
    with pytest.raises(Conflict):
        a_session(people, second, 3)
    assert a_session(people, second, 3, teacher="").teacher is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": at(3, 9)},
        {"ends_at": at(3, 8)},
        {"ends_at": at(4, 9)},
        {"starts_at": at(3, 9).replace(tzinfo=None)},
        {"starts_at": dt.datetime(2026, 4, 3, 9, tzinfo=dt.UTC), "ends_at": dt.datetime(2026, 4, 3, 10, tzinfo=dt.UTC)},
        {"kind": "cooking"},
        {"topic": ""},
        {"link": "javascript:alert(1)"},
        {"teacher": "UNOBODY234"},
    ],
)
def test_a_meeting_that_makes_no_sense_is_refused(people: People, wrong: dict[str, Any]) -> None:
    term = a_term(people)
    with pytest.raises(Invalid):
        a_session(people, term, 3, **wrong)
    assert not Session.objects.exists()


def test_the_last_evening_of_a_term_is_inside_and_the_next_morning_is_not(people: People) -> None:
    """Dates are China's, whatever the zone of the moment that was given."""
    term = a_term(people)
    evening = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)  # 20:00 in Shanghai
    a_session(people, term, 31, starts_at=evening, ends_at=evening + dt.timedelta(hours=2))
    with pytest.raises(Invalid):
        a_session(people, term, 31, starts_at=evening + dt.timedelta(hours=5), ends_at=evening + dt.timedelta(hours=6))


def test_moving_and_cancelling_count_the_changes(people: People) -> None:
    term = a_term(people)
    session = a_session(people, term, 3)
    values = {"kind": "common", "topic": "第 3 日", "starts_at": at(3, 14), "ends_at": at(3, 18), "teacher": ""}
    moved = change_session(session_id=session.pk, actor=people.qiao, values=values)
    again = change_session(session_id=session.pk, actor=people.qiao, values=values)
    assert (moved.sequence, again.sequence) == (1, 1)
    change_session(session_id=session.pk, actor=people.qiao, values=values | {"topic": "换个题目"})
    for _again in range(2):
        gone = cancel_session(session_id=session.pk, actor=people.qiao, reason="教师生病")
    assert (gone.sequence, gone.reason) == (3, "教师生病")
    names = Entry.objects.filter(name__startswith="training.session").order_by("pk").values_list("name", flat=True)
    assert [name.rsplit(".")[-1] for name in names] == ["planned", "moved", "changed", "cancelled"]
    with pytest.raises(Conflict):
        change_session(session_id=session.pk, actor=people.qiao, values=values)


def test_a_cancelled_term_takes_no_more_changes(people: People) -> None:
    term = a_term(people)
    session = a_session(people, term, 3)
    with pytest.raises(Invalid):
        cancel_term(term_id=term.pk, actor=people.qiao, reason=" ")
    cancel_term(term_id=term.pk, actor=people.qiao, reason="报名太少")
    session.refresh_from_db()
    assert session.cancelled_at and session.reason == "报名太少"
    for act in (
        lambda: a_session(people, term, 5),
        lambda: edit_term(term_id=term.pk, actor=people.qiao, values=TERM),
        lambda: open_term(term_id=term.pk, actor=people.qiao),
        lambda: enrol(term_id=term.pk, actor=people.ruoxi),
        lambda: cancel_term(term_id=term.pk, actor=people.qiao, reason="再取消一次"),
    ):
        with pytest.raises(Conflict):
            act()
    assert not term.enrolments.exists()


def test_a_teacher_with_meetings_ahead_stays_and_learners_do_not_teach(people: People) -> None:
    term = a_term(people)
    a_session(people, term, 3)
    with pytest.raises(Conflict):
        edit_term(term_id=term.pk, actor=people.qiao, values=TERM | {"teachers": []})
    enrol(term_id=term.pk, actor=people.ruoxi)
    both = [people.mingyuan.phone, people.ruoxi.slug]
    with pytest.raises(Conflict):
        edit_term(term_id=term.pk, actor=people.qiao, values=TERM | {"teachers": both})
    with pytest.raises(Conflict):
        enrol(term_id=term.pk, actor=people.mingyuan)
    assert list(term.teachings.values_list("user__name", flat=True)) == ["顾明远"]
