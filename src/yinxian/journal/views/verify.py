"""/verify: anyone checks a receipt, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yinxian.kernel import crypto

from ..forms import VerifyForm
from ..queries.entries import standing_of
from ..queries.keys import known_keys
from ..verification import verify_receipt


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Paste or upload; or, from the code on paper (``?receipt=``), whether this node's journal has it at all."""
    verdict = None
    sent = request.method == "POST"
    form = VerifyForm(request.POST, request.FILES) if sent else VerifyForm()
    if sent and form.is_valid():
        verdict = verify_receipt(form.receipt(), known=known_keys())
    asked = request.GET.get("receipt", "")[:16]
    context = {
        "form": form,
        "verdict": verdict,
        "asked": asked,
        "standing": standing_of(asked) if asked else None,
        "key": crypto.public_key(),
    }
    return render(request, "journal/verify.html", context)
