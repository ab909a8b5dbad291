"""One click that takes a wrong line out, a draft by the model, and the report of what was set right."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.http import or_404, signed_in

from .. import permissions
from ..drafting.draft import PROBLEMS, WHATS
from ..http import SignedIn
from ..models import ModelDraft
from ..operations import drafts as draft_operations
from ..operations import feedback as operations
from ..queries.briefs import named_need
from ..queries.feedback import LINES, report_of
from ..queries.imports import reviewed_associations


@signed_in
@require_POST
def take_out(request: SignedIn, need: str) -> HttpResponse:
    """``line`` is ``name:place``, ``seen`` the version that was read."""
    found = or_404(named_need(request.user, need))
    if not permissions.can_edit(request.user, found):
        raise Forbidden("market.not_yours")
    name, _colon, place = request.POST.get("line", "").partition(":")
    seen = request.POST.get("seen", "")
    if not (_digits(place) and _digits(seen)):
        raise Invalid("market.brief_line_gone", field="line")
    operations.take_out(need_id=found.pk, actor=request.user, line=name, place=int(place), seen=int(seen))
    return redirect("market:brief", found.slug)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


@signed_in
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn, need: str) -> HttpResponse:
    """POST asks the model; GET is the fragment that says how far it is."""
    found = or_404(named_need(request.user, need))
    if not permissions.can_edit(request.user, found):
        raise Forbidden("market.not_yours")
    if request.method == "POST":
        draft_operations.ask_draft(need_id=found.pk, actor=request.user)
        return redirect("market:brief", found.slug)
    last = found.drafts.select_related("brief").first()
    return render(request, "market/_draft.html", {"need": found, "last_draft": shown_draft(last) if last else None})


def shown_draft(one: ModelDraft) -> dict[str, Any]:
    """A draft as the page draws it: its state, why it was of no use, what was dropped."""
    return {
        "state": one.state,
        "label": one.get_state_display(),
        "number": one.brief.number if one.brief else None,
        "problem": PROBLEMS.get(one.problem, ""),
        "changed": one.problem == "changed",
        "dropped": [{"what": WHATS.get(row["what"], row["what"]), "words": row["words"]} for row in one.dropped],
        "asked_at": one.asked_at,
    }


@signed_in
@require_safe
def report(request: SignedIn) -> HttpResponse:
    """How often people set right what the rules read, line by line; for those who review an association's needs."""
    associations = reviewed_associations(request.user)
    if not associations:
        raise Forbidden("market.report_not_yours")
    return render(request, "market/rules_report.html", {"report": report_of(associations), "lines": LINES})
