"""A candidate's exams: what there is, the sitting, one question at a time, the result, appeals."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Refusal
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from ..confirming import confirm
from ..forms.answers import answer_form
from ..forms.exams import AppealForm
from ..models import PaperItem, Sitting
from ..operations import grading as grading_operations
from ..operations import sittings as operations
from ..operations.closing import close_overdue
from ..pictures import bars
from ..queries.desk import kept_by, to_grade, window_at
from ..queries.sittings import content_of, outcome_of, own_sitting, paper_of, sittings_of, windows_to_register
from .device import device_of, is_here
from .words import answer_in_words, key_in_words, lines_in_words, modules_in_words, points

State = Sitting.State
MOVED = ("exams.time_over", "exams.other_device", "exams.handed_in", "exams.not_running")


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "sittings": _with_results(sittings_of(user)[:50]),
        "windows": windows_to_register(user),
        "kept": kept_by(user),
        "to_grade": to_grade(user).count(),
        "now": clock.now(),
    }
    return render(request, "exams/mine.html", context)


def _with_results(sittings: Any) -> list[tuple[Sitting, Any]]:
    return [(one, one.results.order_by("-number").first() if one.state == State.RELEASED else None) for one in sittings]


@signed_in
@require_POST
def register(request: HttpRequest, window: str) -> HttpResponse:
    found = or_404(window_at(window))
    made = operations.register(window_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("已报名。到时间在这里开考，开考后按服务器的时钟计时。"))
    return redirect("exams:sitting", made.slug)


def _own(request: HttpRequest, slug: str) -> Sitting:
    """The person's sitting; one whose time is over is handed in first."""
    found = or_404(own_sitting(request.user, slug))
    if found.state == State.RUNNING and found.ends_at and clock.now() >= found.ends_at:
        close_overdue(window_id=found.window_id)
        found = or_404(own_sitting(request.user, slug))
    return found


@signed_in
@require_GET
def sitting(request: HttpRequest, sitting: str) -> HttpResponse:
    return _sitting_page(request, _own(request, sitting))


def _sitting_page(request: HttpRequest, found: Sitting, *, wrong: str = "", status: int = 200) -> HttpResponse:
    device_of(request)
    here = is_here(request, found)
    items = list(paper_of(found)) if found.state == State.RUNNING and here else []
    window = found.window
    context = {
        "sitting": found,
        "here": here,
        "items": [(item.number, bool(content_of(item))) for item in items],
        "answered": sum(bool(content_of(item)) for item in items),
        "may_start": found.state == State.REGISTERED and window.opens_at <= clock.now() < window.closes_at,
        "now": clock.now(),
        "wrong": wrong,
    }
    return render(request, "exams/sitting.html", context, status=status)


@signed_in
@require_POST
def start(request: HttpRequest, sitting: str) -> HttpResponse:
    found = _own(request, sitting)
    operations.start(sitting_id=found.pk, actor=cast(User, request.user), device=device_of(request))
    return redirect("exams:question_of", sitting, 1)


@signed_in
@require_POST
def withdraw(request: HttpRequest, sitting: str) -> HttpResponse:
    operations.withdraw(sitting_id=_own(request, sitting).pk, actor=cast(User, request.user))
    messages.success(request, _("已退考，名额让给别人了。"))
    return redirect("exams:mine")


@signed_in
@require_POST
def submit(request: HttpRequest, sitting: str) -> HttpResponse:
    found = _own(request, sitting)
    try:
        operations.submit(sitting_id=found.pk, actor=cast(User, request.user), device=device_of(request))
    except Conflict as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("已交卷。成绩公布后会通知您。"))
    return redirect("exams:sitting", sitting)


