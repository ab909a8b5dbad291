"""One referral: for the two sides only."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinxian.kernel import clock
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_percent
from yinxian.market.queries.levels import NONE, level_for
from yinxian.market.queries.shown import shown
from yinxian.network.models import User

from .. import permissions
from ..forms.alliances import AnswerReferralForm, OutcomeForm, ReferralFilterForm
from ..models import Referral
from ..operations import referrals as operations
from ..queries.alliances import all_referrals, visible_referral

MOST_IN_FILE = 10_000


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """Those of one's organisations, in every alliance."""
    form = ReferralFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    asked = {name: given.get(name) or "" for name in ("state", "side", "sort")}
    rows = all_referrals(request.user, text=given.get("q") or "", **asked)
    if fmt := request.GET.get("format", ""):
        return export((_row(one) for one in rows[:MOST_IN_FILE]), _columns(), _("转介"), fmt)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "alliances/referrals.html", {"form": form, "page": page})


def _columns() -> list[str]:
    return [
        _("编号"),
        _("联盟"),
        _("转介方"),
        _("接手方"),
        _("哪一条"),
        _("分成（%）"),
        _("状态"),
        _("哪一天"),
        _("结果"),
    ]


def _row(one: Referral) -> list[Any]:
    listing = one.need or one.result
    return [
        one.slug,
        one.alliance.shown_name,
        one.giver.shown_name,
        one.taker.shown_name,
        listing.slug if listing else "",
        show_percent(one.share_bp).rstrip("%"),
        one.get_state_display(),
        one.offered_at.astimezone(clock.SHANGHAI).date(),
        one.outcome,
    ]


@signed_in
@require_GET
def referral(request: HttpRequest, referral: str) -> HttpResponse:
    return _page(request, or_404(visible_referral(request.user, referral)))


def _page(request: HttpRequest, found: Referral, status: int = 200, **forms: Any) -> HttpResponse:
    listing = found.need or found.result
    level = level_for(request.user, listing) if listing else NONE
    takes = permissions.can_refer_for(request.user, found.taker_id)
    context = {
        "referral": found,
        "kind": "need" if found.need_id else "result",
        "slug": listing.slug if listing else "",
        "listing": shown(listing, level) if listing and level != NONE else None,
        "share": show_percent(found.share_bp),
        "takes": takes and found.state == Referral.State.OFFERED,
        "ends": takes and found.state == Referral.State.TAKEN,
        "withdraws": found.state == Referral.State.OFFERED and permissions.can_refer_for(request.user, found.giver_id),
        "answer_form": AnswerReferralForm(initial={"share_bp": found.share_bp}),
        "outcome_form": OutcomeForm(),
    }
    return render(request, "alliances/referral.html", context | forms, status=status)


@signed_in
@require_POST
def answer(request: HttpRequest, referral: str) -> HttpResponse:
    """``act`` is take (agreeing to the share as read) or decline."""
    found, form = or_404(visible_referral(request.user, referral)), AnswerReferralForm(request.POST)
    if request.POST.get("act") not in ("take", "decline"):
        messages.error(request, _("请选择接下或不接。没有改动。"))
        return redirect("alliances:referral", referral)
    if (
        form.is_valid()
        and attempt(
            form,
            operations.answer_referral,
            referral_id=found.pk,
            actor=_me(request),
            take=request.POST["act"] == "take",
            share_bp=form.cleaned_data["share_bp"],
            answer=form.cleaned_data["answer"],
        )
        is not None
    ):
        messages.success(request, _("已答复。"))
        return redirect("alliances:referral", referral)
    return _page(request, found, 422, answer_form=form)


@signed_in
@require_POST
def end(request: HttpRequest, referral: str) -> HttpResponse:
    """``act`` is done or failed."""
    found, form = or_404(visible_referral(request.user, referral)), OutcomeForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            operations.end_referral,
            referral_id=found.pk,
            actor=_me(request),
            done=request.POST.get("act") == "done",
            outcome=form.cleaned_data["outcome"],
        )
        is not None
    ):
        messages.success(request, _("已记下结果。"))
        return redirect("alliances:referral", referral)
    return _page(request, found, 422, outcome_form=form)


@signed_in
@require_POST
def withdraw(request: HttpRequest, referral: str) -> HttpResponse:
    found = or_404(visible_referral(request.user, referral))
    operations.withdraw_referral(referral_id=found.pk, actor=_me(request))
    messages.success(request, _("已撤回。"))
    return redirect("alliances:referral", referral)
