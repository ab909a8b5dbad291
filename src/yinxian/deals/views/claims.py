"""The claim after a bypass: what is owed, what was paid, what was given up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in

from ..forms.claims import ClaimForm, ClaimPaidForm, GiveUpForm
from ..http import SignedIn
from ..models import BypassAlarm
from ..operations import claims
from ..permissions import introductions as permissions
from ..queries import introductions as queries


def _shown(request: SignedIn, alarm: BypassAlarm, form: Any = None, status: int = 200) -> HttpResponse:
    found = claims.claim_of(alarm)
    context = {
        "alarm": alarm,
        "introduction": alarm.introduction,
        "claim": found,
        "open_fen": claims.open_fen(found) if found else 0,
        "paid_fen": found.amount_fen - claims.open_fen(found) if found else 0,
        "may": permissions.can_close_alarm(request.user, alarm),
        "form": form if isinstance(form, ClaimForm) else ClaimForm(),
        "paid": form if isinstance(form, ClaimPaidForm) else ClaimPaidForm(),
        "give_up": form if isinstance(form, GiveUpForm) else GiveUpForm(),
    }
    return render(request, "deals/claim.html", context, status=status)


def _act(request: SignedIn, slug: str, form: Any, operation: Any, said: str, **fields: str) -> HttpResponse:
    alarm = or_404(queries.alarm_for(request.user, slug))
    if not permissions.can_close_alarm(request.user, alarm):
        raise Forbidden("deals.bypass_not_yours")
    if form.is_valid():
        given = {name: form.cleaned_data[field] for name, field in fields.items()}
        if attempt(form, operation, alarm_id=alarm.pk, actor=request.user, **given):
            messages.success(request, said)
            return redirect("deals:claim", alarm.slug)
    return _shown(request, alarm, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim(request: SignedIn, bypassalarm: str) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, or_404(queries.alarm_for(request.user, bypassalarm)))
    fields = {"debtor": "debtor", "amount_fen": "amount", "ground": "ground"}
    said = _("已记为应收：到账后按引荐时的份额分给各位经理人。")
    return _act(request, bypassalarm, ClaimForm(request.POST), claims.claim_fee, said, **fields)


@require_POST
@signed_in
def paid(request: SignedIn, bypassalarm: str) -> HttpResponse:
    fields = {"amount_fen": "amount", "number": "number", "paid_on": "paid_on"}
    said = _("到账已登记，并按份额分到各位经理人账上。")
    return _act(request, bypassalarm, ClaimPaidForm(request.POST), claims.record_claim_paid, said, **fields)


@require_POST
@signed_in
def give_up(request: SignedIn, bypassalarm: str) -> HttpResponse:
    said = _("已放弃没有到账的部分，提醒随之了结。")
    return _act(request, bypassalarm, GiveUpForm(request.POST), claims.give_up_claim, said, reason="reason")
