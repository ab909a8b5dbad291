"""The lists of results and needs: for anyone, each at their own level."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinxian.journal.pages import remembered
from yinxian.kernel.export import export

from ..queries.details import may_write_for
from ..queries.files import columns, row
from ..queries.filters import SORTS
from ..queries.lists import market_of

MOST_IN_FILE = 10_000


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    market = market_of(kind, request.user, request.GET)
    facets = market.facets()
    sorts = [{"value": name, "label": SORTS[name]} for name in market.sorts()]
    context: dict[str, Any] = {
        "kind": kind,
        "market": market,
        "page": market.page(request.GET.get("page")),
        "facets": facets,
        "chosen": [(facet.name, choice) for facet in facets for choice in facet.choices if choice.on],
        "clear": f"?{urlencode({'q': market.filters.query})}" if market.filters.query else "?",
        "sorts": sorts,
        "can_add": request.user.is_authenticated and may_write_for(request.user).exists(),
    }
    fragment = request.headers.get("HX-Target") == "found"
    return render(request, "market/_found.html" if fragment else "market/list.html", context)


def _file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    market = market_of(kind, request.user, request.GET)
    rows = (row(one, market.network) for one in market.everything(MOST_IN_FILE))
    name = _("成果") if kind == "result" else _("需求")
    return export(rows, columns(kind, market.network), name, form)


@require_GET
@remembered
def results(request: HttpRequest) -> HttpResponse:
    return _list(request, "result")


@require_GET
@remembered
def needs(request: HttpRequest) -> HttpResponse:
    return _list(request, "need")


@require_GET
def results_file(request: HttpRequest, form: str) -> HttpResponse:
    return _file(request, "result", form)


@require_GET
def needs_file(request: HttpRequest, form: str) -> HttpResponse:
    return _file(request, "need", form)
