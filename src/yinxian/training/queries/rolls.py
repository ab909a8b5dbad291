"""The list of a term's people and of a meeting's: for the association and the term's teachers only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Attendance, Enrolment, Session, Term
from ..rules import enough

State = Enrolment.State
PEOPLE_SORTS = {
    "asked": ("asked_at", "pk"),
    "name": ("user__name", "pk"),
    "-paid": ("-paid_fen", "pk"),
    "state": ("state", "asked_at", "pk"),
}


def held_sessions(term: Term) -> list[Session]:
    """Those that took place or were to: not the cancelled ones."""
    return list(term.sessions.filter(cancelled_at=None).select_related("teacher").order_by("starts_at", "pk"))


def attended(enrolment: Enrolment, sessions: Iterable[Session]) -> dict[str, int]:
    """Minutes by kind of module of the meetings that the learner was at."""
    there = set(Attendance.objects.filter(enrolment=enrolment, present=True).values_list("session_id", flat=True))
    counted: Counter[str] = Counter()
    for session in sessions:
        if session.pk in there:
            counted[session.kind] += session.minutes
    return dict(counted)


def people_of(term: Term, *, state: str = "", sort: str = "") -> QuerySet[Enrolment]:
    """Everyone who asked for a seat, those who left as well when they are asked for by state."""
    found = term.enrolments.select_related("user", "user__manager_profile__association")
    found = found.filter(state=state) if state in State.values else found.exclude(state=State.GIVEN_UP)
    return found.order_by(*PEOPLE_SORTS.get(sort, PEOPLE_SORTS["asked"]))


@dataclass(frozen=True)
class Line:
    """A learner on the sheet. ``percent`` of the time planned so far, rounded down; None before the first meeting."""

    enrolment: Enrolment
    minutes: int
    percent: int | None
    enough: bool


def sheet(term: Term, enrolments: list[Enrolment]) -> list[Line]:
    """What each attended of all meetings that are not cancelled."""
    sessions = {session.pk: session for session in held_sessions(term)}
    planned = sum(session.minutes for session in sessions.values())
    there: dict[int, int] = defaultdict(int)
    marks = Attendance.objects.filter(enrolment__in=enrolments, session__in=sessions, present=True)
    for enrolment_id, session_id in marks.values_list("enrolment_id", "session_id"):
        there[enrolment_id] += sessions[session_id].minutes
    return [
        Line(
            one,
            there[one.pk],
            there[one.pk] * 100 // planned if planned else None,
            enough(there[one.pk], planned, term.course.attendance_percent),
        )
        for one in enrolments
    ]


@dataclass(frozen=True)
class Row:
    """A learner on the list of one meeting; ``mark`` is None before anyone said anything."""

    enrolment: Enrolment
    mark: Attendance | None


def roll(session: Session) -> list[Row]:
    """Everyone with a seat, by name, with the mark that there is."""
    marks = {mark.enrolment_id: mark for mark in session.attendances.select_related("marked_by")}
    people = session.term.enrolments.filter(state__in=Enrolment.IN).select_related("user").order_by("user__name", "pk")
    return [Row(one, marks.get(one.pk)) for one in people]


def present_count(session: Session) -> int:
    return session.attendances.filter(present=True).count()
