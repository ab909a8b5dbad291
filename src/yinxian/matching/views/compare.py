"""The shortlist side by side, and the list as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinxian.kernel.export import export
from yinxian.kernel.http import signed_in
from yinxian.kernel.templatetags.yx import bound

from .. import queries
from ..models import Candidate
from ._common import need_context, need_or_404

WIDEST = 5
VERDICTS = {"met": gettext_lazy("达到"), "fail": gettext_lazy("未达"), "unknown": gettext_lazy("待问")}


@signed_in
def compare(request: HttpRequest, need: str) -> HttpResponse:
    """The shortlist, and results asked for by ``?r=``, beside the brief: at most five."""
    found_need = need_or_404(request, need)
    context = need_context(request, found_need)
    matches = queries.decided(found_need, request.user, Candidate.State.SHORTLISTED) if context["deciding"] else []
    have = {match.listing.slug for match in matches}
    for slug in dict.fromkeys(request.GET.getlist("r")[:WIDEST]):
        result = queries.seen_result(slug, request.user)
        if result is not None and slug not in have:
            matches.insert(0, queries.why(found_need, result, request.user))
    matches = matches[:WIDEST]
    rows = [
        {"asked": row.asked, "name": row.name, "cells": [match.table.rows[index] for match in matches]}
        for index, row in enumerate(matches[0].table.rows if matches else [])
    ]
    return render(request, "matching/compare.html", context | {"matches": matches, "rows": rows})


@signed_in
def export_matches(request: HttpRequest, need: str, fmt: str) -> HttpResponse:
    """The list as the reader sees it: one row a result, one column an indicator."""
    found_need = need_or_404(request, need)
    found = queries.match_need(found_need, request.user)
    if found.outside:
        raise Http404
    asked = list(found.wanted.indicators)[:20]
    columns = [
        _("名次"), _("契合"), _("编号"), _("成果"), _("所有者"), _("成熟度"), _("状态"), _("理由"),
        *(f"{row.get('name') or row.get('quote')} {bound(row)}" for row in asked),
    ]  # fmt: skip
    return export([_row(match, len(asked)) for match in found.matches], columns, _("撮合清单"), fmt)


def _row(match: queries.Match, indicators: int) -> list[Any]:
    state = match.candidate.get_state_display() if match.candidate else ""
    figures = [f"{row.shown or _('未给出')}（{VERDICTS[row.verdict]}）" for row in match.table.rows[:indicators]]
    values = match.shown.values
    return [
        match.rank,
        match.score,
        match.listing.slug,
        match.shown.heading,
        values.get("owner_name", ""),
        values.get("trl"),
        state,
        match.paragraph,
        *figures,
    ]
