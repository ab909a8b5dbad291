"""Internships: mine as a trainee, mine as a mentor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import ManagerProfile

from ..asked import actor
from ..forms.courses import ReasonForm
from ..forms.internships import AnswerForm, AskForm, SignForm, WeekForm
from ..models import Internship
from ..operations import internships as operations
from ..queries import internships as queries

State = Internship.State


@signed_in
@require_GET
def internships(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.internships_of(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "training/internships.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None, user=actor(request), initial={"mentor": request.GET.get("mentor", "")[:16]})
    if request.method == "POST" and form.is_valid():
        mentor = ManagerProfile.objects.get(slug=form.cleaned_data["mentor"])
        aim = form.cleaned_data["aim"]
        made = attempt(form, operations.ask_for_internship, mentor_id=mentor.user_id, actor=actor(request), aim=aim)
        if made:
            messages.success(request, _("已经送到，等他答复。"))
            return redirect("training:internship", made.slug)
    return render(request, "training/internship_ask.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_GET
def internship(request: HttpRequest, internship: str) -> HttpResponse:
    return _page(request, or_404(queries.internship_for(request.user, internship)))


def _page(request: HttpRequest, found: Internship, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = actor(request)
    mentor = found.mentor_id == user.pk
    notes = list(found.notes.all())
    noted = sum(note.hours for note in notes)
    context: dict[str, Any] = {
        "internship": found,
        "mentor": mentor,
        "field": Field(found.deal.need.field).label if found.deal else "",
        "reads_deal": queries.reads_deal(user, found),
        "notes": notes,
        "noted": noted,
        "open": found.state in Internship.OPEN,
    }
    if mentor and found.state == State.ASKED:
        context["answer_form"] = AnswerForm(user=user)
    if mentor and found.state == State.RUNNING:
        context["sign_form"] = SignForm(initial={"hours": noted or None})
    if not mentor and found.state == State.RUNNING:
        context["week_form"] = WeekForm(initial={"week": clock.today()})
    if context["open"]:
        context["stop_form"] = ReasonForm()
    return render(request, "training/internship.html", context | forms, status=status)


@signed_in
@require_POST
def answer(request: HttpRequest, internship: str) -> HttpResponse:
    """Accept on a deal, or decline with a word."""
    found, user = or_404(queries.internship_for(request.user, internship)), actor(request)
    form = AnswerForm(request.POST, user=user)
    if form.is_valid():
        given = form.cleaned_data
        accepts = request.POST.get("answer_is") != "decline"
        if accepts:
            made = attempt(
                form,
                operations.accept_internship,
                internship_id=found.pk,
                actor=user,
                deal=given["deal"],
                answer=given["answer"],
            )
        else:
            made = attempt(
                form, operations.decline_internship, internship_id=found.pk, actor=user, answer=given["answer"]
            )
        if made:
            messages.success(request, _("已答复。"))
            return redirect("training:internship", internship)
    return _page(request, found, answer_form=form, status=422)


@signed_in
@require_POST
def week(request: HttpRequest, internship: str) -> HttpResponse:
    found, form = or_404(queries.internship_for(request.user, internship)), WeekForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, operations.write_week, internship_id=found.pk, actor=actor(request), **given):
            messages.success(request, _("这一周记下了。"))
            return redirect("training:internship", internship)
    return _page(request, found, week_form=form, status=422)


@signed_in
@require_POST
def sign(request: HttpRequest, internship: str) -> HttpResponse:
    found, form = or_404(queries.internship_for(request.user, internship)), SignForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, operations.sign_internship, internship_id=found.pk, actor=actor(request), **given):
            messages.success(request, _("已签认，合格的天数已经记上。"))
            return redirect("training:internship", internship)
    return _page(request, found, sign_form=form, status=422)


@signed_in
@require_POST
def stop(request: HttpRequest, internship: str) -> HttpResponse:
    found, form = or_404(queries.internship_for(request.user, internship)), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(
        form, operations.stop_internship, internship_id=found.pk, actor=actor(request), reason=reason
    ):
        messages.success(request, _("已中止。"))
        return redirect("training:internship", internship)
    return _page(request, found, stop_form=form, status=422)
