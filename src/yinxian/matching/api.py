"""REST endpoints of matching: the same queries and operations as the pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from yinxian.kernel.http import or_404
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_results

from . import operations, queries
from .models import Candidate
from .permissions import can_decide, can_match_need, can_match_result

router = Router()


class Reason(Schema):
    code: str
    params: dict[str, Any]
    text: str


class Term(Schema):
    phrase: str
    share: float


class FitRow(Schema):
    name: str
    asked: dict[str, Any]
    shown: str
    verdict: str
    quote: str


class MatchOut(Schema):
    rank: int
    slug: str
    title: str
    owner: str
    field: str
    trl: int | None = None
    score: int
    signals: dict[str, float]
    reasons: list[Reason]
    terms: list[Term]
    fit: list[FitRow]
    state: str


class Matches(Schema):
    searched: int
    found: int
    brief: int | None = None
    items: list[MatchOut]


class CandidateOut(Schema):
    need: str
    result: str
    state: str
    score: int
    refusal: str
    note: str


class RefuseIn(Schema):
    reason: str
    note: str = ""


class Narrow(Schema):
    ask: str = ""
    limit: int = 20
    offset: int = 0


def _need(request: HttpRequest, slug: str) -> Need:
    need = or_404(queries.need_for(slug, request.user))
    if not can_match_need(request.user, need):
        raise Http404
    return need


def _result(request: HttpRequest, slug: str) -> Result:
    return or_404(queries.seen_result(slug, request.user))


def _page(found: queries.Found, matches: list[queries.Match], narrow: Narrow) -> dict[str, Any]:
    start = max(0, narrow.offset)
    items = [match.as_json() for match in matches[start : start + max(1, min(narrow.limit, 60))]]
    brief = found.brief.number if found.brief else None
    return {"searched": found.total, "found": len(matches), "brief": brief, "items": items}


def _decided(candidate: Candidate) -> dict[str, Any]:
    return {
        "need": candidate.need.slug,
        "result": candidate.result.slug,
        "state": candidate.state,
        "score": candidate.score,
        "refusal": candidate.refusal,
        "note": candidate.note,
    }


@router.get("/needs/{slug:need}/candidates", response=Matches)
def candidates(request: HttpRequest, need: str, narrow: Query[Narrow]) -> Any:
    """Results for a need, best first; refused ones are left out. ``ask`` looks in other words."""
    found = queries.match_need(_need(request, need), request.user, words=narrow.ask[:2000])
    matches = [match for match in found.matches if match.state != Candidate.State.REFUSED]
    return _page(found, matches, narrow)


@router.get("/needs/{slug:need}/shortlist", response=list[CandidateOut])
def shortlist_of(request: HttpRequest, need: str) -> Any:
    """The shortlist, for those who may decide about it."""
    found = _need(request, need)
    if not can_decide(request.user, found):
        raise Http404
    return [_decided(candidate) for candidate in queries.shortlisted(found).select_related("need")]


@router.post("/needs/{slug:need}/candidates/{slug:result}/shortlist", response=CandidateOut)
def shortlist(request: HttpRequest, need: str, result: str) -> Any:
    found, offer = _need(request, need), _result(request, result)
    return _decided(operations.shortlist(need_id=found.pk, result_id=offer.pk, actor=request.user))  # type: ignore[arg-type]  # signed in


@router.post("/needs/{slug:need}/candidates/{slug:result}/refuse", response=CandidateOut)
def refuse(request: HttpRequest, need: str, result: str, body: RefuseIn) -> Any:
    found, offer = _need(request, need), _result(request, result)
    done = operations.refuse(
        need_id=found.pk,
        result_id=offer.pk,
        actor=request.user,  # type: ignore[arg-type]  # signed in
        reason=body.reason,
        note=body.note,
    )
    return _decided(done)


@router.post("/needs/{slug:need}/candidates/{slug:result}/undo", response=CandidateOut)
def undo(request: HttpRequest, need: str, result: str) -> Any:
    found, offer = _need(request, need), _result(request, result)
    return _decided(operations.undo(need_id=found.pk, result_id=offer.pk, actor=request.user))  # type: ignore[arg-type]  # signed in


@router.get("/results/{slug:result}/needs", response=Matches)
def needs_for(request: HttpRequest, result: str, narrow: Query[Narrow]) -> Any:
    """Needs that a result may answer, best first."""
    found = or_404(visible_results(request.user).filter(slug=result).first())
    if not can_match_result(request.user, found):
        raise Http404
    matches = queries.match_result(found, request.user)
    return _page(matches, matches.matches, narrow)
