"""An association's question bank: for its keepers only, because the keys are in it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import uploads
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.bank import BankFilter, ImportForm, QuestionForm
from ..models import Kind, QuestionVersion, Sitting
from ..operations import bank as operations
from ..operations.importing import import_questions, take_starter
from ..queries.bank import search_bank
from ..queries.desk import visible_question
from ..queries.statistics import of_papers
from ..rules.exchange import COLUMNS, to_json, to_row
from .words import key_of, statistics_in_words

PAGE = 30


def kept_association(request: HttpRequest, slug: str) -> Organisation:
    """The association whose bank the person keeps; for everybody else Forbidden."""
    found = get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)
    if not permissions.keeps(request.user, found):
        raise Forbidden("exams.not_keeper")
    return found


def values_of(version: QuestionVersion) -> dict[str, Any]:
    """A version as files carry it."""
    names = ("difficulty", "tags", "text", "text_en", "options", "key", "explanation", "explanation_en")
    values = {name: getattr(version, name) for name in (*names, "article", "article_en")}
    question = version.question
    return values | {"code": question.code or question.slug, "module": question.module, "kind": question.kind}


@signed_in
@require_GET
def bank(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    form = BankFilter(request.GET)
    form.is_valid()
    found = search_bank(home, form.cleaned_data)
    if fmt := request.GET.get("export"):
        if fmt == "json":
            response = HttpResponse(to_json([values_of(one) for one in found]), content_type="application/json")
            response["Content-Disposition"] = 'attachment; filename="questions.json"'
            return response
        return export((to_row(values_of(one)) for one in found), COLUMNS, _("题库"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"association": home, "form": form, "page": page, "kinds": Kind.choices}
    return render(request, "exams/bank.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_question(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    asked = request.GET.get("kind", "")
    kind = asked if asked in Kind.values else Kind.SINGLE.value
    form = QuestionForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        actor = cast(User, request.user)
        made = attempt(form, operations.write_question, association_id=home.pk, actor=actor, values=form.values())
        if made:
            messages.success(request, _("题目存为草稿，请同事审过才会出到卷上。"))
            return redirect("exams:question", made.question.slug)
    wrong = request.method == "POST"
    context = {"association": home, "form": form, "kind": kind, "kinds": Kind.choices}
    return render(request, "exams/question_form.html", context, status=422 if wrong else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        done = attempt(
            form,
            _read_in,
            home.pk,
            cast(User, request.user),
            file,
        )
        if done:
            said = _("新增 %(added)s 题，改动 %(changed)s 题，%(same)s 题没有变。新的和改的都是草稿，等人审。")
            messages.success(request, said % vars(done))
            return redirect("exams:bank", association)
    context = {"association": home, "form": form, "columns": COLUMNS}
    return render(request, "exams/import.html", context, status=422 if form.errors else 200)


def _read_in(association_id: int, actor: User, file: Any) -> Any:
    name = uploads.check(file).name
    return import_questions(association_id=association_id, actor=actor, data=file.read(), file_name=name)


@signed_in
@require_POST
def starter(request: HttpRequest, association: str) -> HttpResponse:
    home = kept_association(request, association)
    count = take_starter(association_id=home.pk, actor=cast(User, request.user))
    if count:
        messages.success(request, _("已放入 %(count)s 道自带的题，都已审过。") % {"count": count})
    else:
        messages.info(request, _("自带的题都在题库里了，没有改动。"))
    return redirect("exams:bank", association)


@signed_in
@require_GET
def question(request: HttpRequest, question: str) -> HttpResponse:
    versions = list(visible_question(request.user, question))
    latest = or_404(versions[0] if versions else None)
    answered = Sitting.objects.filter(items__version__question=latest.question).distinct()
    rows = [row for row in of_papers(answered) if row.version.question_id == latest.question_id]
    context = {
        "version": latest,
        "question": latest.question,
        "association": latest.question.association,
        "versions": versions,
        "key": key_of(latest),
        "right": latest.key.get("right", []),
        "options": list(latest.option_texts().items()),
        "statistics": [statistics_in_words(row) for row in rows],
        "may_review": latest.state == QuestionVersion.State.DRAFT and latest.written_by != request.user,
        "own": latest.written_by == request.user,
    }
    return render(request, "exams/bank_question.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_question(request: HttpRequest, question: str) -> HttpResponse:
    latest = or_404(visible_question(request.user, question).first())
    kind = latest.question.kind
    form = QuestionForm(request.POST if request.method == "POST" else None, kind=kind, version=latest)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            operations.edit_question,
            question_id=latest.question_id,
            actor=cast(User, request.user),
            values=form.values(),
            based_on=form.cleaned_data["based_on"] or 0,
        )
        if made:
            messages.success(request, _("存为第 %(number)s 版，请同事审。已经出过的卷不变。") % {"number": made.number})
            return redirect("exams:question", question)
    wrong = request.method == "POST"
    context = {"association": latest.question.association, "form": form, "kind": kind, "question": latest.question}
    return render(request, "exams/question_form.html", context, status=422 if wrong else 200)


@signed_in
@require_POST
def review_question(request: HttpRequest, question: str) -> HttpResponse:
    latest = or_404(visible_question(request.user, question).first())
    given = request.POST.get("version", "")
    number = int(given) if given.isdecimal() and len(given) < 7 else 0
    operations.review_question(question_id=latest.question_id, actor=cast(User, request.user), version=number)
    messages.success(request, _("已审，从现在起可以出到卷上。"))
    return redirect("exams:question", question)


@signed_in
@require_POST
def retire_question(request: HttpRequest, question: str) -> HttpResponse:
    latest = or_404(visible_question(request.user, question).first())
    operations.retire_question(question_id=latest.question_id, actor=cast(User, request.user))
    messages.success(request, _("已停用，不再出到新卷上；已经出过的卷不变。"))
    return redirect("exams:question", question)
