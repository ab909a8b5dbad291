"""The arrival: the paper, both regions' word, and the receipt of the choice."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.qr import qr_image

from .. import permissions
from ..forms.landings import EvidenceForm, ReasonForm
from ..models import Landing, Receipt
from ..operations import arrivals
from ..queries import landings as queries
from ..receipts import document_of
from .landings import again


def _found(request: SignedIn, slug: str) -> Landing:
    return or_404(queries.landing_for(request.user, slug))


@require_POST
@signed_in
def report(request: SignedIn, landing: str) -> HttpResponse:
    found, form = _found(request, landing), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            arrivals.report_arrival,
            landing_id=found.pk,
            actor=request.user,
            kind=given["kind"],
            number=given["number"],
            dated_on=given["dated_on"],
            upload=given["file"],
            area=given["area"],
        )
        if done:
            messages.success(request, _("凭证已收下，等两地确认。"))
            return redirect("landing:landing", found.slug)
    return again(request, found, evidence=form)


def _paper(request: SignedIn) -> int:
    given = request.POST.get("paper", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


@require_POST
@signed_in
def confirm(request: SignedIn, landing: str) -> HttpResponse:
    found = _found(request, landing)
    side = request.POST.get("side", "")
    made = arrivals.confirm_arrival(landing_id=found.pk, actor=request.user, side=side, evidence_id=_paper(request))
    if made.state == Landing.State.CONFIRMED:
        messages.success(request, _("两地都已确认，引荐落地成立。"))
    else:
        messages.success(request, _("已确认，等另一地。"))
    return redirect("landing:landing", found.slug)


@require_POST
@signed_in
def question(request: SignedIn, landing: str) -> HttpResponse:
    found, form = _found(request, landing), ReasonForm(request.POST, prefix="question")
    if form.is_valid():
        done = attempt(
            form,
            arrivals.question_arrival,
            landing_id=found.pk,
            actor=request.user,
            evidence_id=_paper(request),
            reason=form.cleaned_data["reason"],
        )
        if done:
            messages.success(request, _("已退回，团队会看到哪里不对。"))
            return redirect("landing:landing", found.slug)
    return again(request, found, question=form)


def receipt_for(request: SignedIn, landing: Landing) -> Receipt:
    """The receipt, for the team, both managers, both regions and holders of shares."""
    chosen = queries.chosen_offer(landing)
    if chosen is None or not permissions.sees_offer(request.user, chosen):
        raise Forbidden("landing.not_yours")
    return or_404(Receipt.objects.filter(landing=landing).select_related("entry").first())


@require_safe
@signed_in
def receipt_page(request: SignedIn, landing: str) -> HttpResponse:
    found = _found(request, landing)
    document = document_of(receipt_for(request, found))
    url = f"{settings.YINXIAN_URL}{reverse('credentials:verify')}?receipt={found.slug}"
    context = {
        "landing": found,
        "statement": document["statement"],
        "document": document,
        "proof": document.get("inclusion"),
        "verify_url": url,
        "qr": qr_image(url),
    }
    return render(request, "landing/receipt.html", context)


@require_safe
@signed_in
def receipt_file(request: SignedIn, landing: str) -> HttpResponse:
    found = _found(request, landing)
    document = document_of(receipt_for(request, found))
    made = HttpResponse(json.dumps(document, ensure_ascii=False, indent=2), content_type="application/json")
    made["Content-Disposition"] = f'attachment; filename="receipt-{found.slug}.json"'
    return made
