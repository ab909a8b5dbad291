"""How the ranking weighs, version by version; learn anew, or go back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinxian.kernel.http import signed_in

from .. import operations, queries
from ..engine.weights import PARTS
from ..models import RankingWeights
from ..permissions import can_refit, can_see_weights


@signed_in
def weights(request: HttpRequest) -> HttpResponse:
    if not can_see_weights(request.user):
        raise PermissionDenied
    now = queries.weights_in_use()
    return render(
        request,
        "matching/weights.html",
        {
            "parts": [{"name": part, "times": now[part]} for part in PARTS],
            "version": now.number,
            "versions": queries.versions()[:50],
            "decided": len(queries.decisions()),
            "may_refit": can_refit(request.user),
        },
    )


@signed_in
@require_POST
def refit(request: HttpRequest) -> HttpResponse:
    made = operations.refit(actor=request.user)  # type: ignore[arg-type]  # signed in
    if made.state == RankingWeights.State.IN_USE:
        messages.success(request, _("学好了，第 %(number)s 版开始用。") % {"number": made.number})
    else:
        messages.info(request, _("第 %(number)s 版没有更好，没有用它。") % {"number": made.number})
    return redirect("matching:weights")


@signed_in
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    operations.back_to_prior(actor=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("已回到起初的权重。"))
    return redirect("matching:weights")
