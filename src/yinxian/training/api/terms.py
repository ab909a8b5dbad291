"""Terms, their meetings and their lists."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from yinxian.kernel.http import or_404

from .. import permissions
from ..asked import actor, own_term_at, rolled_session_at, session_at, term_at
from ..models import Enrolment, Session, Term
from ..operations import attendance, enrolments, finishing, sessions, terms
from ..queries import rolls
from ..queries.courses import term_for
from ..queries.learning import enrolment_in, place_in_line
from .schemas import (
    CourseTermIn,
    CourseTermOut,
    EnrolmentOut,
    MeetingIn,
    MeetingOut,
    PresenceIn,
    RollIn,
    RollOut,
    TrainingFeeIn,
    TrainingReasonIn,
)

router = Router()


def session_out(session: Session) -> dict[str, Any]:
    names = ("slug", "kind", "topic", "starts_at", "ends_at", "place", "sequence")
    return {name: getattr(session, name) for name in names} | {"cancelled": session.cancelled_at is not None}


def term_out(term: Term) -> dict[str, Any]:
    """Of a term that was loaded with its counts."""
    names = ("slug", "name", "state", "starts_on", "ends_on", "place", "seats", "fee_fen", "taken", "waiting")
    return {name: getattr(term, name) for name in names} | {
        "course": term.course.slug,
        "sessions": [session_out(one) for one in term.sessions.all()],
    }


def enrolment_out(one: Enrolment) -> dict[str, Any]:
    waits = one.state == Enrolment.State.WAITING
    return {
        "slug": one.slug,
        "term": one.term.slug,
        "state": one.state,
        "line": place_in_line(one) if waits else 0,
        "minutes": one.minutes,
    }


def _again(term: Term) -> dict[str, Any]:
    return term_out(or_404(term_for(term.slug)))


@router.get("/terms/{term}", response=CourseTermOut, auth=None)
def read_term(request: HttpRequest, term: str) -> dict[str, Any]:
    return term_out(term_at(request, term))


@router.put("/terms/{term}", response=CourseTermOut)
def edit_term(request: HttpRequest, term: str, given: CourseTermIn) -> dict[str, Any]:
    found = own_term_at(request, term)
    return _again(terms.edit_term(term_id=found.pk, actor=actor(request), values=given.dict()))


@router.post("/terms/{term}/open", response=CourseTermOut)
def open_term(request: HttpRequest, term: str) -> dict[str, Any]:
    return _again(terms.open_term(term_id=own_term_at(request, term).pk, actor=actor(request)))


@router.post("/terms/{term}/cancel", response=CourseTermOut)
def cancel_term(request: HttpRequest, term: str, given: TrainingReasonIn) -> dict[str, Any]:
    found = own_term_at(request, term)
    return _again(terms.cancel_term(term_id=found.pk, actor=actor(request), reason=given.reason))


@router.post("/terms/{term}/finish", response=CourseTermOut)
def finish_term(request: HttpRequest, term: str) -> dict[str, Any]:
    """After the last meeting: hours become facts."""
    return _again(finishing.finish_term(term_id=own_term_at(request, term).pk, actor=actor(request)))


@router.post("/terms/{term}/enrolment", response=EnrolmentOut)
def enrol(request: HttpRequest, term: str) -> dict[str, Any]:
    """A seat, or a place on the waiting list: ``state`` says which. Again gives the same."""
    return enrolment_out(enrolments.enrol(term_id=term_at(request, term).pk, actor=actor(request)))


@router.delete("/terms/{term}/enrolment", response=EnrolmentOut)
def give_up(request: HttpRequest, term: str) -> dict[str, Any]:
    mine = or_404(enrolment_in(request.user, term_at(request, term)))
    return enrolment_out(enrolments.give_up(enrolment_id=mine.pk, actor=actor(request)))


@router.post("/enrolments/{enrolment}/remove", response=EnrolmentOut)
def remove(request: HttpRequest, enrolment: str, given: TrainingReasonIn) -> dict[str, Any]:
    """The association takes a seat back."""
    found = _own(request, enrolment)
    return enrolment_out(enrolments.give_up(enrolment_id=found.pk, actor=actor(request), reason=given.reason))


@router.put("/enrolments/{enrolment}/fee", response=EnrolmentOut)
def record_fee(request: HttpRequest, enrolment: str, given: TrainingFeeIn) -> dict[str, Any]:
    """What a learner has paid in all; 0 takes it back."""
    found = _own(request, enrolment)
    return enrolment_out(enrolments.record_fee(enrolment_id=found.pk, actor=actor(request), **given.dict()))


def _own(request: HttpRequest, slug: str) -> Enrolment:
    found = get_object_or_404(Enrolment.objects.select_related("term__course__association"), slug=slug)
    if not permissions.can_edit(request.user, found.term.course):
        raise Http404
    return found


@router.post("/terms/{term}/sessions", response={201: MeetingOut})
def plan_session(request: HttpRequest, term: str, given: MeetingIn) -> Status[dict[str, Any]]:
    found = own_term_at(request, term)
    made = sessions.plan_session(term_id=found.pk, actor=actor(request), values=given.dict())
    return Status(201, session_out(made))


@router.put("/sessions/{session}", response=MeetingOut)
def change_session(request: HttpRequest, session: str, given: MeetingIn) -> dict[str, Any]:
    found = session_at(session)
    own_term_at(request, found.term.slug)
    return session_out(sessions.change_session(session_id=found.pk, actor=actor(request), values=given.dict()))


@router.post("/sessions/{session}/cancel", response=MeetingOut)
def cancel_session(request: HttpRequest, session: str, given: TrainingReasonIn) -> dict[str, Any]:
    found = session_at(session)
    own_term_at(request, found.term.slug)
    return session_out(sessions.cancel_session(session_id=found.pk, actor=actor(request), reason=given.reason))


@router.get("/sessions/{session}/attendance", response=list[RollOut])
def read_roll(request: HttpRequest, session: str) -> list[dict[str, Any]]:
    """For the association and the term's teachers."""
    return [
        {
            "enrolment": row.enrolment.slug,
            "name": row.enrolment.user.get_full_name(),
            "present": row.mark.present if row.mark else None,
            "how": row.mark.how if row.mark else "",
        }
        for row in rolls.roll(rolled_session_at(request, session))
    ]


@router.put("/sessions/{session}/attendance", response=list[RollOut])
def write_roll(request: HttpRequest, session: str, given: RollIn) -> list[dict[str, Any]]:
    found = rolled_session_at(request, session)
    attendance.mark_list(session_id=found.pk, actor=actor(request), present=given.present, reason=given.reason)
    return read_roll(request, session)


@router.post("/sessions/{session}/presence", response=EnrolmentOut)
def check_in(request: HttpRequest, session: str, given: PresenceIn) -> dict[str, Any]:
    """I am here: with the code that the projector shows now."""
    made = attendance.check_in(session_id=session_at(session).pk, actor=actor(request), code=given.code)
    return enrolment_out(made.enrolment)
