"""What is mine on the market, and what waits for my review."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import signed_in

from .. import permissions
from ..models import Need, Result
from ..operations.grants import end_grant
from ..queries.details import mine, state_counts, to_review
from ..queries.lists import PAGE
from ..queries.shown import shown
from .pages import me

MODELS: dict[str, type[Result] | type[Need]] = {"needs": Need, "results": Result}


@signed_in
@require_GET
def my_listings(request: HttpRequest) -> HttpResponse:
    """My organisations' listings and those I look after, by kind and state."""
    kind = request.GET.get("kind", "")
    rows = {name: mine(me(request), model) for name, model in MODELS.items()}
    counts = {name: state_counts(found) for name, found in rows.items()}
    totals = {name: sum(found.values()) for name, found in counts.items()}
    if kind not in MODELS:
        kind = "needs" if totals["needs"] or not totals["results"] else "results"
    model, state = MODELS[kind], request.GET.get("state", "")
    found = rows[kind].filter(state=state) if state in model.State.values else rows[kind]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    page.object_list = [{"one": shown(listing), "listing": listing} for listing in page.object_list]
    context = {
        "kind": kind,
        "totals": totals,
        "page": page,
        "state": state,
        "states": [
            {"value": value, "label": label, "count": counts[kind][value]}
            for value, label in model.State.choices
            if value in counts[kind]
        ],
    }
    return render(request, "market/mine.html", context)


@signed_in
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The association's queue, the longest waiting first."""
    if not permissions.reviewed_associations(request.user):
        raise Forbidden("market.not_a_reviewer")
    waiting: list[dict[str, Any]] = []
    for model in (Result, Need):
        found = to_review(me(request), model)
        waiting += [{"one": shown(listing), "listing": listing} for listing in found[:100]]
    waiting.sort(key=lambda item: item["listing"].changed_at)
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    return render(request, "market/review.html", {"page": page})


@signed_in
@require_POST
def drop_grant(request: HttpRequest, grant: int) -> HttpResponse:
    ended = end_grant(grant_id=grant, actor=me(request))
    if ended.result is not None:
        return redirect("market:result", ended.result.slug)
    return redirect("market:need", ended.need.slug if ended.need else "")
