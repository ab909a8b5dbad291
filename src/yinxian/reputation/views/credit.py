"""A manager's credit: four facts with their counts; to the person and the association also each fact."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import ManagerProfile, User

from ..forms.points import AudienceForm
from ..operations.credit import choose_audience
from ..queries.credit import Credit, audience_of, bar_of, credit_of, may_read, reads_facts
from ..statistics import SMALL
from .words import said_of


def _profile(slug: str) -> ManagerProfile:
    return get_object_or_404(ManagerProfile.objects.select_related("user", "association"), slug=slug)


def _rows(found: list[Credit]) -> list[dict[str, object]]:
    return [{"credit": one, "bar": bar_of(one), "said": said_of(one), "small": one.n < SMALL} for one in found]


@require_GET
def credit(request: HttpRequest, manager: str) -> HttpResponse:
    """Who may not read it is told to whom it is shown."""
    profile = _profile(manager)
    if not may_read(request.user, profile):
        raise Forbidden("reputation.credit_not_shown")
    whole = reads_facts(request.user, profile)
    found = credit_of(profile.user)
    if whole and (fmt := request.GET.get("export")):
        rows = [
            [one.measure.label, fact.at, fact.title, fact.hit, fact.hours, fact.uid, fact.out, fact.contested]
            for one in found
            for fact in one.facts
        ]
        columns = [
            _("哪一项"),
            _("时间"),
            _("什么事"),
            _("计入分子"),
            _("小时"),
            _("日志"),
            _("已不计"),
            _("有异议"),
        ]
        return export(rows, columns, _("信用事实"), fmt)
    context = {
        "profile": profile,
        "rows": _rows(found),
        "whole": whole,
        "own": profile.user == request.user,
        "audience": audience_of(profile.user),
    }
    return render(request, "reputation/credit.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's own, and how far it is shown."""
    actor = cast(User, request.user)
    profile = ManagerProfile.objects.select_related("user", "association").filter(user=actor).first()
    form = AudienceForm(request.POST or None, initial={"audience": audience_of(actor)})
    sent = request.method == "POST" and form.is_valid()
    chosen = attempt(form, choose_audience, actor=actor, audience=form.cleaned_data["audience"]) if sent else None
    if chosen is not None:
        messages.success(request, _("已记下谁能看。"))
        return redirect("reputation:my_credit")
    found = credit_of(actor) if profile else []
    context = {"profile": profile, "rows": _rows(found), "whole": True, "own": True, "form": form}
    return render(request, "reputation/credit.html", context, status=422 if form.errors else 200)
