"""A term: its meetings, a seat in it, its material."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinxian.kernel import clock
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import permissions
from ..asked import actor, term_at
from ..forms.courses import FileForm, ReasonForm
from ..models import Enrolment, Term
from ..operations import enrolments as operations
from ..operations.terms import add_file as keep_file
from ..queries.courses import sessions_of
from ..queries.learning import enrolment_in, own_attendance, place_in_line
from .catalogue import modules_of

State = Enrolment.State


@require_GET
def term(request: HttpRequest, term: str) -> HttpResponse:
    return term_page(request, term_at(request, term))


def term_page(
    request: HttpRequest,
    found: Term,
    *,
    file_form: FileForm | None = None,
    cancel_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was refused where there is one."""
    mine = enrolment_in(request.user, found)
    calls, edits = permissions.can_call_the_roll(request.user, found), permissions.can_edit(request.user, found.course)
    inside = calls or (mine is not None and mine.state in Enrolment.IN)
    marks = own_attendance(mine) if mine else {}
    sessions = list(sessions_of(found))
    context: dict[str, Any] = {
        "term": found,
        "course": found.course,
        "modules": modules_of(found.course),
        "sessions": [{"session": one, "mark": marks.get(one.pk)} for one in sessions],
        "mine": mine,
        "line": place_in_line(mine) if mine and mine.state == State.WAITING else 0,
        "calls": calls,
        "edits": edits,
        "inside": inside,
        "teaches": permissions.teaches(request.user, found),
        "enrols": found.state == Term.State.OPEN and found.ends_on >= clock.today(),
        "over": bool(sessions) and all(one.cancelled_at or one.ends_at <= clock.now() for one in sessions),
        "files": found.files.all() if inside else [],
        "file_form": file_form or FileForm(),
        "cancel_form": cancel_form or ReasonForm(),
        "now": clock.now(),
    }
    return render(request, "training/term.html", context, status=status)


@signed_in
@require_POST
def enrol(request: HttpRequest, term: str) -> HttpResponse:
    """A seat or a place on the waiting list; the page says which."""
    found = term_at(request, term)
    made = operations.enrol(term_id=found.pk, actor=actor(request))
    if made.state == State.WAITING:
        place = place_in_line(made)
        messages.info(
            request, _("名额满了，您排在候补第 %(place)s 位；有人退出就自动补上，并通知您。") % {"place": place}
        )
    else:
        messages.success(request, _("报上了，名额给您留着。"))
    return redirect("training:term", term)


@signed_in
@require_POST
def give_up(request: HttpRequest, term: str) -> HttpResponse:
    found = term_at(request, term)
    mine = enrolment_in(request.user, found)
    if mine is not None:
        operations.give_up(enrolment_id=mine.pk, actor=actor(request))
        messages.success(request, _("已退出，名额让给了排在前面的候补。"))
    return redirect("training:term", term)


@signed_in
@require_POST
def add_file(request: HttpRequest, term: str) -> HttpResponse:
    found = term_at(request, term)
    if not permissions.can_call_the_roll(request.user, found):
        raise Http404
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        made = attempt(form, keep_file, term_id=found.pk, actor=actor(request), upload=form.cleaned_data["file"])
        if made:
            messages.success(request, _("资料已经放好，学员能下载了。"))
            return redirect("training:term", term)
    return term_page(request, found, file_form=form, status=422)


@signed_in
@require_GET
def term_file(request: HttpRequest, term: str, termfile: str) -> FileResponse:
    """For those in the term, its teachers and the association."""
    found = term_at(request, term)
    if not permissions.can_call_the_roll(request.user, found) and not permissions.is_in(request.user, found):
        raise Http404
    kept = or_404(found.files.filter(slug=termfile).first())
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
