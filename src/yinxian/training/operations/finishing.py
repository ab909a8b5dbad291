"""The end of a term: who completed it, which hours count, who taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict
from yinxian.network.models import User

from ..models import Enrolment, Session, Term
from ..queries.rolls import attended, held_sessions
from ..rules import enough
from .common import lock_own_term, say

State = Enrolment.State


@transaction.atomic
def finish_term(*, term_id: int, actor: User) -> Term:
    """After the last meeting. Who attended enough has completed the course: the hours become facts that count towards
    levels; who taught is on record. Who still waits goes home. Conflict while a meeting is ahead or none was held."""
    term = lock_own_term(term_id, actor)
    sessions, now = held_sessions(term), clock.now()
    if not sessions:
        raise Conflict("training.nothing_held")
    ahead = next((session for session in sessions if session.ends_at > now), None)
    if ahead is not None:
        raise Conflict("training.not_over", topic=ahead.topic)
    term.move_to(Term.State.FINISHED)
    term.finished_at = term.changed_at = now
    term.save(update_fields=["state", "finished_at", "changed_at"])
    completed = 0
    for enrolment in term.enrolments.filter(state=State.SEATED).select_related("user"):
        completed += _conclude(term, enrolment, sessions, actor)
    term.enrolments.filter(state=State.WAITING).update(state=State.GIVEN_UP, ended_at=now)
    say("training.term.finished", term, actor, completed=completed)
    _say_who_taught(term, sessions, completed)
    return term


def count_again(term: Term, changed: Iterable[Enrolment], actor: User) -> None:
    """A mark of a finished term was corrected: what it had proved is taken back and counted anew."""
    sessions = held_sessions(term)
    for enrolment in changed:
        before = enrolment.fact
        if attended(enrolment, sessions) == enrolment.minutes:
            continue
        if before is not None:
            say(
                "training.completion.withdrawn",
                term,
                actor,
                subject=enrolment,
                member=enrolment.user.slug,
                undone=str(before.uid),
            )
        _conclude(term, enrolment, sessions, actor, instead_of=str(before.uid) if before else "")


def _conclude(term: Term, enrolment: Enrolment, sessions: list[Session], actor: User, *, instead_of: str = "") -> bool:
    hours = attended(enrolment, sessions)
    planned = sum(session.minutes for session in sessions)
    done = enough(sum(hours.values()), planned, term.course.attendance_percent)
    state = State.COMPLETED if done else State.INCOMPLETE
    if enrolment.state != state:
        enrolment.move_to(state)
    enrolment.minutes, enrolment.ended_at, enrolment.fact = hours, clock.now(), None
    if done:
        enrolment.fact = _say_completed(term, enrolment, hours, planned, actor, instead_of)
    else:
        say(
            "training.course.not_completed",
            term,
            actor,
            subject=enrolment,
            member=enrolment.user.slug,
            minutes=sum(hours.values()),
            planned=planned,
        )
    enrolment.save(update_fields=["state", "minutes", "ended_at", "fact"])
    return done


def _say_completed(
    term: Term, enrolment: Enrolment, hours: dict[str, int], planned: int, actor: User, instead_of: str
) -> Entry:
    return say(
        "training.course.completed",
        term,
        actor,
        subject=enrolment,
        member=enrolment.user.slug,
        association=term.course.association.slug,
        hours=hours,
        minutes=sum(hours.values()),
        planned=planned,
        instead_of=instead_of,
    )


def _say_who_taught(term: Term, sessions: list[Session], completed: int) -> None:
    taught: Counter[User] = Counter()
    for session in sessions:
        if session.teacher is not None:
            taught[session.teacher] += session.minutes
    for teacher, minutes in sorted(taught.items(), key=lambda item: item[0].pk):
        say(
            "training.course.taught",
            term,
            None,
            member=teacher.slug,
            association=term.course.association.slug,
            minutes=minutes,
            completed=completed,
        )
