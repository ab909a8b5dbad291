"""The client's sign-off: a link for a person without an account, and the same answer in the product."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from .. import permissions
from ..forms.briefs import AnswerForm, AskSignOffForm
from ..http import SignedIn
from ..models import Brief, Need
from ..operations import briefs as operations
from ..queries.briefs import named_need
from .brief_words import LABELS

SESSION = "market.sign_off_link"


def _present(request: SignedIn, need: str) -> tuple[Need, Brief]:
    found = or_404(named_need(request.user, need))
    return found, or_404(found.current_brief)


@signed_in
@require_POST
def ask_sign_off(request: SignedIn, need: str) -> HttpResponse:
    """Make the link; its address is shown on the next page, once for this session."""
    found, current = _present(request, need)
    if not permissions.can_edit(request.user, found):
        raise Forbidden("market.not_yours")
    form = AskSignOffForm(request.POST)
    if form.is_valid():
        recipient = form.cleaned_data["recipient"]
        token = attempt(form, operations.ask_sign_off, brief_id=current.pk, actor=request.user, recipient=recipient)
        if token:
            request.session[SESSION] = {"brief": current.pk, "token": token, "recipient": recipient}
            return redirect("market:signoff_link", found.slug)
    return render(request, "market/signoff_ask.html", {"need": found, "brief": current, "form": form}, status=422)


@signed_in
@never_cache
@require_safe
def signoff_link(request: SignedIn, need: str) -> HttpResponse:
    """The address and its QR code, ready to be sent."""
    found, current = _present(request, need)
    kept = request.session.get(SESSION) or {}
    if kept.get("brief") != current.pk:
        return redirect("market:brief", found.slug)
    address = request.build_absolute_uri(reverse("market:signoff", args=[kept["token"]]))
    code = segno.make(address, error="m").svg_data_uri(border=2, dark="#22262b", light="#fffefb")
    context = {"need": found, "brief": current, "address": address, "qr": code, "recipient": kept["recipient"]}
    return render(request, "market/signoff_link.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def signoff(request: HttpRequest, token: str) -> HttpResponse:
    """Read one version and answer once: agreed, or what is wrong."""
    if request.method == "POST" and request.session.get("market.answered") == token:
        return redirect("market:signoff", token)
    if request.method == "GET" and (answer := request.session.get("market.answered")) and answer == token:
        return _thanks(request)
    brief, recipient = operations.brief_of_link(token)
    form = AnswerForm(request.POST or None, initial={"name": recipient})
    if request.method == "POST" and form.is_valid():
        agrees = "agree" in request.POST
        given = form.cleaned_data
        done = attempt(
            form, operations.answer_by_link, token=token, agrees=agrees, name=given["name"], comment=given["comment"]
        )
        if done:
            request.session["market.answered"] = token
            request.session["market.agreed"] = agrees
            return redirect("market:signoff", token)
    context = {
        "brief": brief,
        "need": brief.need,
        "content": brief.content,
        "form": form,
        "recipient": recipient,
        "labels": LABELS,
    }
    response = render(request, "market/signoff.html", context, status=422 if form.errors else 200)
    response["Referrer-Policy"] = "same-origin"  # with no-referrer browsers send Origin: null and the form is refused
    return response


def _thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "market/signoff_done.html", {"agreed": request.session.get("market.agreed", False)})


@signed_in
@require_POST
def answer_brief(request: SignedIn, need: str) -> HttpResponse:
    """The buyer's own people answer in the product."""
    found, current = _present(request, need)
    if not permissions.can_sign_off(request.user, found):
        raise Forbidden("market.owner_signs_off")
    form = AnswerForm(request.POST)
    agrees = "agree" in request.POST
    if form.is_valid():
        said = form.cleaned_data["comment"]
        answered = attempt(
            form, operations.sign_off, brief_id=current.pk, actor=request.user, agrees=agrees, comment=said
        )
        if answered:
            return redirect("market:brief", found.slug)
    context = {"need": found, "brief": current, "content": current.content, "form": form, "labels": LABELS}
    return render(request, "market/signoff_answer.html", context, status=422)
