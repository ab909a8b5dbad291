"""How one payment is split, step by step: a page and a PDF."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yinxian.kernel.http import or_404, signed_in

from ..http import SignedIn
from ..queries.milestones import milestone_for
from ..queries.sheets import sheet
from ..sheet_pdf import pdf


@require_safe
@signed_in
def split_sheet(request: SignedIn, milestone: str) -> HttpResponse:
    found = sheet(request.user, or_404(milestone_for(request.user, milestone)))
    context = {"sheet": found, "milestone": found.milestone, "deal": found.milestone.deal}
    return render(request, "deals/split_sheet.html", context)


@require_safe
@signed_in
def split_pdf(request: SignedIn, milestone: str) -> HttpResponse:
    found = sheet(request.user, or_404(milestone_for(request.user, milestone)))
    response = HttpResponse(pdf(found), content_type="application/pdf")
    name = quote(f"{found.milestone.deal.number}-{found.milestone.title}.pdf")
    response["Content-Disposition"] = f"attachment; filename=\"split.pdf\"; filename*=UTF-8''{name}"
    return response
