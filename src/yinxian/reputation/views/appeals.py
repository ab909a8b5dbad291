"""Ask for another look, read what was decided, decide."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinxian.journal.models import Entry
from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import User

from .. import permissions
from ..forms.points import AppealDecisionForm, ReasonForm
from ..models import Appeal, Measure, Point
from ..operations.appeals import appeal_point, contest_fact, decide_appeal
from ..queries.credit import READ
from .points import association_at


@signed_in
@require_GET
def appeals(request: HttpRequest, association: str) -> HttpResponse:
    """Those of an association, the undecided first."""
    found = association_at(association)
    if not permissions.can_read_register(request.user, found):
        raise Http404
    rows = Appeal.objects.filter(association=found).select_related("user", "point", "decided_by")
    page = Paginator(rows.order_by("state", "-asked_at", "-pk"), 25).get_page(request.GET.get("page"))
    return render(request, "reputation/appeals.html", {"association": found, "page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, point: int) -> HttpResponse:
    """Against one's own point."""
    actor = cast(User, request.user)
    found = get_object_or_404(Point.objects.select_related("entry", "scheme", "deal"), pk=point, user=actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, appeal_point, point_id=found.pk, actor=actor, reason=form.cleaned_data["reason"])
        if made:
            messages.success(request, _("申诉已送到协会，由另一个人决定。"))
            return redirect("reputation:appeal", made.slug)
    context = {"point": found, "form": form, "cancel": found.entry}
    return render(request, "reputation/appeal_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, measure: str, fact: uuid.UUID) -> HttpResponse:
    """Against a fact of one's own credit."""
    actor = cast(User, request.user)
    if measure not in Measure.values:
        raise Http404
    entry = get_object_or_404(Entry, uid=fact)
    facts, _running = READ[Measure(measure)](actor)
    counted = next((one for one in facts if one.entry_id == entry.pk), None)
    if counted is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = attempt(form, contest_fact, actor=actor, measure=measure, entry_id=entry.pk, reason=reason)
        if made:
            messages.success(request, _("异议已送到协会；决定之前，它和这件事一起显示。"))
            return redirect("reputation:appeal", made.slug)
    context = {"measure": Measure(measure), "counted": counted, "form": form}
    return render(request, "reputation/appeal_form.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, slug: str) -> Appeal:
    known = Appeal.objects.select_related(
        "association", "user", "decided_by", "entry", "point__scheme", "point__entry", "point__deal"
    )
    found = get_object_or_404(known, slug=slug)
    if not permissions.can_read_appeal(request.user, found):
        raise Http404
    return found


@signed_in
@require_GET
def appeal(request: HttpRequest, pointappeal: str) -> HttpResponse:
    found = _find(request, pointappeal)
    return _page(request, found, AppealDecisionForm(of_points=found.point_id is not None))


def _page(request: HttpRequest, found: Appeal, form: AppealDecisionForm, status: int = 200) -> HttpResponse:
    counted = None
    if found.measure:
        facts, _running = READ[Measure(found.measure)](found.user)
        counted = next((one for one in facts if one.entry_id == found.entry_id), None)
    context = {
        "appeal": found,
        "counted": counted,
        "own": found.user_id == request.user.pk,
        "decides": found.state == Appeal.State.ASKED and permissions.can_decide(request.user, found),
        "form": form,
    }
    return render(request, "reputation/appeal.html", context, status=status)


@signed_in
@require_POST
def decide(request: HttpRequest, pointappeal: str) -> HttpResponse:
    found = _find(request, pointappeal)
    form = AppealDecisionForm(request.POST, of_points=found.point_id is not None)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            decide_appeal,
            appeal_id=found.pk,
            actor=cast(User, request.user),
            uphold=request.POST.get("answer") == "uphold",
            decision=given["decision"],
            change=given.get("change") or 0,
        )
        if done:
            messages.success(request, _("已记下决定，并通知本人。"))
            return redirect("reputation:appeal", found.slug)
    return _page(request, _find(request, pointappeal), form, status=422)