@signed_in
@require_POST
def take_over(request: HttpRequest, sitting: str) -> HttpResponse:
    found = _own(request, sitting)
    try:
        confirm(request, request.POST.get("password", "")[:500])
    except Forbidden as refusal:
        return _sitting_page(request, found, wrong=refusal.sentence, status=422)
    operations.take_over(sitting_id=found.pk, actor=cast(User, request.user), device=device_of(request))
    messages.success(request, _("现在由这台设备作答；另一台不能再改。已记入日志。"))
    return redirect("exams:sitting", sitting)


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, sitting: str, number: int) -> HttpResponse:
    found = _own(request, sitting)
    saves_itself = request.headers.get("X-Autosave") == "1"
    if found.state != State.RUNNING or (request.method == "GET" and not is_here(request, found)):
        refusal = Conflict("exams.handed_in" if found.state != State.RUNNING else "exams.other_device")
        return _moved(request, sitting, refusal, saves_itself) if request.method == "POST" else _back(sitting)
    item = or_404(paper_of(found).filter(number=number).first())
    form = answer_form(item, content_of(item), request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        done = form.is_valid()
        if done:
            try:
                saved = operations.save_answers(
                    sitting_id=found.pk,
                    actor=cast(User, request.user),
                    device=device_of(request),
                    answers={number: form.answer()},
                )
            except Refusal as refusal:
                if refusal.code in MOVED:
                    return _moved(request, sitting, refusal, saves_itself)
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
                done, status = False, refusal.status
        if saves_itself:
            return _told(saved[number], form) if done else _told(None, form)
        if done:
            return _go_on(request, found, number)
        status = status if status != 200 else 422
    return _question_page(request, found, item, form, status)


def _back(sitting: str) -> HttpResponse:
    return redirect("exams:sitting", sitting)


def _moved(request: HttpRequest, sitting: str, refusal: Refusal, saves_itself: bool) -> HttpResponse:
    """The sitting is not here any more: say so, and show where it is."""
    if saves_itself:
        return JsonResponse(
            {"code": refusal.code, "message": refusal.sentence, "next": reverse("exams:sitting", args=[sitting])},
            status=refusal.status,
        )
    messages.error(request, refusal.sentence)
    return _back(sitting)


def _told(saved: Any, form: Any) -> JsonResponse:
    if saved is None:
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"message": " ".join(wrong)}, status=422)
    return JsonResponse({"message": _("已保存 %(at)s") % {"at": f"{saved.astimezone(clock.SHANGHAI):%H:%M:%S}"}})


def _go_on(request: HttpRequest, found: Sitting, number: int) -> HttpResponse:
    last = found.items.count()
    target = {"previous": number - 1, "next": number + 1}.get(request.POST.get("go", ""), number)
    if target > last or request.POST.get("go") == "overview":
        return _back(found.slug)
    return redirect("exams:question_of", found.slug, max(1, target))


def _question_page(request: HttpRequest, found: Sitting, item: PaperItem, form: Any, status: int) -> HttpResponse:
    states = [(one.number, bool(content_of(one))) for one in paper_of(found)]
    context = {
        "sitting": found,
        "item": item,
        "form": form,
        "kind": item.version.question.kind,
        "items": states,
        "last": len(states),
        "answered": sum(answered for _, answered in states),
        "now": clock.now(),
    }
    return render(request, "exams/question.html", context, status=status)


@signed_in
@require_GET
def result(request: HttpRequest, sitting: str) -> HttpResponse:
    return _result_page(request, sitting, AppealForm(), 0)


def _result_page(request: HttpRequest, slug: str, form: AppealForm, wrong: int, status: int = 200) -> HttpResponse:
    found = _own(request, slug)
    outcome = outcome_of(found)
    if outcome is None:
        return redirect("exams:sitting", slug)
    marked = [
        {
            "mark": mark,
            "got": points(mark.hundredths),
            "answer": answer_in_words(mark.item, mark.answer),
            "key": key_in_words(mark.item) if outcome.shows_keys else "",
            "lines": lines_in_words(mark) if outcome.shows_keys else [],
            "notes": [score for score in mark.scores if score.note],
        }
        for mark in outcome.items
    ]
    modules = modules_in_words(outcome.result.by_module)
    context = {
        "sitting": found,
        "outcome": outcome,
        "modules": modules,
        "picture": bars(
            _("各模块得分"),
            [(str(row["name"]), row["percent"]) for row in modules],
            found.window.blueprint.pass_bp // 100,
        ),
        "marked": marked,
        "form": form,
        "wrong": wrong,
        "pass_bp": found.window.blueprint.pass_bp,
    }
    return render(request, "exams/result.html", context, status=status)


@signed_in
@require_POST
def appeal(request: HttpRequest, sitting: str, number: int) -> HttpResponse:
    found = _own(request, sitting)
    item = or_404(found.items.filter(number=number).first())
    form = AppealForm(request.POST)
    if form.is_valid():
        made = attempt(
            form,
            grading_operations.ask_appeal,
            item_id=item.pk,
            actor=cast(User, request.user),
            reason=form.cleaned_data["reason"],
        )
        if made:
            messages.success(request, _("已提交复核，由没有阅过这一题的人来定，定了会通知您。"))
            return redirect("exams:appeal", made.slug)
    return _result_page(request, sitting, form, number, status=422)
