"""An import of needs, sorted out in one table."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinxian.kernel.export import export
from yinxian.kernel.http import or_404, signed_in
from yinxian.market.intake.signs import FOLLOW_UP, KINDS, SENTENCES
from yinxian.market.queries.briefs import named_need
from yinxian.market.queries.imports import runs_of
from yinxian.matching.queries.ranking import best_for
from yinxian.network.members import is_in_network

from ..queries.triage import SORTS, kept_fit, not_looked_at, triage_of

PAGE = 25


def _row(need: Any) -> dict[str, Any]:
    """A need as the table draws it."""
    signs = need.signs or []
    return {
        "need": need,
        "clear": need.clear,
        "kind": KINDS.get(need.buying or "", ""),
        "code": need.buying,
        "follow_up": FOLLOW_UP.get(need.follow_up or "", ""),
        "figures": len(need.figures or []),
        "for": [SENTENCES[one["code"]] for one in signs if one["weight"] > 0 and one["code"] in SENTENCES],
        "against": [SENTENCES[one["code"]] for one in signs if one["weight"] < 0 and one["code"] in SENTENCES],
    }


@signed_in
@require_GET
def triage(request: HttpRequest, importrun: str) -> HttpResponse:
    """``sort`` is worth, for, against, fit, clarity, vague or row; ``kind`` plan, unclear or common;
    ``export`` csv or xlsx."""
    run = get_object_or_404(runs_of(request.user), slug=importrun, kind="needs")  # type: ignore[arg-type]  # signed in
    sort, kind = request.GET.get("sort", "worth"), request.GET.get("kind", "")
    sort = sort if sort in SORTS else "worth"
    kind = kind if kind in KINDS else ""
    found = triage_of(run, request.user, sort, kind)
    inside = is_in_network(request.user)
    if fmt := request.GET.get("export"):
        columns = [
            _("编号"),
            _("需求"),
            _("清楚程度"),
            _("判断"),
            _("跟进"),
            _("指标（个）"),
            _("支持"),
            _("反对"),
            _("契合"),
            _("最合适的成果"),
        ]
        rows = (
            [
                row["need"].slug,
                row["need"].title,
                row["clear"],
                str(row["kind"]),
                str(row["follow_up"]),
                row["figures"],
                "、".join(map(str, row["for"])),
                "、".join(map(str, row["against"])),
                *kept_fit(row["need"], in_network=inside),
            ]
            for row in map(_row, found.iterator())
        )
        return export(rows, columns, _("需求分诊"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "page": page,
        "rows": [_row(need) | {"fit": kept_fit(need, in_network=inside)} for need in page.object_list],
        "sort": sort,
        "kind": kind,
        "waiting": not_looked_at(found) if sort == "fit" else 0,
        "kinds": [(code, KINDS[code]) for code in KINDS],
        "sorts": [
            ("worth", _("最该先跟")),
            ("for", _("支持最多")),
            ("against", _("反对最多")),
            ("fit", _("最契合")),
            ("clarity", _("最清楚")),
            ("vague", _("最含糊")),
            ("row", _("按导入顺序")),
        ],
    }
    return render(request, "portal/triage.html", context)


@signed_in
@require_GET
def fit(request: HttpRequest, need: str) -> HttpResponse:
    """The best fit of one need: a cell of the table, fetched when it comes into view."""
    found = or_404(named_need(request.user, need))
    return render(request, "portal/_best_fit.html", {"need": found, "match": best_for(found)})
