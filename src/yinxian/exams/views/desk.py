"""An association's exams: blueprints checked against the bank, windows, candidates, graders, statistics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.credentials.models import Module
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User
from yinxian.network.phones import plain_phone

from .. import permissions
from ..forms.exams import BlueprintForm, CandidateFilter, ExamForm, PersonForm, WindowForm
from ..models import Difficulty, Exam, Kind, Sitting, Window
from ..operations import exams as operations
from ..operations.closing import close_overdue
from ..operations.grading import release as release_window
from ..operations.sittings import register_person
from ..pictures import histogram, scatter
from ..queries.bank import bank_at
from ..queries.desk import appeals_for, exam_at, exams_of, graders_of, sittings_in, window_at, windows_of
from ..queries.statistics import DONE, of_papers
from ..rules.drawing import wants
from ..rules.statistics import FEW
from ..rules.statistics import histogram as tenths
from .bank import kept_association
from .words import statistics_in_words

PAGE = 50


@signed_in
@require_GET
def exams(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    context = {
        "association": home,
        "exams": [(exam, exam.blueprints.all()[0]) for exam in exams_of(home)],
        "page": Paginator(windows_of(home), 20).get_page(request.GET.get("page")),
        "graders": graders_of(home),
        "appeals": list(appeals_for(request.user).filter(state="asked")[:50]),
        "form": PersonForm(),
        "now": clock.now(),
    }
    return render(request, "exams/exams.html", context)


def _exam(request: HttpRequest, slug: str) -> Exam:
    found = or_404(exam_at(slug))
    if not permissions.keeps(request.user, found.association):
        raise Forbidden("exams.not_keeper")
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def new_exam(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    form = ExamForm(request.POST if request.method == "POST" else None, association=home)
    if request.method == "POST" and form.is_valid():
        actor = cast(User, request.user)
        made = attempt(form, operations.create_exam, association_id=home.pk, actor=actor, values=form.values())
        if made:
            messages.success(request, _("考试已建好。题库够了就能开一场。"))
            return redirect("exams:exam", made.slug)
    context = {"association": home, "form": form}
    return render(request, "exams/blueprint_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_blueprint(request: HttpRequest, exam: str) -> HttpResponse:
    found = _exam(request, exam)
    latest = found.blueprints.order_by("-number")[0]
    form = BlueprintForm(request.POST if request.method == "POST" else None, blueprint=latest)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.edit_blueprint,
            exam_id=found.pk,
            actor=cast(User, request.user),
            values=form.values(),
            based_on=form.cleaned_data["based_on"] or 0,
        )
        if made:
            messages.success(request, _("新的组卷方案用于以后开的场次；已开的仍按原来的版本。"))
            return redirect("exams:exam", exam)
    context = {"association": found.association, "exam": found, "form": form}
    return render(request, "exams/blueprint_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def exam(request: HttpRequest, exam: str) -> HttpResponse:
    return _exam_page(request, _exam(request, exam), WindowForm())


def _exam_page(request: HttpRequest, found: Exam, form: WindowForm, status: int = 200) -> HttpResponse:
    blueprints = list(found.blueprints.select_related("created_by"))
    asked = wants(blueprints[0].rows, bank_at(found.association_id))
    names = dict(Module.choices), dict(Kind.choices), {0: _("不限"), **dict(Difficulty.choices)}
    rows = [
        {
            "module": names[0][row["module"]],
            "kind": names[1][row["kind"]],
            "difficulty": names[2][row["difficulty"]],
            "count": row["count"],
            "points": row["points"],
            "have": want.have,
            "short": want.short,
        }
        for row, want in zip(blueprints[0].rows, asked, strict=True)
    ]
    context = {
        "exam": found,
        "association": found.association,
        "blueprint": blueprints[0],
        "blueprints": blueprints,
        "rows": rows,
        "missing": sum(want.short for want in asked),
        "windows": windows_of(found.association).filter(exam=found)[:20],
        "form": form,
        "now": clock.now(),
    }
    return render(request, "exams/exam.html", context, status=status)


@signed_in
@require_POST
def open_window(request: HttpRequest, exam: str) -> HttpResponse:
    found, form = _exam(request, exam), WindowForm(request.POST)
    if form.is_valid():
        actor = cast(User, request.user)
        made = attempt(form, operations.open_window, exam_id=found.pk, actor=actor, values=form.cleaned_data)
        if made:
            messages.success(request, _("已开放报名。"))
            return redirect("exams:window", made.slug)
    return _exam_page(request, found, form, status=422)


def _window(request: HttpRequest, slug: str) -> Window:
    found = or_404(window_at(slug))
    if not permissions.keeps(request.user, found.exam.association):
        raise Forbidden("exams.not_keeper")
    return found


@signed_in
@require_GET
def window(request: HttpRequest, window: str) -> HttpResponse:
    found = _window(request, window)
    close_overdue(window_id=found.pk)
    asked = CandidateFilter(request.GET)
    asked.is_valid()
    rows = sittings_in(found, asked.cleaned_data)
    if fmt := request.GET.get("export"):
        columns = [_("编号"), _("姓名"), _("状态"), _("开考"), _("交卷"), _("得分（%）"), _("及格")]
        return export(map(_cells, rows), columns, _("成绩"), fmt)
    return _window_page(request, found, asked, PersonForm())


def _cells(one: Any) -> list[Any]:
    share = None if one.score_bp is None else Decimal(one.score_bp).scaleb(-2)
    state = one.get_state_display()
    return [one.slug, one.user.shown_name, state, one.started_at, one.submitted_at, share, one.passed]


def _window_page(
    request: HttpRequest, found: Window, asked: CandidateFilter, form: PersonForm, status: int = 200
) -> HttpResponse:
    asked.is_valid()
    counted = windows_of(found.exam.association).get(pk=found.pk)
    context = {
        "window": counted,
        "association": found.exam.association,
        "asked": asked,
        "page": Paginator(sittings_in(found, asked.cleaned_data), PAGE).get_page(request.GET.get("page")),
        "form": form,
        "now": clock.now(),
        "over": clock.now() >= found.closes_at,
        "picture": _results_picture(found),
    }
    return render(request, "exams/window.html", context, status=status)


def _results_picture(found: Window) -> Any:
    rows: Any = sittings_in(found, {})
    shares = [one.score_bp for one in rows if one.score_bp is not None]
    if not shares:
        return ""
    percent = found.blueprint.pass_bp // 100
    title = _("%(count)s 份成绩的分布") % {"count": len(shares)}
    return histogram(title, tenths(shares), percent, (_("及格线 %(percent)s") % {"percent": percent}, _("得分（%）")))


@signed_in
@require_POST
def add_candidate(request: HttpRequest, window: str) -> HttpResponse:
    found, form = _window(request, window), PersonForm(request.POST)
    if form.is_valid():
        user = User.objects.filter(phone=plain_phone(form.cleaned_data["phone"])).first()
        if user is None:
            form.add_error("phone", _("没有用这个手机号注册的人。请本人先注册，再来登记。"))
        else:
            actor = cast(User, request.user)
            if attempt(form, register_person, window_id=found.pk, actor=actor, user_id=user.pk):
                messages.success(request, _("已为 %(name)s 报名。") % {"name": user.shown_name})
                return redirect("exams:window", window)
    return _window_page(request, found, CandidateFilter({}), form, status=422)


@signed_in
@require_POST
def release(request: HttpRequest, window: str) -> HttpResponse:
    release_window(window_id=_window(request, window).pk, actor=cast(User, request.user))
    messages.success(request, _("成绩已公布，考生会收到通知。"))
    return redirect("exams:window", window)


@signed_in
@require_POST
def cancel(request: HttpRequest, window: str) -> HttpResponse:
    operations.cancel_window(window_id=_window(request, window).pk, actor=cast(User, request.user))
    messages.success(request, _("这一场已取消，报了名的人会收到通知。"))
    return redirect("exams:window", window)


@signed_in
@require_POST
def appoint(request: HttpRequest, association: str) -> HttpResponse:
    home, form = kept_association(request, association), PersonForm(request.POST)
    phone = plain_phone(form.data.get("phone", "")[:30])
    user = User.objects.filter(phone=phone).first() if form.is_valid() else None
    if user is None:
        messages.error(request, _("没有用这个手机号注册的人。没有改动；请本人先注册。"))
    else:
        operations.appoint_grader(association_id=home.pk, actor=cast(User, request.user), user_id=user.pk)
        messages.success(request, _("已请 %(name)s 阅卷。") % {"name": user.shown_name})
    return redirect("exams:exams", association)


@signed_in
@require_POST
def dismiss(request: HttpRequest, association: str, grader: int) -> HttpResponse:
    home = kept_association(request, association)
    found = or_404(graders_of(home).filter(pk=grader).first())
    operations.end_grader(grader_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("不再请这位阅卷；阅过的都保留。"))
    return redirect("exams:exams", association)


@signed_in
@require_GET
def statistics(request: HttpRequest, exam: str) -> HttpResponse:
    """Of the whole exam, or of one window of it (?window=)."""
    found = _exam(request, exam)
    chosen = Window.objects.filter(exam=found, slug=request.GET.get("window", "")[:16]).first()
    papers = Sitting.objects.filter(window__exam=found, **({"window": chosen} if chosen else {}))
    rows = of_papers(papers)
    if fmt := request.GET.get("export"):
        columns = [_("题"), _("版"), _("题型"), _("份数"), _("难度 p"), _("区分度 r"), _("高低组差 D"), _("题干")]
        return export(map(_statistics_cells, rows), columns, _("题目统计"), fmt)
    dots = [
        (
            str(row.version.question),
            row.found.difficulty,
            row.found.discrimination,
            reverse("exams:question", args=[row.version.question.slug]),
        )
        for row in rows
        if row.found.discrimination is not None
    ]
    count = papers.filter(state__in=DONE).count()
    context = {
        "exam": found,
        "association": found.association,
        "chosen": chosen,
        "windows": found.windows.all()[:50],
        "rows": [statistics_in_words(row) for row in rows],
        "count": count,
        "few": count < FEW,
        "FEW": FEW,
        "picture": scatter(_("题目的难度和区分度"), dots, (_("难度 p"), _("区分度 r")), (-0.5, 1.0)) if dots else "",
    }
    return render(request, "exams/statistics.html", context)


def _statistics_cells(row: Any) -> list[Any]:
    def cell(value: float | None) -> Any:
        return None if value is None else Decimal(f"{value:.3f}")

    version, found = row.version, row.found
    figures = [cell(found.difficulty), cell(found.discrimination), cell(found.upper_lower)]
    kind = version.question.get_kind_display()
    return [str(version.question), version.number, kind, found.n, *figures, version.shown_text]
