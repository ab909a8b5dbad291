"""Needs for a result."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yinxian.kernel.http import or_404, signed_in
from yinxian.market.queries.levels import visible_results
from yinxian.market.queries.shown import shown

from .. import queries
from ..permissions import can_match_result

PAGE = 10


@signed_in
def match(request: HttpRequest, result: str) -> HttpResponse:
    found_result = or_404(visible_results(request.user).filter(slug=result).first())
    if not can_match_result(request.user, found_result):
        raise Http404
    found = queries.match_result(found_result, request.user)
    page = Paginator(found.matches, PAGE).get_page(request.GET.get("page"))
    context = {"result": found_result, "shown_result": shown(found_result), "found": found, "page": page}
    return render(request, "matching/result_match.html", context)
