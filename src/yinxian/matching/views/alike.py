"""What says the same as a need or a result: for whoever works with it or reviews it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yinxian.kernel.http import or_404, signed_in
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.market.queries.shown import shown

from .. import queries


@signed_in
def results(request: HttpRequest, result: str) -> HttpResponse:
    return _page(request, or_404(visible_results(request.user).filter(slug=result).first()), "market:result")


@signed_in
def needs(request: HttpRequest, need: str) -> HttpResponse:
    return _page(request, or_404(visible_needs(request.user).filter(slug=need).first()), "market:need")


def _page(request: HttpRequest, listing: Result | Need, address: str) -> HttpResponse:
    """For those who read it in full: to others, likeness would tell what the full text holds."""
    if getattr(listing, "level", "") not in ("network", "named"):
        raise Http404
    context = {"title": shown(listing).heading, "slug": listing.slug, "address": address}
    return render(request, "matching/alike.html", context | {"rows": queries.alike(listing, request.user)})
