"""Terms: dates, seats, teachers, material; open, cancel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian.kernel import clock, uploads
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import checks, permissions
from ..models import Course, Enrolment, Session, Teaching, Term, TermFile
from .common import lock_own_term, lock_term, say
from .enrolments import move_up

State = Term.State
LARGEST_FEE = 10**10  # fen: a hundred million yuan
MOST_TEACHERS, MOST_FILES, LONGEST_DAYS = 30, 50, 1100


@transaction.atomic
def create_term(*, course_id: int, actor: User, values: Mapping[str, Any]) -> Term:
    """A new run of a course, in preparation. The same again gives the one that is there."""
    course = Course.objects.select_for_update(of=("self",)).select_related("association").get(pk=course_id)
    if not permissions.can_edit(actor, course):
        raise Forbidden("training.not_yours")
    if course.retired_at:
        raise Conflict("training.course_retired")
    given = _checked(values)
    taken = course.terms.exclude(state=State.CANCELLED).filter(name=given["name"]).first()
    if taken is not None:
        if all(getattr(taken, name) == value for name, value in given.items()):
            return taken
        raise Conflict("training.term_name_taken", field="name")
    made = Term.objects.create(course=course, **given)
    _teach(made, _people(values.get("teachers") or ()))
    say("training.term.created", made, actor, **_facts(made))
    return made


@transaction.atomic
def edit_term(*, term_id: int, actor: User, values: Mapping[str, Any]) -> Term:
    """Change a term. More seats go to those who wait longest; Conflict with fewer seats than are taken, or with
    meetings outside the new dates."""
    term = lock_own_term(term_id, actor)
    given = _checked(values)
    others = term.course.terms.exclude(state=State.CANCELLED).exclude(pk=term.pk)
    if others.filter(name=given["name"]).exists():
        raise Conflict("training.term_name_taken", field="name")
    seated = term.enrolments.filter(state=Enrolment.State.SEATED).count()
    if given["seats"] < seated:
        raise Conflict("training.seats_taken", field="seats", count=seated)
    for session in term.sessions.filter(cancelled_at=None):
        if not given["starts_on"] <= session.starts_at.astimezone(clock.SHANGHAI).date() <= given["ends_on"]:
            raise Conflict("training.session_outside", field="ends_on", topic=session.topic)
    before = _facts(term)
    for name, value in given.items():
        setattr(term, name, value)
    term.changed_at = clock.now()
    term.save()
    _teach(term, _people(values.get("teachers") or ()))
    if _facts(term) != before:
        say("training.term.changed", term, actor, **_facts(term))
    if term.state == State.OPEN:
        move_up(term, actor)
    return term


@transaction.atomic
def open_term(*, term_id: int, actor: User) -> Term:
    """From now on people can enrol. Opening it twice opens it once."""
    term = lock_own_term(term_id, actor)
    if term.state != State.OPEN:
        term.move_to(State.OPEN)
        term.changed_at = clock.now()
        term.save(update_fields=["state", "changed_at"])
        say("training.term.opened", term, actor, **_facts(term))
    return term


@transaction.atomic
def cancel_term(*, term_id: int, actor: User, reason: str) -> Term:
    """It does not take place. Everyone with a seat or waiting is told; its meetings become cancelled ones."""
    term = lock_term(term_id)
    if not permissions.can_edit(actor, term.course):
        raise Forbidden("training.not_yours")
    plain = checks.words(reason, "reason", 300)
    term.move_to(State.CANCELLED)
    now = clock.now()
    term.reason, term.changed_at = plain, now
    term.save(update_fields=["state", "reason", "changed_at"])
    for session in Session.objects.filter(term=term, cancelled_at=None, ends_at__gt=now):
        session.cancelled_at, session.reason, session.changed_at = now, plain, now
        session.sequence += 1
        session.save(update_fields=["cancelled_at", "reason", "changed_at", "sequence"])
    say("training.term.cancelled", term, actor, reason=plain)
    return term


@transaction.atomic
def add_file(*, term_id: int, actor: User, upload: UploadedFile[Any]) -> TermFile:
    """Teaching material, by the association or a teacher. The same content twice is one file."""
    term = lock_term(term_id)
    if not permissions.can_call_the_roll(actor, term):
        raise Forbidden("training.not_yours")
    checked = uploads.check(upload)
    again = term.files.filter(sha256=checked.sha256).first()
    if again:
        return again
    if term.files.count() >= MOST_FILES:
        raise Conflict("training.too_many", field="file", limit=MOST_FILES)
    made = TermFile.objects.create(
        term=term, file=upload, name=checked.name, size=checked.size, sha256=checked.sha256, uploaded_by=actor
    )
    say("training.material.added", term, actor, file=made.slug, sha256=made.sha256)
    return made


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if not isinstance(starts, dt.date) or not isinstance(ends, dt.date) or ends < starts:
        raise Invalid("training.dates_wrong", field="ends_on")
    if (ends - starts).days > LONGEST_DAYS:
        raise Invalid("training.dates_wrong", field="ends_on")
    return {
        "name": checks.words(values.get("name"), "name", 60),
        "starts_on": starts,
        "ends_on": ends,
        "place": checks.words(values.get("place"), "place", 200, needed=False),
        "seats": checks.whole(values.get("seats"), "seats", 1, Term.MOST_SEATS),
        "fee_fen": checks.whole(values.get("fee_fen", 0), "fee", 0, LARGEST_FEE),
        "material": checks.words(values.get("material"), "material", 4000, needed=False),
    }


def _facts(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "from": term.starts_on.isoformat(),
        "until": term.ends_on.isoformat(),
        "seats": term.seats,
        "fee_fen": term.fee_fen,
        "place": term.place,
        "teachers": sorted(User.objects.filter(teachings__term=term).values_list("slug", flat=True)),
    }


def _people(given: Iterable[str]) -> list[User]:
    """By mobile number or by number (U…); Invalid names the first that nobody has."""
    found: dict[int, User] = {}
    for one in given:
        plain = str(one).strip()
        if not plain:
            continue
        person = User.objects.filter(is_active=True, phone=plain).first()
        person = person or User.objects.filter(is_active=True, slug=plain.upper()).first()
        if person is None:
            raise Invalid("training.nobody", field="teachers", given=plain[:40])
        found[person.pk] = person
    if len(found) > MOST_TEACHERS:
        raise Invalid("training.too_many", field="teachers", limit=MOST_TEACHERS)
    return list(found.values())


def _teach(term: Term, people: list[User]) -> None:
    """Set the teachers. Who has meetings ahead stays; who learns in the term cannot teach it."""
    learning = term.enrolments.filter(user__in=people).exclude(state=Enrolment.State.GIVEN_UP).first()
    if learning is not None:
        raise Conflict("training.learns_here", field="teachers", name=learning.user.get_full_name())
    leaving = term.teachings.exclude(user__in=people)
    busy = Session.objects.filter(term=term, cancelled_at=None, teacher__in=leaving.values("user")).first()
    if busy is not None and busy.teacher is not None:
        raise Conflict("training.teacher_needed", field="teachers", name=busy.teacher.get_full_name())
    leaving.delete()
    for person in people:
        Teaching.objects.get_or_create(term=term, user=person)
