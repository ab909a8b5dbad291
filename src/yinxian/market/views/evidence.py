"""Is this a true need? The evidence, and what it adds up to."""

from __future__ import annotations

import datetime as dt

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from ..codes import EvidenceKind
from ..forms.evidence import EvidenceForm
from ..http import SignedIn
from ..models import Evidence, Need
from ..operations import evidence as operations
from ..queries.briefs import named_need
from ..queries.evidence import evidence_of, truth_of

HALF_A_YEAR = dt.timedelta(days=183)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: SignedIn, need: str) -> HttpResponse:
    found = or_404(named_need(request.user, need))
    may_judge = operations.can_judge(request.user, found)
    if request.method == "POST" and not may_judge:
        raise Forbidden("market.evidence_not_yours")
    today = clock.today()
    initial = {"dated": today, "expires_on": today + HALF_A_YEAR}
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        added = attempt(form, operations.add_evidence, need_id=found.pk, actor=request.user, **given)
        if added:
            return redirect("market:evidence", found.slug)
    context = {
        "need": found,
        "form": form,
        "may_judge": may_judge,
        "items": evidence_of(found),
        "truth": truth_of(found, today),
        "kinds": dict(EvidenceKind.choices),
        "today": today,
    }
    return render(request, "market/evidence.html", context, status=422 if form.errors else 200)


def _mine(request: SignedIn, slug: str) -> tuple[Evidence, Need]:
    """The evidence, if the reader is named on its need."""
    found = get_object_or_404(Evidence.objects.select_related("need"), slug=slug)
    return found, or_404(named_need(request.user, found.need.slug))


@signed_in
@require_POST
def withdraw_evidence(request: SignedIn, evidence: str) -> HttpResponse:
    found, need = _mine(request, evidence)
    operations.withdraw_evidence(evidence_id=found.pk, actor=request.user)
    return redirect("market:evidence", need.slug)


@signed_in
@require_safe
def evidence_file(request: SignedIn, evidence: str) -> HttpResponse:
    found, _need = _mine(request, evidence)
    or_404(found.file or None)
    name = str(found.file.name).rsplit("/", 1)[-1]
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)  # type: ignore[return-value]  # a streaming response is one
