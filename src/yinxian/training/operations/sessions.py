"""The meetings of a term: plan, move, cancel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from yinxian.credentials.models import Module
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import User

from .. import checks
from ..models import Session, Term
from .common import lock_own_term, say

LONGEST, MOST = dt.timedelta(hours=12), 400
is_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def plan_session(*, term_id: int, actor: User, values: Mapping[str, Any]) -> Session:
    """A meeting inside the term's dates that meets no other of the term, nor another of its teacher. The same again
    gives the one that is there."""
    term = lock_own_term(term_id, actor)
    given = _checked(term, values)
    again = term.sessions.filter(cancelled_at=None, **given).first()
    if again:
        return again
    if term.sessions.count() >= MOST:
        raise Conflict("training.too_many", limit=MOST)
    _no_clash(term, given, None)
    made = Session.objects.create(term=term, **given)
    say("training.session.planned", term, actor, subject=made, **_when(made))
    return made


@transaction.atomic
def change_session(*, session_id: int, actor: User, values: Mapping[str, Any]) -> Session:
    """Another time, place, teacher or topic. Everyone in the term is told when time or place changed."""
    term = lock_own_term(Session.objects.values_list("term_id", flat=True).get(pk=session_id), actor)
    session = _open(session_id)
    given = _checked(term, values)
    if all(getattr(session, name) == value for name, value in given.items()):
        return session
    _no_clash(term, given, session)
    before = _when(session)
    for name, value in given.items():
        setattr(session, name, value)
    session.sequence += 1
    session.changed_at = clock.now()
    session.save()
    moved = any(before[name] != _when(session)[name] for name in ("starts", "ends", "place", "link"))
    name = "training.session.moved" if moved else "training.session.changed"
    say(name, term, actor, subject=session, before=before, **_when(session))
    return session


@transaction.atomic
def cancel_session(*, session_id: int, actor: User, reason: str) -> Session:
    """It does not take place; it stays in the calendars as cancelled. Twice does it once."""
    term = lock_own_term(Session.objects.values_list("term_id", flat=True).get(pk=session_id), actor)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if session.cancelled_at:
        return session
    session = _open(session_id)
    session.reason = checks.words(reason, "reason", 300)
    session.cancelled_at = session.changed_at = clock.now()
    session.sequence += 1
    session.save(update_fields=["reason", "cancelled_at", "changed_at", "sequence"])
    say("training.session.cancelled", term, actor, subject=session, reason=session.reason, **_when(session))
    return session


def _open(session_id: int) -> Session:
    """One that may still be changed: not cancelled, and nobody has been marked in it."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if session.cancelled_at:
        raise Conflict("training.session_cancelled")
    if session.attendances.exists():
        raise Conflict("training.session_held")
    return session


def _checked(term: Term, values: Mapping[str, Any]) -> dict[str, Any]:
    starts, ends = values.get("starts_at"), values.get("ends_at")
    if not isinstance(starts, dt.datetime) or not isinstance(ends, dt.datetime):
        raise Invalid("training.times_wrong", field="ends_at")
    if starts.tzinfo is None or ends.tzinfo is None or not starts < ends <= starts + LONGEST:
        raise Invalid("training.times_wrong", field="ends_at")
    days = {moment.astimezone(clock.SHANGHAI).date() for moment in (starts, ends)}
    if not all(term.starts_on <= day <= term.ends_on for day in days):
        raise Invalid("training.outside_term", field="starts_at")
    if values.get("kind") not in Module.values:
        raise Invalid("training.module_wrong", field="kind")
    teacher = str(values.get("teacher") or "")
    person = User.objects.filter(teachings__term=term, slug=teacher).first() if teacher else None
    if teacher and person is None:
        raise Invalid("training.not_a_teacher", field="teacher")
    link = checks.words(values.get("link"), "link", 300, needed=False)
    try:
        if link:
            is_address(link)
    except ValidationError as error:
        raise Invalid("training.link_wrong", field="link") from error
    return {
        "kind": str(values["kind"]),
        "topic": checks.words(values.get("topic"), "topic", 120),
        "starts_at": starts,
        "ends_at": ends,
        "place": checks.words(values.get("place"), "place", 200, needed=False),
        "link": link,
        "teacher": person,
    }


def _no_clash(term: Term, given: Mapping[str, Any], own: Session | None) -> None:
    at_once = Session.objects.filter(
        cancelled_at=None, starts_at__lt=given["ends_at"], ends_at__gt=given["starts_at"]
    ).exclude(pk=own.pk if own else 0)
    other = at_once.filter(term=term).first()
    if other is not None:
        raise Conflict("training.sessions_overlap", field="starts_at", topic=other.topic)
    if given["teacher"] is not None:
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=given["teacher"].pk)
        if at_once.filter(teacher=given["teacher"]).exists():
            raise Conflict("training.teacher_busy", field="teacher", name=given["teacher"].get_full_name())


def _when(session: Session) -> dict[str, Any]:
    return {
        "starts": session.starts_at.astimezone(clock.SHANGHAI).isoformat(),
        "ends": session.ends_at.astimezone(clock.SHANGHAI).isoformat(),
        "place": session.place,
        "link": session.link,
        "kind": session.kind,
        "teacher": session.teacher.slug if session.teacher else "",
    }
