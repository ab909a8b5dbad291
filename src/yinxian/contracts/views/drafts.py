"""The clause check in the browser: hand a draft in, read what was found beside it, take the report away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import operations
from ..documents.word import DOCX
from ..forms.drafts import DraftForm
from ..queries import contracts as contracts_queries
from ..queries import drafts as queries
from .files import as_file

PAGE = 25
SORTS = {"when": "created_at", "name": "name", "count": "count", "kind": "kind"}


@require_safe
@signed_in
def drafts(request: HttpRequest) -> HttpResponse:
    found = queries.visible_to(request.user)
    if asked := request.GET.get("q", "").strip()[:100]:
        found = found.filter(name__icontains=asked)
    sort = request.GET.get("sort", "-when")
    if sort.lstrip("-") in SORTS:
        found = found.order_by(("-" if sort.startswith("-") else "") + SORTS[sort.lstrip("-")], "-pk")
    if "export" in request.GET:
        columns = [_("名称"), _("类别"), _("来源"), _("要看的"), _("查于")]
        rows = (
            (row.name, queries.kind_name(row.kind), row.get_source_display(), row.count, row.created_at)
            for row in found
        )
        return export(rows, columns, _("查过的草稿"), request.GET["export"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows_shown = [{"draft": row, "kind": queries.kind_name(row.kind)} for row in page]
    return render(request, "contracts/drafts.html", {"page": page, "rows": rows_shown, "q": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_draft(request: HttpRequest) -> HttpResponse:
    actor: Any = request.user
    sent = request.method == "POST"
    form = DraftForm(request.POST if sent else None, request.FILES if sent else None)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read"]
        made = attempt(
            form,
            operations.check_draft,
            actor=actor,
            words=read.text,
            name=form.cleaned_data["name"],
            source=read.source,
            notes=read.notes,
        )
        if made:
            return redirect("contracts:draft", made.slug)
    return render(request, "contracts/new_draft.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@signed_in
def draft(request: HttpRequest, draft: str) -> HttpResponse:
    found = or_404(queries.find(request.user, draft))
    findings = queries.told(found)
    context = {
        "draft": found,
        "kind": queries.kind_name(found.kind),
        "findings": findings,
        "worst": sum(1 for one in findings if one["severity"] == 3),
        "lines": list(queries.lines_of(found, findings)),
        "notes": queries.notes_of(found.result["notes"]),
        "reminders": queries.reminders_of(found),
    }
    return render(request, "contracts/draft.html", context)


@require_safe
@signed_in
def draft_report(request: HttpRequest, draft: str) -> HttpResponse:
    found = or_404(queries.find(request.user, draft))
    return as_file(queries.word_report(found), DOCX, f"{found.name} {_('条款检查')}.docx")


@require_POST
@signed_in
def forget_draft(request: HttpRequest, draft: str) -> HttpResponse:
    actor: Any = request.user
    operations.forget_draft(draft_id=or_404(queries.find(request.user, draft)).pk, actor=actor)
    messages.success(request, _("草稿已删除。"))
    return redirect("contracts:drafts")


@require_POST
@signed_in
def check_contract(request: HttpRequest, contract: str) -> HttpResponse:
    actor: Any = request.user
    found = or_404(contracts_queries.find(request.user, contract))
    made = operations.check_contract(contract_id=found.pk, actor=actor)
    return redirect("contracts:draft", made.slug)
