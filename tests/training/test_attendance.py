"""Who was there: the code, the list, corrections, and the hours that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.training.classes import a_course, a_session, a_term, at
from tests.world import People
from yinxian.credentials.models import Proof
from yinxian.credentials.operations.levels import create_level
from yinxian.credentials.queries.applications import check_for
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.notifications.models import Notice
from yinxian.training import presence
from yinxian.training.models import Attendance, Enrolment, Session, Term
from yinxian.training.operations.attendance import check_in, mark_list
from yinxian.training.operations.enrolments import enrol, give_up
from yinxian.training.operations.finishing import finish_term
from yinxian.training.operations.sessions import cancel_session, change_session
from yinxian.training.queries.learning import hours_of
from yinxian.training.rules import enough

State = Enrolment.State
Frozen = Callable[[str], None]


@pytest.fixture
def term(people: People, frozen: Frozen) -> Term:
    """Two meetings of four hours, two learners, five seats."""
    frozen("2026-02-20T09:00")
    made = a_term(people, seats=5)
    a_session(people, made, 3, "common")
    a_session(people, made, 4, "skills")
    for one in (people.ruoxi, people.heng):
        enrol(term_id=made.pk, actor=one)
    return made


def session(term: Term, number: int) -> Session:
    return list(term.sessions.order_by("starts_at"))[number]


def slugs(term: Term, *users: Any) -> list[str]:
    return list(term.enrolments.filter(user__in=users).values_list("slug", flat=True))


def test_a_code_is_good_for_its_meeting_and_its_window_only() -> None:
    made = at(3, 9)
    code = presence.code_for("HAAA", made)
    assert presence.is_good(code, "HAAA", made)
    assert presence.is_good(code, "HAAA", made + dt.timedelta(seconds=59))
    assert not presence.is_good(code, "HAAA", made + dt.timedelta(seconds=60))
    assert not presence.is_good(code, "HAAA", made - dt.timedelta(seconds=1))
    assert not presence.is_good(code, "HBBB", made)
    assert presence.code_for("HAAA", made + dt.timedelta(seconds=30)) != code
    assert presence.code_for("HAAA", made + dt.timedelta(seconds=29)) == code
    for junk in (
        "",
        "x",
        code.upper(),
        code + "0",
        code[:-1],
        "1-" + "0" * 32,
        code.replace("-", "−"),
        "٣-" + "0" * 32,
    ):
        assert not presence.is_good(junk, "HAAA", made)


def test_a_learner_checks_in_once(people: People, term: Term, frozen: Frozen) -> None:
    frozen("2026-03-03T08:45:10")
    first = session(term, 0)
    code = presence.code_for(first.slug, clock.now())
    marks = {check_in(session_id=first.pk, actor=people.ruoxi, code=code).pk for _again in range(2)}
    frozen("2026-03-03T08:46:30")
    with pytest.raises(Conflict):
        check_in(session_id=first.pk, actor=people.heng, code=code)
    assert len(marks) == 1 and Attendance.objects.get().how == "code"
    assert Entry.objects.filter(name="training.attendance.scanned").count() == 1


@pytest.mark.parametrize(
    ("moment", "scanned", "good"),
    [
        ("2026-03-03T08:29:59", None, False),
        ("2026-03-03T08:30:00", None, True),
        ("2026-03-03T13:00:00", None, True),
        ("2026-03-03T13:00:01", None, False),
        ("2026-03-03T09:04:00", "2026-03-03T09:00:00", True),
        ("2026-03-03T09:05:01", "2026-03-03T09:00:00", False),
        ("2026-03-03T09:00:00", "2026-03-03T09:00:30", False),
    ],
)
def test_people_check_in_while_the_meeting_is(
    people: People, term: Term, frozen: Frozen, moment: str, scanned: str | None, good: bool
) -> None:
    """``scanned``: the browser opened the code's page then, and the button was pressed at ``moment``."""
    frozen(moment)
    seen = dt.datetime.fromisoformat(scanned).replace(tzinfo=clock.SHANGHAI) if scanned else None
    first = session(term, 0)
    code = presence.code_for(first.slug, seen or clock.now())
    if good:
        check_in(session_id=first.pk, actor=people.ruoxi, code=code, scanned_at=seen)
    else:
        with pytest.raises(Conflict):
            check_in(session_id=first.pk, actor=people.ruoxi, code=code, scanned_at=seen)
    assert Attendance.objects.exists() is good


