"""The association's desk: courses, terms, meetings."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import Organisation

from .. import permissions
from ..asked import actor, own_term_at, session_at
from ..forms.courses import CourseForm, ReasonForm, SessionForm, TermForm
from ..models import Course, Term
from ..operations import courses, finishing, sessions, terms
from ..queries import courses as queries
from .terms import term_page

MOST_IN_FILE = 10_000


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Courses and terms of the association that the reader runs; where they run several, of the one chosen."""
    own = list(queries.runs(request.user))
    wanted = request.GET.get("association", "")
    found = next((one for one in own if one.slug == wanted), own[0] if own else None)
    if found is None:
        raise Http404
    rows = queries.terms_of_association(found, state=request.GET.get("state", ""), sort=request.GET.get("sort", ""))
    if fmt := request.GET.get("format", ""):
        columns = [
            _("课程名称"),
            _("班名"),
            _("开班"),
            _("结束"),
            _("状态"),
            _("名额"),
            _("已录取"),
            _("候补"),
            _("学费（元）"),
        ]
        return export((_row(one) for one in rows[:MOST_IN_FILE]), columns, _("班次"), fmt)
    context = {
        "association": found,
        "own": own,
        "courses": Course.objects.filter(association=found, retired_at=None),
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "states": Term.State.choices,
        "state": request.GET.get("state", ""),
    }
    return render(request, "training/desk.html", context)


def _row(one: Term) -> list[object]:
    return [
        one.course.shown_name,
        one.name,
        one.starts_on,
        one.ends_on,
        one.get_state_display(),
        one.seats,
        getattr(one, "taken", 0),
        getattr(one, "waiting", 0),
        yuan(one.fee_fen),
    ]


@signed_in
@require_http_methods(["GET", "POST"])
def new_course(request: HttpRequest, association: str) -> HttpResponse:
    found = get_object_or_404(Organisation, slug=association, kind=Organisation.Kind.ASSOCIATION)
    if not permissions.can_run(request.user, found):
        raise Http404
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, courses.create_course, association_id=found.pk, actor=actor(request), values=form.values())
        if made:
            messages.success(request, _("课程已建好，现在可以开班。"))
            return redirect("training:course", made.slug)
    context = {"association": found, "form": form}
    return render(request, "training/course_form.html", context, status=422 if form.errors else 200)


def _own_course(request: HttpRequest, slug: str) -> Course:
    found = or_404(queries.course_for(slug))
    if not permissions.can_edit(request.user, found):
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def edit_course(request: HttpRequest, course: str) -> HttpResponse:
    found = _own_course(request, course)
    form = CourseForm(request.POST or None, course=found)
    if request.method == "POST" and form.is_valid():
        edit = courses.edit_course
        if attempt(form, edit, course_id=found.pk, actor=actor(request), values=form.values()):
            messages.success(request, _("已保存；已经结业的班不受影响。"))
            return redirect("training:course", course)
    context = {"association": found.association, "course": found, "form": form}
    return render(request, "training/course_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def retire_course(request: HttpRequest, course: str) -> HttpResponse:
    found = _own_course(request, course)
    courses.retire_course(course_id=found.pk, actor=actor(request))
    messages.success(request, _("不再开新班；正在上的班照常。"))
    return redirect("training:course", course)


@signed_in
@require_http_methods(["GET", "POST"])
def new_term(request: HttpRequest, course: str) -> HttpResponse:
    found = _own_course(request, course)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, terms.create_term, course_id=found.pk, actor=actor(request), values=form.values())
        if made:
            messages.success(request, _("班已建好，先排课，再开放报名。"))
            return redirect("training:term", made.slug)
    context = {"course": found, "form": form}
    return render(request, "training/term_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_term(request: HttpRequest, term: str) -> HttpResponse:
    found = own_term_at(request, term)
    form = TermForm(request.POST or None, term=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, terms.edit_term, term_id=found.pk, actor=actor(request), values=form.values())
        if made:
            messages.success(request, _("已保存。"))
            return redirect("training:term", term)
    context = {"course": found.course, "term": found, "form": form}
    return render(request, "training/term_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def open_term(request: HttpRequest, term: str) -> HttpResponse:
    found = own_term_at(request, term)
    terms.open_term(term_id=found.pk, actor=actor(request))
    messages.success(request, _("开放报名了。"))
    return redirect("training:term", term)


@signed_in
@require_POST
def cancel_term(request: HttpRequest, term: str) -> HttpResponse:
    found, form = own_term_at(request, term), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, terms.cancel_term, term_id=found.pk, actor=actor(request), reason=reason):
        messages.success(request, _("已取消，报名的人都会收到通知。"))
        return redirect("training:term", term)
    return term_page(request, found, cancel_form=form, status=422)


@signed_in
@require_POST
def finish_term(request: HttpRequest, term: str) -> HttpResponse:
    found = own_term_at(request, term)
    finishing.finish_term(term_id=found.pk, actor=actor(request))
    messages.success(request, _("已结业：学完的人，课时已经记上。"))
    return redirect("training:people", term)


@signed_in
@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest, term: str) -> HttpResponse:
    found = own_term_at(request, term)
    form = SessionForm(request.POST or None, term=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, sessions.plan_session, term_id=found.pk, actor=actor(request), values=form.values())
        if made:
            messages.success(request, _("排好了一课。"))
            return redirect("training:term", term)
    context = {"term": found, "form": form}
    return render(request, "training/session_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_session(request: HttpRequest, session: str) -> HttpResponse:
    found = session_at(session)
    term = own_term_at(request, found.term.slug)
    form = SessionForm(request.POST or None, term=term, session=found)
    if request.method == "POST" and form.is_valid():
        change = sessions.change_session
        if attempt(form, change, session_id=found.pk, actor=actor(request), values=form.values()):
            messages.success(request, _("已改好；改了时间或地点的，会通知班里的人。"))
            return redirect("training:term", term.slug)
    context = {"term": term, "session": found, "form": form, "cancel_form": ReasonForm()}
    return render(request, "training/session_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def cancel_session(request: HttpRequest, session: str) -> HttpResponse:
    found, form = session_at(session), ReasonForm(request.POST)
    term = own_term_at(request, found.term.slug)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, sessions.cancel_session, session_id=found.pk, actor=actor(request), reason=reason):
        messages.success(request, _("这一课已取消，会通知班里的人。"))
        return redirect("training:term", term.slug)
    context = {
        "term": term,
        "session": found,
        "form": SessionForm(term=term, session=found),
        "cancel_form": form,
    }
    return render(request, "training/session_form.html", context, status=422)
