"""The page behind a side's link: one question, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel.errors import Conflict
from yinxian.kernel.http import attempt, or_404
from yinxian.kernel.regions import region_name
from yinxian.market.codes import Field

from ..forms.introductions import AnswerForm
from ..models import Introduction
from ..operations.acknowledgements import CLOSED, answer_by_link
from ..queries.introductions import contacts_of
from ..queries.links import Invitation, invitation, readable_until
from ..terms import terms_of
from ..wording import terms_in_words
from .receipts import receipt_download

State = Introduction.State


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """Read the terms and answer. A used link shows what came of the answer; a wrong one says so."""
    found = invitation(token)
    sent = request.method == "POST"
    form = AnswerForm(request.POST if sent else None, initial={"name": found.link.recipient})
    if sent and form.is_valid():
        done = attempt(
            form,
            answer_by_link,
            token=token,
            agreed="agree" in request.POST,
            name=form.cleaned_data["name"],
            post=form.cleaned_data["post"],
            actor=request.user if request.user.is_authenticated else None,
        )
        if done:
            return redirect("deals:invitation", token)
    context = _context(found, form) | {"link_token": token}
    response = render(request, "deals/introduction_invitation.html", context)
    response["Referrer-Policy"] = "same-origin"  # with no-referrer browsers send Origin: null and the form is refused
    return response


def _context(found: Invitation, form: AnswerForm) -> dict[str, Any]:
    introduction, side = found.introduction, found.link.side
    other = introduction.supplier if side == "buyer" else introduction.buyer
    listing = introduction.result if side == "buyer" else introduction.need
    stands = introduction.state == State.ACKNOWLEDGED
    mine = found.answer is not None
    closed = None if mine else CLOSED.get(State(introduction.state))
    answered = introduction.acknowledgements.filter(side=side).exists()
    return {
        "introduction": introduction,
        "link": found.link,
        "form": form,
        "other": other,
        "field": dict(Field.choices).get(listing.field, ""),
        "region": region_name(listing.region or other.region),
        "own": introduction.buyer if side == "buyer" else introduction.supplier,
        "other_is_supplier": side == "buyer",
        "terms": terms_in_words(terms_of(introduction)),
        "answer": found.answer,
        "open": introduction.state == State.OFFERED and not answered,
        "stands": stands,
        "closed": Conflict(closed).sentence if closed else "",
        "answered_by_other": answered and not mine,
        "contacts": contacts_of(introduction) if stands and mine else None,
        "shown_until": readable_until(found.link, introduction),
    }


@never_cache
@require_safe
def invitation_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt, for whoever answered by this link."""
    found = invitation(token)
    or_404(found.answer)
    return receipt_download(found.introduction)
