"""Who may do what in training."""

from __future__ import annotations

from typing import Any

from yinxian.network.models import Organisation
from yinxian.network.permissions import can_admit

from .models import Course, Enrolment, Internship, Term


def can_run(user: Any, association: Organisation) -> bool:
    """An association's administrators and reviewers make courses and terms, seat people and record fees."""
    return can_admit(user, association)


def can_edit(user: Any, course: Course) -> bool:
    return can_run(user, course.association)


def teaches(user: Any, term: Term) -> bool:
    """Whether the person is one of the term's teachers."""
    signed_in = getattr(user, "is_authenticated", False)
    return bool(signed_in) and term.teachings.filter(user_id=user.pk).exists()


def can_call_the_roll(user: Any, term: Term) -> bool:
    """Attendance and the list of people: the association and the term's teachers; a learner sees only their own."""
    return teaches(user, term) or can_run(user, term.course.association)


def is_in(user: Any, term: Term) -> bool:
    """Whether the person has a seat in the term."""
    signed_in = getattr(user, "is_authenticated", False)
    return bool(signed_in) and term.enrolments.filter(user_id=user.pk, state__in=Enrolment.IN).exists()


def takes_part(user: Any, internship: Internship) -> bool:
    """Only the trainee and the mentor know of an internship."""
    return getattr(user, "pk", None) in (internship.trainee_id, internship.mentor_id)
