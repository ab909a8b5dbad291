"""An association's courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.network.models import Organisation, User

from .. import checks, permissions
from ..models import Course

MOST_STEPS = 20


@transaction.atomic
def create_course(*, association_id: int, actor: User, values: Mapping[str, Any]) -> Course:
    """A new course. The same values again give the course that is there; Conflict when only the name is taken."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_run(actor, association):
        raise Forbidden("training.not_yours")
    given = _checked(values)
    taken = Course.objects.filter(association=association, name=given["name"]).first()
    if taken is not None:
        if all(getattr(taken, name) == value for name, value in given.items()):
            return taken
        raise Conflict("training.course_name_taken", field="name")
    made = Course.objects.create(association=association, **given)
    _say("training.course.created", made, actor)
    return made


@transaction.atomic
def edit_course(*, course_id: int, actor: User, values: Mapping[str, Any]) -> Course:
    """Change a course; terms that are finished keep what they counted."""
    course = _locked(course_id, actor)
    given = _checked(values)
    others = Course.objects.filter(association=course.association, name=given["name"]).exclude(pk=course.pk)
    if others.exists():
        raise Conflict("training.course_name_taken", field="name")
    if all(getattr(course, name) == value for name, value in given.items()):
        return course
    for name, value in given.items():
        setattr(course, name, value)
    course.save(update_fields=list(given))
    _say("training.course.changed", course, actor)
    return course


@transaction.atomic
def retire_course(*, course_id: int, actor: User) -> Course:
    """No new terms from now on; those that there are go on."""
    course = _locked(course_id, actor)
    if course.retired_at is None:
        course.retired_at = clock.now()
        course.save(update_fields=["retired_at"])
        journal.record("training.course.retired", actor=actor, subject=course, organisations=[course.association_id])
    return course


def _locked(course_id: int, actor: User) -> Course:
    course = Course.objects.select_for_update(of=("self",)).select_related("association").get(pk=course_id)
    if not permissions.can_edit(actor, course):
        raise Forbidden("training.not_yours")
    return course


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    track, mode = str(values.get("track") or ""), str(values.get("mode") or Course.Mode.ON_SITE)
    if track and track not in Field.values:
        raise Invalid("training.track_wrong", field="track")
    if mode not in Course.Mode.values:
        raise Invalid("training.mode_wrong", field="mode")
    return {
        "name": checks.words(values.get("name"), "name", 60),
        "name_en": checks.words(values.get("name_en"), "name_en", 120, needed=False),
        "track": track,
        "step": checks.whole(values.get("step", 1), "step", 1, MOST_STEPS),
        "mode": mode,
        "about": checks.words(values.get("about"), "about", 2000, needed=False),
        "about_en": checks.words(values.get("about_en"), "about_en", 2000, needed=False),
        "modules": checks.modules(values.get("modules") or ()),
        "attendance_percent": checks.whole(values.get("attendance_percent", 80), "attendance_percent", 1, 100),
    }


def _say(name: str, course: Course, actor: User) -> None:
    data = {
        "course": course.slug,
        "track": course.track,
        "modules": {module["kind"]: module["minutes"] for module in course.modules},
        "attendance_percent": course.attendance_percent,
    }
    journal.record(name, actor=actor, subject=course, data=data, organisations=[course.association_id])
