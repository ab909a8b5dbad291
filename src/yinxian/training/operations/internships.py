"""Internships: asked for, accepted on a real deal, kept week by week, signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import ManagerProfile, User

from .. import checks, permissions
from ..models import Internship, InternshipNote
from ..queries.internships import deals_to_mentor_on

State = Internship.State
HOURS_A_WEEK = 80
MOST_OPEN = 20  # internships of a trainee that wait or run


@transaction.atomic
def ask_for_internship(*, mentor_id: int, actor: User, aim: str) -> Internship:
    """A trainee asks a manager. While one with the same mentor is open, that one is given back."""
    mentor = User.objects.select_for_update(of=("self",), no_key=True).get(pk=mentor_id)
    if mentor.pk == actor.pk:
        raise Invalid("training.own_mentor", field="mentor")
    if not ManagerProfile.objects.filter(user=mentor, user__is_active=True).exists():
        raise Invalid("training.no_mentor", field="mentor")
    plain = checks.words(aim, "aim", 1000)
    if not actor.name.strip():
        raise Conflict("training.no_name")
    there = Internship.objects.filter(trainee=actor, mentor=mentor, state__in=Internship.OPEN).first()
    if there is not None:
        return there
    if Internship.objects.filter(trainee=actor, state__in=Internship.OPEN).count() >= MOST_OPEN:
        raise Conflict("training.too_many", limit=MOST_OPEN)
    made = Internship.objects.create(trainee=actor, mentor=mentor, aim=plain, asked_at=clock.now())
    _say("training.internship.asked", made, actor)
    return made


@transaction.atomic
def accept_internship(*, internship_id: int, actor: User, deal: str, answer: str = "") -> Internship:
    """The mentor takes the trainee on, for one of the running deals in whose team they are a manager."""
    internship = _of_mentor(internship_id, actor)
    found = deals_to_mentor_on(actor).filter(slug=deal).first()
    if found is None:
        raise Invalid("training.no_such_deal", field="deal")
    if internship.state == State.RUNNING and internship.deal_id == found.pk:
        return internship
    internship.move_to(State.RUNNING)
    internship.deal, internship.answered_at = found, clock.now()
    internship.answer = checks.words(answer, "answer", 300, needed=False)
    internship.save(update_fields=["state", "deal", "answered_at", "answer"])
    _say("training.internship.accepted", internship, actor)
    return internship


@transaction.atomic
def decline_internship(*, internship_id: int, actor: User, answer: str) -> Internship:
    """Not this time, with a word why."""
    internship = _of_mentor(internship_id, actor)
    if internship.state == State.DECLINED:
        return internship
    internship.answer = checks.words(answer, "answer", 300)
    internship.move_to(State.DECLINED)
    internship.answered_at = internship.ended_at = clock.now()
    internship.save(update_fields=["state", "answer", "answered_at", "ended_at"])
    _say("training.internship.declined", internship, actor)
    return internship


@transaction.atomic
def stop_internship(*, internship_id: int, actor: User, reason: str) -> Internship:
    """Either of the two ends it before it is signed; nothing counts."""
    internship = _locked(internship_id)
    if not permissions.takes_part(actor, internship):
        raise Forbidden("training.not_yours")
    if internship.state == State.STOPPED:
        return internship
    internship.answer = checks.words(reason, "reason", 300)
    internship.move_to(State.STOPPED)
    internship.ended_at = clock.now()
    internship.save(update_fields=["state", "answer", "ended_at"])
    _say("training.internship.stopped", internship, actor)
    return internship


@transaction.atomic
def write_week(*, internship_id: int, actor: User, week: dt.date, hours: int, text: str) -> InternshipNote:
    """What the trainee did in the week of a day; written again it replaces. Not for weeks to come."""
    internship = _locked(internship_id)
    if internship.trainee_id != actor.pk:
        raise Forbidden("training.not_yours")
    if internship.state != State.RUNNING:
        raise Conflict("training.not_running")
    if not isinstance(week, dt.date) or week > clock.today() or week.year < 2000:
        raise Invalid("training.week_wrong", field="week")
    monday = week - dt.timedelta(days=week.weekday())
    given = {
        "hours": checks.whole(hours, "hours", 1, HOURS_A_WEEK),
        "text": checks.words(text, "text", 2000),
        "written_at": clock.now(),
    }
    before = internship.notes.filter(week=monday).first()
    if before is not None and (before.hours, before.text) == (given["hours"], given["text"]):
        return before
    note, _made = InternshipNote.objects.update_or_create(internship=internship, week=monday, defaults=given)
    _say("training.internship.noted", internship, actor, week=monday.isoformat(), hours=note.hours)
    return note


@transaction.atomic
def sign_internship(*, internship_id: int, actor: User, hours: int, verdict: str, review: str) -> Internship:
    """The mentor's word: how many hours, passed or not, and why. Passed, eight hours count as a day of practice.

    Conflict while there is no note of a week, or with more hours than the notes say.
    """
    internship = _of_mentor(internship_id, actor)
    if verdict not in Internship.Verdict.values:
        raise Invalid("training.verdict_wrong", field="verdict")
    given = (checks.whole(hours, "hours", 1, Internship.MOST_HOURS), verdict, checks.words(review, "review", 1000))
    if internship.state == State.SIGNED and (internship.hours, internship.verdict, internship.review) == given:
        return internship
    noted = sum(internship.notes.values_list("hours", flat=True))
    if internship.state == State.RUNNING and given[0] > noted:
        raise Conflict("training.hours_not_noted", field="hours", noted=noted)
    internship.move_to(State.SIGNED)
    internship.hours, internship.verdict, internship.review = given
    internship.ended_at = clock.now()
    internship.save(update_fields=["state", "hours", "verdict", "review", "ended_at"])
    field = internship.deal.need.field if internship.deal else ""
    _say(
        "training.internship.signed",
        internship,
        actor,
        hours=internship.hours,
        days=internship.days,
        verdict=verdict,
        field=field,
    )
    return internship


def _locked(internship_id: int) -> Internship:
    found = Internship.objects.select_for_update(of=("self",)).select_related("trainee", "mentor", "deal__need")
    return found.get(pk=internship_id)


def _of_mentor(internship_id: int, actor: User) -> Internship:
    internship = _locked(internship_id)
    if internship.mentor_id != actor.pk:
        raise Forbidden("training.not_mentor")
    return internship


def _say(name: str, internship: Internship, actor: User, **data: Any) -> Entry:
    """The deal's number stands in the journal, nothing else of it."""
    about = {
        "trainee": internship.trainee.slug,
        "mentor": internship.mentor.slug,
        "deal": internship.deal.slug if internship.deal else "",
        **data,
    }
    return journal.record(name, actor=actor, subject=internship, data=about)
