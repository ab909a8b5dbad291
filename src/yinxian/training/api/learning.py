"""What one learns and practises."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import ManagerProfile

from ..asked import actor
from ..lessons import all_lessons, lesson_called
from ..models import Internship
from ..operations import internships as operations
from ..operations.lessons import answer_lesson
from ..queries import learning
from ..queries.internships import internship_for, internships_of
from .schemas import (
    ChoiceIn,
    EnrolmentOut,
    HoursOut,
    InternshipAnswerIn,
    InternshipIn,
    InternshipOut,
    InternshipSignIn,
    LessonOut,
    TrainingReasonIn,
    WeekIn,
)
from .terms import enrolment_out

router = Router()
MOST = 100


def _out(one: Internship) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "state": one.state,
        "trainee": one.trainee.get_full_name(),
        "mentor": one.mentor.get_full_name(),
        "deal_number": one.deal.number if one.deal else "",
        "hours": one.hours,
        "days": one.days,
        "verdict": one.verdict,
    }


def _mine(request: HttpRequest, slug: str) -> Internship:
    return or_404(internship_for(request.user, slug))


@router.get("/mine/enrolments", response=list[EnrolmentOut])
def my_enrolments(request: HttpRequest) -> list[dict[str, Any]]:
    return [enrolment_out(one) for one in learning.enrolments_of(request.user)[:MOST]]


@router.get("/mine/hours", response=list[HoursOut])
def my_hours(request: HttpRequest) -> list[dict[str, Any]]:
    """By kind of module, beside what the next level asks."""
    bars = learning.hours_of(actor(request)).bars
    return [{"kind": bar.kind, "minutes": bar.minutes, "asked_hours": bar.asked} for bar in bars]


@router.get("/lessons", response=list[LessonOut], auth=None)
def list_lessons(request: HttpRequest) -> list[dict[str, Any]]:
    """The product's own course, in the reader's language."""
    read = learning.lessons_read(request.user)
    return [
        {
            **{name: getattr(one, name) for name in ("number", "name", "title", "kind", "minutes")},
            "read": one.name in read,
        }
        for one in all_lessons()
    ]


@router.post("/lessons/{lesson}/answer", response=LessonOut)
def answer(request: HttpRequest, lesson: str, given: ChoiceIn) -> dict[str, Any]:
    """The right choice counts the lesson's minutes, once."""
    found = or_404(lesson_called(lesson))
    answer_lesson(lesson=found.name, actor=actor(request), choice=given.choice)
    return {**{name: getattr(found, name) for name in ("number", "name", "title", "kind", "minutes")}, "read": True}


@router.get("/internships", response=list[InternshipOut])
def my_internships(request: HttpRequest) -> list[dict[str, Any]]:
    """As a trainee and as a mentor, newest 100."""
    return [_out(one) for one in internships_of(request.user)[:MOST]]


@router.post("/internships", response={201: InternshipOut})
def ask(request: HttpRequest, given: InternshipIn) -> Status[dict[str, Any]]:
    mentor = get_object_or_404(ManagerProfile, slug=given.mentor)
    made = operations.ask_for_internship(mentor_id=mentor.user_id, actor=actor(request), aim=given.aim)
    return Status(201, _out(made))


@router.post("/internships/{internship}/answer", response=InternshipOut)
def answer_internship(request: HttpRequest, internship: str, given: InternshipAnswerIn) -> dict[str, Any]:
    """The mentor's: accept on a deal, or decline with a word."""
    found, user = _mine(request, internship), actor(request)
    if given.accept:
        return _out(
            operations.accept_internship(internship_id=found.pk, actor=user, deal=given.deal, answer=given.answer)
        )
    return _out(operations.decline_internship(internship_id=found.pk, actor=user, answer=given.answer))


@router.put("/internships/{internship}/weeks", response=InternshipOut)
def write_week(request: HttpRequest, internship: str, given: WeekIn) -> dict[str, Any]:
    """The trainee's note of a week; again replaces."""
    found = _mine(request, internship)
    operations.write_week(internship_id=found.pk, actor=actor(request), **given.dict())
    return _out(_mine(request, internship))


@router.post("/internships/{internship}/sign", response=InternshipOut)
def sign(request: HttpRequest, internship: str, given: InternshipSignIn) -> dict[str, Any]:
    found = _mine(request, internship)
    return _out(operations.sign_internship(internship_id=found.pk, actor=actor(request), **given.dict()))


@router.post("/internships/{internship}/stop", response=InternshipOut)
def stop(request: HttpRequest, internship: str, given: TrainingReasonIn) -> dict[str, Any]:
    found = _mine(request, internship)
    return _out(operations.stop_internship(internship_id=found.pk, actor=actor(request), reason=given.reason))
