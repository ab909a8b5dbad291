"""Two versions side by side: of a contract of ours, of checked drafts, or of two files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel.http import or_404, signed_in

from ..documents.comparing import Comparison
from ..documents.comparing import compare as side_by_side
from ..forms.comparing import PickForm, TwoFilesForm
from ..queries import contracts as contracts_queries
from ..queries import drafts as drafts_queries
from ..queries.revisions import between, revisions_of

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def compare(request: HttpRequest) -> HttpResponse:
    mine = list(drafts_queries.visible_to(request.user)[:SHOWN])
    pick = PickForm(request.GET or None, drafts=mine)
    sent = request.method == "POST"
    files = TwoFilesForm(request.POST if sent else None, request.FILES if sent else None)
    found: Comparison | None = None
    names = ("", "")
    if request.method == "POST":
        if files.is_valid():
            given = files.cleaned_data
            found = side_by_side(given["first_read"].text, given["second_read"].text)
            names = (given["first_name"], given["second_name"])
    elif pick.is_valid() and pick.cleaned_data["left"] and pick.cleaned_data["right"]:
        one, other = (or_404(drafts_queries.find(request.user, pick.cleaned_data[side])) for side in ("left", "right"))
        found, names = side_by_side(one.words, other.words), (one.name, other.name)
    context = {"pick": pick, "files": files, "comparison": found, "names": names, "mine": mine}
    return render(request, "contracts/compare.html", context, status=422 if files.errors else 200)


@require_safe
@signed_in
def versions(request: HttpRequest, contract: str) -> HttpResponse:
    """The revisions of a contract; the last two side by side unless others are asked for."""
    found = or_404(contracts_queries.find(request.user, contract))
    kept = revisions_of(found)
    by_number = {str(one.number): one for one in kept}
    other = by_number.get(request.GET.get("to", ""), kept[-1] if kept else None)
    earlier = [one for one in kept if other is not None and one.number < other.number]
    one = by_number.get(request.GET.get("from", ""), earlier[-1] if earlier else other)
    context: dict[str, Any] = {"contract": found, "revisions": kept, "one": one, "other": other}
    if one is not None and other is not None and one.number != other.number:
        context["comparison"] = between(found, one, other)
    return render(request, "contracts/versions.html", context)
