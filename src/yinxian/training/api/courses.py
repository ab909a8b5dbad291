"""Courses, for everyone to read and for the association to write."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Course
from ..operations import courses as operations
from ..operations.terms import create_term
from ..queries import courses as queries
from .schemas import CourseIn, CourseOut, CoursesOut, CourseTermIn, CourseTermOut
from .terms import term_out

router = Router()
MOST = 100
NAMES = ("slug", "name", "name_en", "track", "step", "mode", "about", "about_en", "modules", "attendance_percent")


def _out(course: Course) -> dict[str, Any]:
    return {name: getattr(course, name) for name in NAMES} | {"association": course.association.slug}


@router.get("/courses", response=CoursesOut, auth=None)
def list_courses(
    request: HttpRequest,
    q: str = "",
    track: str = "",
    mode: str = "",
    association: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 30,
) -> dict[str, Any]:
    """The catalogue. ``track``: a field or "common"."""
    rows = queries.courses(words=q, track=track, mode=mode, association=association, sort=sort)
    found = Paginator(rows, max(1, min(size, MOST))).get_page(page)
    return {
        "count": found.paginator.count,
        "page": found.number,
        "pages": found.paginator.num_pages,
        "items": [_out(one) for one in found.object_list],
    }


@router.get("/courses/{course}", response=CourseOut, auth=None)
def read_course(request: HttpRequest, course: str) -> dict[str, Any]:
    return _out(or_404(queries.course_for(course)))


@router.post("/associations/{association}/courses", response={201: CourseOut})
def create_course(request: HttpRequest, association: str, given: CourseIn) -> Status[dict[str, Any]]:
    found = get_object_or_404(Organisation, slug=association, kind=Organisation.Kind.ASSOCIATION)
    made = operations.create_course(association_id=found.pk, actor=cast(User, request.user), values=given.dict())
    return Status(201, _out(made))


@router.put("/courses/{course}", response=CourseOut)
def edit_course(request: HttpRequest, course: str, given: CourseIn) -> dict[str, Any]:
    found = or_404(queries.course_for(course))
    return _out(operations.edit_course(course_id=found.pk, actor=cast(User, request.user), values=given.dict()))


@router.post("/courses/{course}/retire", response=CourseOut)
def retire_course(request: HttpRequest, course: str) -> dict[str, Any]:
    found = or_404(queries.course_for(course))
    return _out(operations.retire_course(course_id=found.pk, actor=cast(User, request.user)))


@router.get("/courses/{course}/terms", response=list[CourseTermOut], auth=None)
def list_terms(request: HttpRequest, course: str) -> list[dict[str, Any]]:
    """Newest first, at most 100; those in preparation for the association only."""
    found = or_404(queries.course_for(course))
    inside = permissions.can_edit(request.user, found)
    rows = queries.terms_of(request.user, found, inside=inside).select_related("course").prefetch_related("sessions")
    return [term_out(one) for one in rows[:MOST]]


@router.post("/courses/{course}/terms", response={201: CourseTermOut})
def new_term(request: HttpRequest, course: str, given: CourseTermIn) -> Status[dict[str, Any]]:
    found = or_404(queries.course_for(course))
    made = create_term(course_id=found.pk, actor=cast(User, request.user), values=given.dict())
    return Status(201, term_out(or_404(queries.term_for(made.slug))))
