"""One's certificates and applications; the association's desk for both."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.kernel import clock
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import Organisation, User

from .. import permissions
from ..forms.credentials import DecisionForm
from ..models import Level
from ..operations import applications as operations
from ..queries.applications import applications_of, visible_application, waiting_for
from ..queries.presentations import presentations_of, presentations_waiting
from ..queries.register import held_by
from ..queries.standing import standings
from .words import snapshot_in_words


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I hold, what I asked for, and the ladders that I may climb."""
    user = cast(User, request.user)
    profile = getattr(user, "manager_profile", None)
    own = profile.association if profile else None
    levels = Level.objects.filter(retired_at=None).select_related("association").order_by("association", "rank")
    context = {
        "credentials": held_by(user),
        "recognised": [one for one in standings(user) if one.recognised],
        "applications": applications_of(user)[:20],
        "presentations": presentations_of(user)[:20],
        "ladder": levels.filter(association=own) if own else [],
        "association": own,
        "associations": Organisation.objects.filter(levels__retired_at=None, levels__isnull=False).distinct()[:50],
        "now": clock.now(),
        "waiting": waiting_for(user).count() + presentations_waiting(user).count(),
    }
    return render(request, "credentials/mine.html", context)


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for my association's word."""
    page = Paginator(waiting_for(request.user), 25).get_page(request.GET.get("page"))
    context = {"page": page, "presentations": presentations_waiting(request.user)[:50]}
    return render(request, "credentials/desk.html", context)


@signed_in
@require_GET
def application(request: HttpRequest, application: str) -> HttpResponse:
    return _page(request, application, DecisionForm())


def _page(request: HttpRequest, slug: str, form: DecisionForm, status: int = 200) -> HttpResponse:
    found = or_404(visible_application(request.user, slug))
    context = {
        "application": found,
        "lines": snapshot_in_words(found.answers),
        "own": found.user == request.user,
        "decides": permissions.can_award(request.user, found.level.association) and found.user != request.user,
        "credential": getattr(found, "credential", None),
        "form": form,
    }
    return render(request, "credentials/application.html", context, status=status)


@signed_in
@require_http_methods(["POST"])
def decide(request: HttpRequest, application: str) -> HttpResponse:
    found, form = or_404(visible_application(request.user, application)), DecisionForm(request.POST)
    award = request.POST.get("answer") == "award"
    if request.POST.get("answer") not in ("award", "refuse"):
        messages.error(request, _("请选择授予或不授予。没有改动。"))
        return redirect("credentials:application", application)
    if form.is_valid():
        made = attempt(
            form,
            operations.decide_application,
            application_id=found.pk,
            actor=cast(User, request.user),
            award=award,
            reason=form.cleaned_data["reason"],
        )
        if made:
            messages.success(request, _("已授予，证书已经签出。") if award else _("已答复申请人。"))
            return redirect("credentials:application", application)
    return _page(request, application, form, status=422)


@signed_in
@require_POST
def withdraw(request: HttpRequest, application: str) -> HttpResponse:
    found = or_404(visible_application(request.user, application))
    operations.withdraw_application(application_id=found.pk, actor=cast(User, request.user))
    messages.success(request, _("申请已撤回。"))
    return redirect("credentials:mine")