def test_the_code_of_another_meeting_and_people_of_no_seat_are_refused(
    people: People, term: Term, frozen: Frozen
) -> None:
    frozen("2026-03-03T09:00")
    first, second = session(term, 0), session(term, 1)
    code = presence.code_for(first.slug, clock.now())
    with pytest.raises(Conflict):
        check_in(session_id=second.pk, actor=people.ruoxi, code=code)
    for stranger in (people.lan, people.mingyuan, people.qiao):
        with pytest.raises(Forbidden):
            check_in(session_id=first.pk, actor=stranger, code=code)
    give_up(enrolment_id=term.enrolments.get(user=people.heng).pk, actor=people.heng)
    with pytest.raises(Forbidden):
        check_in(session_id=first.pk, actor=people.heng, code=code)
    cancel_session(session_id=first.pk, actor=people.qiao, reason="停电")
    with pytest.raises(Conflict):
        check_in(session_id=first.pk, actor=people.ruoxi, code=code)
    assert not Attendance.objects.exists()


def test_a_meeting_with_marks_stands_still(people: People, term: Term, frozen: Frozen) -> None:
    frozen("2026-03-03T09:00")
    first = session(term, 0)
    check_in(session_id=first.pk, actor=people.ruoxi, code=presence.code_for(first.slug, clock.now()))
    with pytest.raises(Conflict):
        cancel_session(session_id=first.pk, actor=people.qiao, reason="改天")
    values = {"kind": "skills", "topic": "换成技能", "starts_at": at(3, 9), "ends_at": at(3, 20)}
    with pytest.raises(Conflict):
        change_session(session_id=first.pk, actor=people.qiao, values=values)


def test_the_list_is_called_by_the_teacher_and_corrected_with_a_reason(
    people: People, term: Term, frozen: Frozen, drain: Callable[[], None]
) -> None:
    first = session(term, 0)
    with pytest.raises(Conflict):
        mark_list(session_id=first.pk, actor=people.mingyuan, present=[])
    frozen("2026-03-03T14:00")
    ruoxi, heng = slugs(term, people.ruoxi), slugs(term, people.heng)
    for stranger in (people.ruoxi, people.heng, people.lan, people.stray):
        with pytest.raises(Forbidden):
            mark_list(session_id=first.pk, actor=stranger, present=ruoxi)
    assert mark_list(session_id=first.pk, actor=people.mingyuan, present=ruoxi) == 2
    assert mark_list(session_id=first.pk, actor=people.mingyuan, present=ruoxi) == 0
    with pytest.raises(Invalid):
        mark_list(session_id=first.pk, actor=people.qiao, present=ruoxi + heng)
    with pytest.raises(Invalid):
        mark_list(session_id=first.pk, actor=people.qiao, present=[*ruoxi, "BNOBODY23"], reason="错了")
    assert Attendance.objects.filter(present=True).count() == 1
    assert mark_list(session_id=first.pk, actor=people.qiao, present=ruoxi + heng, reason="他坐在后排") == 1
    drain()
    told = Notice.objects.get(kind="training.attendance.corrected")
    assert told.user == people.heng and told.params["reason"] == "他坐在后排"
    names = Entry.objects.filter(name__startswith="training.attendance").order_by("pk").values_list("name", flat=True)
    assert [name.rsplit(".")[-1] for name in names] == ["listed", "corrected"]


def test_nobody_marks_themselves(people: People, term: Term, frozen: Frozen) -> None:
    enrol(term_id=term.pk, actor=people.qiao)
    frozen("2026-03-03T14:00")
    first = session(term, 0)
    with pytest.raises(Forbidden):
        mark_list(session_id=first.pk, actor=people.qiao, present=slugs(term, people.qiao))
    assert not Attendance.objects.exists()
    mark_list(session_id=first.pk, actor=people.mingyuan, present=slugs(term, people.qiao))
    mark_list(session_id=first.pk, actor=people.qiao, present=slugs(term, people.qiao, people.heng), reason="漏了周衡")
    assert Attendance.objects.filter(present=True).count() == 2


def test_who_was_marked_absent_does_not_overrule_the_teacher(people: People, term: Term, frozen: Frozen) -> None:
    frozen("2026-03-03T12:00")
    first = session(term, 0)
    mark_list(session_id=first.pk, actor=people.mingyuan, present=[])
    with pytest.raises(Conflict):
        check_in(session_id=first.pk, actor=people.ruoxi, code=presence.code_for(first.slug, clock.now()))
    assert not Attendance.objects.filter(present=True).exists()


@pytest.mark.parametrize(
    ("minutes", "planned", "percent", "done"),
    [(80, 100, 80, True), (79, 100, 80, False), (0, 0, 1, False), (1, 100, 1, True), (333, 1000, 33, True)],
)
def test_the_threshold_is_reached_by_its_very_minute(
    people: People, minutes: int, planned: int, percent: int, done: bool
) -> None:
    assert enough(minutes, planned, percent) is done


