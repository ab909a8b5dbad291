"""Managers for a need."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yinxian.kernel.http import signed_in

from .. import queries
from ..forms import ManagersForm
from ._common import need_context, need_or_404

PAGE = 25


@signed_in
def managers(request: HttpRequest, need: str) -> HttpResponse:
    found_need = need_or_404(request, need)
    form = ManagersForm(request.GET)
    found = queries.managers_for(found_need, **form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "matching/managers.html", need_context(request, found_need) | {"page": page, "form": form})
