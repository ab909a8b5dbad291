"""/verify: anyone checks a certificate or a receipt, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yinxian.journal.queries.entries import standing_of
from yinxian.kernel import clock, crypto
from yinxian.kernel.http import attempt
from yinxian.network.members import memberships_of

from ..forms.verify import VerifyForm
from ..permissions import can_recognise
from ..queries.recognition import Recogniser, recognised_by
from ..vc.answers import Judgement
from ..verifying import Seen
from ..verifying import verify as verify_given


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A file, a picture, an address or a text; or, from the code on paper (``?receipt=``), whether this node's journal
    has that receipt at all; from a certificate's page (``?url=``) the address is filled in."""
    seen: Seen | None = None
    sent = request.method == "POST"
    form = (
        VerifyForm(request.POST, request.FILES)
        if sent
        else VerifyForm(initial={"text": request.GET.get("url", "")[:1000]})
    )
    if sent and form.is_valid():
        seen = attempt(form, verify_given, form.given())
    asked = request.GET.get("receipt", "")[:16]
    context = {
        "form": VerifyForm() if seen else form,  # what was answered need not stand there again
        "seen": seen,
        "verdict": seen.verdict if seen else None,
        "judgement": seen.judgement if seen else None,
        **(_recognition(request, seen.judgement) if seen and seen.judgement else {}),
        "asked": asked,
        "standing": standing_of(asked) if asked else None,
        "key": crypto.public_key(),
    }
    return render(request, "credentials/verify.html", context)


def _recognition(request: HttpRequest, judgement: Judgement) -> dict[str, Any]:
    """``others``: who else of this installation has signed for the level; ``recogniser``: the association for which the
    reader may still do so."""
    answer = judgement.of("recognition")
    if answer.code not in ("own", "recognised", "not_recognised"):
        return {}
    issuer, level = judgement.issuer, str(judgement.achievement.get("id") or "")
    signed = list(recognised_by(issuer, level, clock.today()))
    mine = [membership.organisation for membership in memberships_of(request.user)]
    may = (one for one in mine if can_recognise(request.user, one))
    return {
        "others": [one for one in signed if one.slug != answer.data.get("recognition")],
        "recogniser": next((one for one in may if Recogniser(one)(issuer, level).code == "not_recognised"), None),
        "brings": judgement.holds and bool(signed) and request.user.is_authenticated,
    }