def finished(people: People, term: Term, frozen: Frozen) -> None:
    """Ruoxi was at both, Heng at the first."""
    frozen("2026-03-03T14:00")
    mark_list(session_id=session(term, 0).pk, actor=people.mingyuan, present=slugs(term, people.ruoxi, people.heng))
    frozen("2026-03-04T14:00")
    mark_list(session_id=session(term, 1).pk, actor=people.mingyuan, present=slugs(term, people.ruoxi))
    finish_term(term_id=term.pk, actor=people.qiao)


def test_a_term_is_finished_after_its_last_meeting(people: People, term: Term, frozen: Frozen) -> None:
    frozen("2026-03-04T12:59")
    with pytest.raises(Conflict):
        finish_term(term_id=term.pk, actor=people.qiao)
    frozen("2026-03-04T13:00")
    for stranger in (people.mingyuan, people.ruoxi, people.lan):
        with pytest.raises(Forbidden):
            finish_term(term_id=term.pk, actor=stranger)
    finish_term(term_id=term.pk, actor=people.qiao)
    with pytest.raises(Conflict):
        finish_term(term_id=term.pk, actor=people.qiao)
    empty = a_term(people, term.course, name="空班")
    with pytest.raises(Conflict):
        finish_term(term_id=empty.pk, actor=people.qiao)


def test_completed_hours_count_by_module_towards_the_level(
    people: People, term: Term, frozen: Frozen, drain: Callable[[], None]
) -> None:
    asked = [{"kind": "hours", "name": kind, "at_least": 4} for kind in ("common", "skills")]
    level = create_level(
        association_id=people.association.pk,
        actor=people.qiao,
        values={"name": "初级", "rank": 1, "requirements": asked},
    )
    assert not check_for(people.ruoxi, level).met
    finished(people, term, frozen)
    drain()
    assert check_for(people.ruoxi, level).met and not check_for(people.heng, level).met
    states = dict(term.enrolments.values_list("user__name", "state"))
    assert states == {"沈若溪": State.COMPLETED, "周衡": State.INCOMPLETE}
    facts = Proof.objects.filter(user=people.ruoxi, kind="hours").order_by("name").values_list("kind", "name", "amount")
    assert list(facts) == [("hours", "common", 240), ("hours", "skills", 240)]
    assert not Proof.objects.filter(user=people.heng).exists()
    said = Entry.objects.get(name="training.course.completed")
    assert said.data["member"] == people.ruoxi.slug and said.data["hours"] == {"common": 240, "skills": 240}
    taught = Entry.objects.get(name="training.course.taught")
    assert (taught.data["member"], taught.data["minutes"], taught.data["completed"]) == (people.mingyuan.slug, 480, 1)
    bars = {bar.kind: (bar.hours, bar.asked, bar.met) for bar in hours_of(people.ruoxi).bars}
    assert bars["common"] == ("4", 4, True) and bars["policy"] == ("0", None, False)


def test_a_correction_after_the_end_takes_facts_back_and_gives_them(
    people: People, term: Term, frozen: Frozen, drain: Callable[[], None]
) -> None:
    finished(people, term, frozen)
    drain()
    second = session(term, 1)
    mark_list(session_id=second.pk, actor=people.qiao, present=slugs(term, people.heng), reason="两人记反了")
    drain()
    states = dict(term.enrolments.values_list("user__name", "state"))
    assert states == {"沈若溪": State.INCOMPLETE, "周衡": State.COMPLETED}
    standing = Proof.objects.filter(kind="hours", withdrawn_by=None, user__in=(people.ruoxi, people.heng))
    hours = standing.values_list("user__name", "name", "amount")
    assert sorted(hours) == [("周衡", "common", 240), ("周衡", "skills", 240)]
    assert Proof.objects.filter(user=people.ruoxi, withdrawn_by__name="training.completion.withdrawn").count() == 2


def test_a_cancelled_meeting_is_not_missed(people: People, term: Term, frozen: Frozen) -> None:
    """The threshold is of what was held: four of four hours."""
    cancel_session(session_id=session(term, 1).pk, actor=people.qiao, reason="停电")
    frozen("2026-03-03T14:00")
    mark_list(session_id=session(term, 0).pk, actor=people.mingyuan, present=slugs(term, people.ruoxi))
    finish_term(term_id=term.pk, actor=people.qiao)
    assert term.enrolments.get(user=people.ruoxi).state == State.COMPLETED


def test_another_threshold_is_another_outcome(people: People, frozen: Frozen) -> None:
    frozen("2026-02-20T09:00")
    term = a_term(people, a_course(people, attendance_percent=50), seats=5)
    a_session(people, term, 3)
    a_session(people, term, 4)
    for one in (people.ruoxi, people.heng):
        enrol(term_id=term.pk, actor=one)
    finished(people, term, frozen)
    assert set(term.enrolments.values_list("state", flat=True)) == {State.COMPLETED}
