"""Everything about me: as a file, and what becomes of it when I leave."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinxian.kernel import clock
from yinxian.kernel.http import attempt, signed_in

from ..forms import ForgetForm
from ..models import User
from ..operations.personal import export_person, forget_person, hindrances
from ..personal import BLANKED, DELETED, KEPT, REGISTRY


def _page(request: HttpRequest, form: ForgetForm, status: int = 200) -> HttpResponse:
    user = cast(User, request.user)
    rows: dict[str, list[dict[str, Any]]] = {DELETED: [], BLANKED: [], KEPT: []}
    for held in REGISTRY.values():
        if count := held.rows(user).count():
            rows[held.act].append({"label": held.label, "count": count, "reason": held.reason})
    context = {"rows": rows, "hindrances": hindrances(user), "form": form}
    return render(request, "network/privacy.html", context, status=status)


@signed_in
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, ForgetForm())


@signed_in
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    response = HttpResponse(export_person(user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{user.slug}-{clock.today():%Y%m%d}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    form = ForgetForm(request.POST)
    if form.is_valid():
        before = len(form.errors)
        attempt(form, forget_person, actor=cast(User, request.user), confirmation=form.cleaned_data["confirmation"])
        if len(form.errors) == before:
            logout(request)
            messages.success(request, _("已注销。留下的记录只写编号，不写您的姓名。"))
            return redirect("/")
    return _page(request, form, 422)
