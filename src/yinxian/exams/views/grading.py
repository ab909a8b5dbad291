"""Graders and those who answer appeals: no candidate's name is shown before the decision."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from .. import permissions
from ..forms.exams import DecideForm, GradeForm, VoidForm
from ..models import Appeal
from ..operations import grading as operations
from ..operations.voiding import void_item
from ..queries.desk import item_to_grade, papers_with, to_grade, visible_appeal
from ..queries.sittings import content_of
from ..rules.scoring import final
from .words import answer_in_words, key_of, points

SHOWN = 100


@signed_in
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    waiting = to_grade(request.user)
    context = {
        "items": waiting[:SHOWN],
        "count": waiting.count(),
        "appointed": bool(permissions.grades_for(request.user)),
    }
    return render(request, "exams/queue.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, paperitem: int) -> HttpResponse:
    item = or_404(item_to_grade(request.user, paperitem))
    form = GradeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor, note = cast(User, request.user), form.cleaned_data["note"]
        hundredths = form.hundredths()
        if attempt(form, operations.grade, item_id=item.pk, actor=actor, hundredths=hundredths, note=note):
            messages.success(request, _("已记下。"))
            following = to_grade(request.user).first()
            return redirect("exams:grade", following.pk) if following else redirect("exams:queue")
    context = {
        "item": item,
        "answer": content_of(item).get("text", ""),
        "guide": key_of(item.version),
        "form": form,
    }
    return render(request, "exams/grade.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def appeal(request: HttpRequest, appeal: str) -> HttpResponse:
    return _appeal_page(request, appeal, DecideForm())


def _appeal_page(
    request: HttpRequest, slug: str, form: DecideForm, status: int = 200, void_form: VoidForm | None = None
) -> HttpResponse:
    found = or_404(visible_appeal(request.user, slug))
    item = found.item
    own = permissions.sits(request.user, item.sitting)
    keeps = permissions.keeps(request.user, item.sitting.window.exam.association) and not own
    graded = item.scores.filter(grader=cast(User, request.user)).exists()
    scores = list(item.scores.select_related("grader"))
    context = {
        "appeal": found,
        "item": item,
        "own": own,
        "keeps": keeps,
        "decides": keeps and not graded and found.state == Appeal.State.ASKED,
        "graded": graded,
        "answer": answer_in_words(item, content_of(item)),
        "key": key_of(item.version, item.order) if keeps else "",
        "scores": [{"score": score, "points": points(score.hundredths)} for score in scores],
        "now_has": points(final({score.by: score.hundredths for score in scores}) or 0),
        "form": form,
        "void_form": void_form or VoidForm(prefix="void"),
        "papers": papers_with(item) if keeps else 0,
    }
    return render(request, "exams/appeal.html", context, status=status)


@signed_in
@require_POST
def void(request: HttpRequest, appeal: str) -> HttpResponse:
    """The question is faulty: all points to everybody who had it in this window."""
    found, form = or_404(visible_appeal(request.user, appeal)), VoidForm(request.POST, prefix="void")
    if form.is_valid():
        actor, answer = cast(User, request.user), form.cleaned_data["answer"]
        if attempt(form, void_item, appeal_id=found.pk, actor=actor, answer=answer):
            messages.success(request, _("这道题已作废：这一场里每个考到它的人都给满分，成绩重新算过，已通知他们。"))
            return redirect("exams:appeal", appeal)
    return _appeal_page(request, appeal, DecideForm(), status=422, void_form=form)


@signed_in
@require_POST
def decide(request: HttpRequest, appeal: str) -> HttpResponse:
    found, form = or_404(visible_appeal(request.user, appeal)), DecideForm(request.POST)
    if form.is_valid():
        made = attempt(
            form,
            operations.decide_appeal,
            appeal_id=found.pk,
            actor=cast(User, request.user),
            answer=form.cleaned_data["answer"],
            hundredths=form.hundredths(),
        )
        if made:
            messages.success(request, _("已答复考生。"))
            return redirect("exams:appeal", appeal)
    return _appeal_page(request, appeal, form, status=422)
