"""Pages of a need's brief: editing, versions, the file that the words came in."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import permissions
from ..drafting import is_configured
from ..forms.briefs import AskSignOffForm, BriefForm, BriefIndicatorForm, IndicatorRows, typed_rows
from ..forms.rows import OPS
from ..http import SignedIn
from ..intake import make_brief
from ..intake.asks import MISSING, sentence_of
from ..intake.differences import compare_briefs
from ..intake.signs import FOLLOW_UP, KINDS
from ..models import Brief, Need
from ..operations import briefs as operations
from ..queries.briefs import comments_on, named_need, versions_of
from ..queries.evidence import truth_of
from .brief_feedback import shown_draft
from .brief_lines import lines_of, marked_words, signs_of
from .brief_words import LABELS, shown_change

State = Need.State


def judgement_of(content: dict[str, Any]) -> dict[str, Any] | None:
    """Which kind of need it is and whether to follow it up, in words."""
    judged = content.get("judgement")
    if not judged:
        return None
    return {"kind": KINDS[judged["kind"]], "follow_up": FOLLOW_UP[judged["follow_up"]], "code": judged["kind"]}


@signed_in
@require_http_methods(["GET", "POST"])
def brief(request: SignedIn, need: str) -> HttpResponse:
    """The present version: edited by those who may, read by the other named parties."""
    found = or_404(named_need(request.user, need))
    current = found.current_brief
    if not permissions.can_edit(request.user, found):
        if request.method == "POST":
            raise Forbidden("market.not_yours")
        return render(request, "market/brief_read.html", _reading(request, found, current))
    content = current.content if current else make_brief(found.title, found.raw_words, clock.today())
    number = current.number if current else 0
    rows = [BriefIndicatorForm.initial_of(one) for one in content["indicators"]]
    form = BriefForm(request.POST or None, initial=BriefForm.initial_of(content, number))
    formset = IndicatorRows(request.POST or None, initial=rows, prefix="i")
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        saved = attempt(
            form,
            operations.new_version,
            need_id=found.pk,
            actor=request.user,
            content=form.content(content, typed_rows(formset)),
            seen=form.cleaned_data["seen"],
            note=form.cleaned_data["note"],
        )
        if saved:
            return redirect("market:brief", found.slug)
    context = _reading(request, found, current) | {
        "form": form,
        "rows": formset,
        "content": content,
        "ask": AskSignOffForm(),
    }
    return render(request, "market/brief.html", context, status=422 if form.errors else 200)


def _reading(request: SignedIn, need: Need, current: Brief | None) -> dict[str, Any]:
    """What every reader of the page gets."""
    content = current.content if current else {}
    lines, signs = lines_of(content), signs_of(content)
    drafts = list(need.drafts.select_related("brief")[:1])
    answerable = current is not None and current.signed_off_at is None and need.state not in operations.OVER
    return {
        "need": need,
        "brief": current,
        "content": content,
        "words": marked_words(need.raw_words, [*lines, *signs]),
        "lines": lines,
        "signs": signs,
        "judgement": judgement_of(content),
        "last_draft": shown_draft(drafts[0]) if drafts else None,
        "may_draft": is_configured() and permissions.can_edit(request.user, need) and need.state not in operations.OVER,
        "missing": [MISSING[code] for code in content.get("missing") or [] if code in MISSING],
        "clarity": content.get("clarity"),
        "questions": [sentence_of(one) for one in content.get("questions") or []],
        "comments": comments_on(need)[:5],
        "truth": truth_of(need, clock.today()),
        "labels": LABELS,
        "may_ask": answerable and permissions.can_edit(request.user, need),
        "may_sign": answerable and permissions.can_sign_off(request.user, need),
        "ops": OPS,
    }


@signed_in
@require_safe
def brief_versions(request: SignedIn, need: str) -> HttpResponse:
    """All versions, and what changed between two of them (``from`` and ``to``; by default the last two)."""
    found = or_404(named_need(request.user, need))
    versions = list(versions_of(found))
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(request.GET.get("to", ""), versions[0] if versions else None)
    old = by_number.get(request.GET.get("from", ""))
    if old is None and new is not None:
        old = next((version for version in versions if version.number < new.number), None)
    changes = []
    if old is not None and new is not None:
        changes = [shown_change(change) for change in compare_briefs(old.content, new.content)]
    context = {
        "need": found,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": changes,
        "comments": comments_on(found),
    }
    return render(request, "market/brief_versions.html", context)


@signed_in
@require_safe
def raw_file(request: SignedIn, need: str) -> HttpResponse:
    """The file as the company handed it in."""
    found = or_404(named_need(request.user, need))
    or_404(found.raw_file or None)
    name = str(found.raw_file.name).rsplit("/", 1)[-1]
    return FileResponse(found.raw_file.open("rb"), as_attachment=True, filename=name)  # type: ignore[return-value]  # a streaming response is one
