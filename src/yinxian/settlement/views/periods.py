"""Closed periods: the list anyone of the network may read, and the form by which the association closes the next."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.export import export
from yinxian.kernel.http import attempt, signed_in
from yinxian.network.models import User

from ..forms import CloseForm
from ..models import Closing
from ..operations import close_period
from ..permissions import can_close_period


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def periods(request: HttpRequest) -> HttpResponse:
    may = can_close_period(request.user)
    if request.method == "POST" and not may:
        raise Forbidden("settlement.may_not_close")
    form, status = CloseForm(request.POST or None), 200
    if request.method == "POST":
        actor = cast("User", request.user)
        done = attempt(form, close_period, actor=actor, **form.cleaned_data) if form.is_valid() else None
        if done is not None:
            messages.success(request, _("已结账，这一天及以前的账从此不再变动。"))
            return redirect("settlement:periods")
        status = 422
    found = Closing.objects.select_related("closed_by")
    if fmt := request.GET.get("export"):
        columns = [_("结到"), _("笔数"), _("余额摘要"), _("说明"), _("经办"), _("时间")]
        rows = ([c.closed_to, c.transactions, c.digest, c.note, str(c.closed_by), c.closed_at] for c in found)
        return export(rows, columns, _("结账"), fmt)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "settlement/periods.html", {"page": page, "form": form, "may": may}, status=status)
