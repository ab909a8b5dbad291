"""Calendars to subscribe to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yinxian.kernel.http import or_404, signed_in
from yinxian.network.models import Organisation

from .. import calendars
from ..asked import actor, term_at
from ..operations.calendars import renew_calendar
from ..queries.courses import course_for


def _answer(content: bytes, name: str, *, secret: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=calendars.TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store" if secret else "public, max-age=300"
    if secret:
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def term(request: HttpRequest, term: str) -> HttpResponse:
    return _answer(calendars.of_term(term_at(request, term)), term)


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    return _answer(calendars.of_course(or_404(course_for(course))), course)


@require_safe
def association(request: HttpRequest, association: str) -> HttpResponse:
    found = get_object_or_404(Organisation, slug=association, kind=Organisation.Kind.ASSOCIATION)
    return _answer(calendars.of_association(found), association)


@require_safe
def person(request: HttpRequest, person: str, token: str) -> HttpResponse:
    """By the secret address only, so that a calendar program can read it; who has it sees where the person will be."""
    return _answer(calendars.of_person(or_404(calendars.person_at(person, token))), "yinxian", secret=True)


@signed_in
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    renew_calendar(actor=actor(request))
    messages.success(request, _("换了新地址，旧的不能用了；请在日历里重新订阅。"))
    return redirect("training:home")
