"""What a region does with its offer, and the manager and the holders of shares with the agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.deals.http import SignedIn
from yinxian.deals.queries.introductions import possible_holders
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_yuan

from .. import permissions
from ..forms.offers import (
    AnswerForm,
    FeeForm,
    OfferForm,
    PartRows,
    PolicyRows,
    part_rows,
    parts_of,
    policies_of,
    policy_rows,
)
from ..kinds import FIGURES, Permit
from ..models import Agreement, Landing, Offer
from ..operations import agreements, choosing
from ..operations import offers as operations
from ..queries import landings as queries
from .landings import again


def _found(request: SignedIn, landing: str, offer: str) -> tuple[Landing, Offer]:
    found = or_404(queries.landing_for(request.user, landing))
    return found, or_404(queries.offer_for(request.user, found, offer))


@require_http_methods(["GET", "POST"])
@signed_in
def new_offer(request: SignedIn, landing: str) -> HttpResponse:
    found = or_404(queries.landing_for(request.user, landing))
    organisations = permissions.regions_of(request.user, found)
    if not organisations:
        raise Forbidden("landing.not_a_region")
    if found.state not in Landing.OPEN:
        raise Conflict("landing.closed")
    form = OfferForm(request.POST or None, landing=found, organisations=organisations)
    rows = PolicyRows(request.POST or None, prefix="policies", initial=[])
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        made = attempt(
            form,
            operations.make_offer,
            landing_id=found.pk,
            organisation_id=form.cleaned_data["organisation"],
            actor=request.user,
            values=form.values(policies_of(rows)),
        )
        if made:
            messages.success(request, _("应约已交给团队。别的地区看不到您的条件。"))
            return redirect("landing:landing", found.slug)
    return _offer_page(request, found, form, rows, None)


@require_http_methods(["GET", "POST"])
@signed_in
def edit_offer(request: SignedIn, landing: str, offer: str) -> HttpResponse:
    found, mine = _found(request, landing, offer)
    if not permissions.can_manage_offer(request.user, mine):
        raise Forbidden("landing.not_your_offer")
    if mine.state != Offer.State.OPEN:
        raise Conflict("landing.closed")
    given = request.POST or None
    form = OfferForm(given, landing=found, organisations=[mine.organisation], offer=mine)
    rows = PolicyRows(given, prefix="policies", initial=policy_rows(mine))
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        done = attempt(
            form,
            operations.revise_offer,
            offer_id=mine.pk,
            actor=request.user,
            based_on=form.cleaned_data["version"] or 0,
            values=form.values(policies_of(rows)),
        )
        if done:
            messages.success(request, _("已改好，团队看到的是新的条件。"))
            return redirect("landing:landing", found.slug)
    return _offer_page(request, found, form, rows, mine)


def _offer_page(request: SignedIn, landing: Landing, form: Any, rows: Any, offer: Offer | None) -> HttpResponse:
    """The team's needs stand beside the form."""
    context = {
        "landing": landing,
        "offer": offer,
        "form": form,
        "rows": rows,
        "figure_fields": [form[figure.key] for figure in FIGURES],
        "permit_fields": [form[f"permit_{code}"] for code in Permit.values],
        "wanted": {figure.key for figure in FIGURES if figure.key in landing.figures},
    }
    wrong = form.errors or any(rows.errors)
    return render(request, "landing/offer_form.html", context, status=422 if wrong else 200)


@require_POST
@signed_in
def withdraw_offer(request: SignedIn, landing: str, offer: str) -> HttpResponse:
    found, mine = _found(request, landing, offer)
    operations.withdraw_offer(offer_id=mine.pk, actor=request.user)
    messages.success(request, _("应约已撤回。"))
    return redirect("landing:landing", found.slug)


@require_http_methods(["GET", "POST"])
@signed_in
def agreement(request: SignedIn, landing: str, offer: str) -> HttpResponse:
    """The shares between the two regions; the manager at home proposes."""
    found, wanted = _found(request, landing, offer)
    if not permissions.can_refer(request.user, found):
        raise Forbidden("landing.refer_as_manager")
    if wanted.state != Offer.State.OPEN:
        raise Conflict("landing.shares_fixed")
    present = Agreement.objects.filter(offer=wanted).first()
    holders = dict(possible_holders(request.user))
    holders.setdefault(f"u{wanted.manager_id}", wanted.manager.shown_name)
    given = request.POST or None
    fee = show_yuan(present.fee_fen) if present and present.fee_fen else ""
    start = {"fee": fee, "version": present.version if present else 0}
    form = FeeForm(given, initial=start)
    rows = PartRows(
        given,
        prefix="shares",
        initial=part_rows(wanted, present),
        form_kwargs={"holders": list(holders.items())},
    )
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        done = attempt(
            form,
            agreements.propose_agreement,
            offer_id=wanted.pk,
            actor=request.user,
            shares=parts_of(rows),
            fee_fen=form.cleaned_data["fee"] or 0,
            based_on=form.cleaned_data["version"] or 0,
        )
        if done:
            messages.success(request, _("已请每一位答复；都同意之后，团队才能选定这一处。"))
            return redirect("landing:landing", found.slug)
    context = {"landing": found, "offer": wanted, "form": form, "rows": rows, "present": present}
    wrong = form.errors or any(rows.errors)
    return render(request, "landing/agreement.html", context, status=422 if wrong else 200)


@require_POST
@signed_in
def answer_share(request: SignedIn, landing: str, offer: str, landingshare: int) -> HttpResponse:
    found, wanted = _found(request, landing, offer)
    or_404(Agreement.objects.filter(offer=wanted, shares=landingshare).first())
    form = AnswerForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            agreements.answer_landing_share,
            share_id=landingshare,
            actor=request.user,
            accept="accept" in request.POST,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )
        if done:
            messages.success(request, _("您的答复已记录。"))
            return redirect("landing:landing", found.slug)
    return again(request, found, **{f"share_{wanted.slug}": form})


@require_POST
@signed_in
def choose(request: SignedIn, landing: str, offer: str) -> HttpResponse:
    found, wanted = _found(request, landing, offer)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    choosing.choose_offer(offer_id=wanted.pk, actor=request.user, version=number)
    messages.success(request, _("已选定。联系方式已对两边公开，凭据已签出。"))
    return redirect("landing:landing", found.slug)
