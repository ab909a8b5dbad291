"""Results for a need: the list, and why one stands where it does."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yinxian.kernel.http import signed_in

from .. import queries
from ..forms import FilterForm, RefuseForm
from ..models import Candidate
from ..models.candidates import Refusal
from ._common import need_context, need_or_404, result_or_404

PAGE = 10
PART_OF = {
    "same_thing": "text", "shared_words": "text", "other_road": "text", "hardly_shared": "text",
    "by_means": "means", "by_names": "names",
    "expires_soon": "freshness",
}  # fmt: skip  # the part of the score that a reason's sentence belongs to, where its code does not begin with it
State = Candidate.State


@signed_in
def match(request: HttpRequest, need: str) -> HttpResponse:
    found_need = need_or_404(request, need)
    form = FilterForm(request.GET)
    context = need_context(request, found_need)
    state = form.value("state") if context["deciding"] else ""
    found = queries.match_need(found_need, request.user, words=form.value("ask"), filters=form.facets())
    if state in (State.SHORTLISTED, State.REFUSED):
        matches = queries.decided(found_need, request.user, state)
    else:
        hidden = (State.REFUSED,) if not state else (State.REFUSED, State.SHORTLISTED)
        matches = [one for one in found.matches if one.state not in hidden]
    matches = queries.in_order([one for one in matches if _fits(one, form.value("fit"))])
    page = Paginator(matches, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "matching/match.html",
        context
        | {
            "found": found,
            "page": page,
            "form": form,
            "words": form.value("ask"),
            "counts": queries.counts(found_need) if context["deciding"] else {},
            "evidence": queries.evidence_of(found_need) if context["deciding"] else None,
            "refusals": Refusal.choices,
            "form_open": "open" in request.GET or bool(form.errors),
        },
    )


def _fits(match: queries.Match, wanted: str) -> bool:
    if wanted == "no_fail":
        return not match.table.fail
    return match.table.met > 0 if wanted == "some_met" else True


@signed_in
def why(request: HttpRequest, need: str, result: str) -> HttpResponse:
    found_need, found_result = need_or_404(request, need), result_or_404(request, result)
    words = FilterForm(request.GET).value("ask") if request.GET else ""
    one = queries.why(found_need, found_result, request.user, words=words)
    context: dict[str, Any] = need_context(request, found_need)
    if context["deciding"]:
        one.candidate = Candidate.objects.filter(need=found_need, result=found_result).first()
        context["refuse_form"] = RefuseForm()
        context["feedback"] = queries.feedback_of(found_need).filter(candidate__result=found_result)
    return render(request, "matching/why.html", context | {"match": one, "parts": _parts(one), "words": words})


@signed_in
def why_not(request: HttpRequest, need: str) -> HttpResponse:
    """Any result may be asked about: by its number at once, by its name from those that it fits."""
    found_need = need_or_404(request, need)
    asked = request.GET.get("q", "").strip()[:100]
    if queries.seen_result(asked.upper(), request.user) is not None:
        return redirect("matching:why", need=found_need.slug, result=asked.upper())
    context = need_context(request, found_need)
    return render(
        request, "matching/why_not.html", context | {"asked": asked, "named": queries.named(asked, request.user)}
    )


def _parts(match: queries.Match) -> list[dict[str, Any]]:
    """The parts of the score, with the sentence that each part has in the reasons."""
    sentences: dict[str, list[str]] = {}
    for one in match.sentences:
        sentences.setdefault(PART_OF.get(one.code, one.code.partition("_")[0]), []).append(one.text)
    return [
        {"name": name, "points": points, "texts": sentences.get(name, [])}
        for name, points in match.signals.points.items()
    ]
