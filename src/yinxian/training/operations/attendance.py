"""Who was there: by the code on the projector, or by the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import checks, permissions, presence
from ..models import Attendance, Enrolment, Session, Term
from .common import lock_term, say
from .finishing import count_again

EARLY = dt.timedelta(minutes=30)  # before it begins, people may check in


@transaction.atomic
def check_in(*, session_id: int, actor: User, code: str, scanned_at: dt.datetime | None = None) -> Attendance:
    """A learner was there and scanned the code. Once a person and meeting: again gives the first.

    ``scanned_at`` is when this browser opened the code's page (kept on the server); without it the code must be good
    now. Conflict when the code is another meeting's or too old, or the meeting is not now.
    """
    session = Session.objects.select_related("term").get(pk=session_id)
    term = lock_term(session.term_id)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    now = clock.now()
    scanned = scanned_at or now
    fresh = dt.timedelta(0) <= now - scanned <= presence.SEEN_FOR
    if not fresh or not presence.is_good(code, session.slug, scanned):
        raise Conflict("training.code_old")
    enrolment = term.enrolments.filter(user=actor, state=Enrolment.State.SEATED).first()
    if enrolment is None:
        raise Forbidden("training.not_in_term")
    there = session.attendances.filter(enrolment=enrolment).first()
    if there is not None and there.present:
        return there
    if session.cancelled_at or term.state != Term.State.OPEN:
        raise Conflict("training.session_cancelled")
    if not session.starts_at - EARLY <= scanned <= session.ends_at:
        raise Conflict("training.not_now")
    if there is not None:
        raise Conflict("training.marked_absent")
    made = Attendance.objects.create(
        session=session, enrolment=enrolment, how=Attendance.How.SCANNED, marked_at=now, marked_by=actor
    )
    say("training.attendance.scanned", term, actor, subject=session, member=actor.slug, kind=session.kind)
    return made


@transaction.atomic
def mark_list(*, session_id: int, actor: User, present: Iterable[str], reason: str = "") -> int:
    """The list of a meeting: ``present`` are the enrolments (slugs) that were there, everyone else was not.

    What was marked before changes only with a reason. Nobody marks themselves. Returns how many marks changed.
    """
    session = Session.objects.get(pk=session_id)
    term = lock_term(session.term_id)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if not permissions.can_call_the_roll(actor, term):
        raise Forbidden("training.not_yours")
    if session.cancelled_at or term.state not in (Term.State.OPEN, Term.State.FINISHED):
        raise Conflict("training.session_cancelled")
    if session.starts_at > clock.now():
        raise Conflict("training.not_begun")
    people = list(term.enrolments.filter(state__in=Enrolment.IN).select_related("user"))
    there = {str(slug) for slug in present}
    if there - {one.slug for one in people}:
        raise Invalid("training.not_on_list")
    before = {one.enrolment_id: one for one in session.attendances.all()}
    changes = [one for one in people if (known := before.get(one.pk)) is None or known.present != (one.slug in there)]
    corrected = [one for one in changes if one.pk in before or session.listed_at]
    plain = checks.words(reason, "reason", 300, needed=bool(corrected))
    if any(one.user_id == actor.pk for one in changes):
        raise Forbidden("training.own_mark")
    now = clock.now()
    for one in changes:
        known = before.get(one.pk) or Attendance(session=session, enrolment=one)
        known.present, known.how = one.slug in there, Attendance.How.LIST
        known.marked_at, known.marked_by, known.reason = now, actor, plain
        known.save()
    if changes or session.listed_at is None:
        session.listed_at = session.listed_at or now
        session.save(update_fields=["listed_at"])
        say(
            "training.attendance.corrected" if corrected else "training.attendance.listed",
            term,
            actor,
            subject=session,
            reason=plain,
            present=sorted(one.user.slug for one in changes if one.slug in there),
            absent=sorted(one.user.slug for one in changes if one.slug not in there),
        )
    if term.state == Term.State.FINISHED:
        count_again(term, changes, actor)
    return len(changes)
