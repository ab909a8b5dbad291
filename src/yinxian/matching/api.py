"""REST endpoints of matching: the same queries and operations as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from yinxian.kernel.errors import Invalid
from yinxian.kernel.http import or_404
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_results

from . import operations, queries
from .api_concepts import router as concepts
from .forms import SearchForm
from .models import Candidate, SavedSearch
from .permissions import can_decide, can_match_need, can_match_result

router = Router()
router.add_router("", concepts)


class Reason(Schema):
    code: str
    params: dict[str, Any]
    text: str


class Term(Schema):
    phrase: str
    share: float


class MeansOut(Schema):
    function: str
    means: str


class NameOut(Schema):
    need: str
    text: str


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
    means: list[MeansOut]
    names: list[NameOut]
    fit: list[FitRow]
    state: str


class Matches(Schema):
    searched: int
    found: int
    brief: int | None = None
    vectors: str = "off"  # whether a dense model counted: off, used, without (there is one, but it could not be asked)
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
    return {"searched": found.total, "found": len(matches), "brief": brief, "vectors": found.vectors, "items": items}


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


@router.get("/needs/{slug:need}/candidates/{slug:result}/why", response=MatchOut)
def why(request: HttpRequest, need: str, result: str, ask: str = "") -> Any:
    """Why a result stands where it does, or does not: any result may be asked about. Rank 0: the need's words do not
    bring it up."""
    return queries.why(_need(request, need), _result(request, result), request.user, words=ask[:2000]).as_json()


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


class SearchIn(Schema):
    kind: str = "result"
    words: str = ""
    name: str = ""
    need: str = ""
    field: str = ""
    mode: str = ""
    region: str = ""


class SearchOut(Schema):
    slug: str
    kind: str
    name: str
    words: str
    need: str = ""
    found: int = 0
    running: bool


class FindOut(Schema):
    slug: str
    title: str
    score: int
    found_at: dt.datetime


def _saved(search: SavedSearch) -> dict[str, Any]:
    return {
        "slug": search.slug,
        "kind": search.kind,
        "name": search.name,
        "words": search.words,
        "need": search.need.slug if search.need else "",
        "found": getattr(search, "found", 0),
        "running": search.stopped_at is None,
    }


def _search(request: HttpRequest, slug: str) -> SavedSearch:
    return or_404(queries.searches_of(request.user).filter(slug=slug).first())


@router.get("/searches", response=list[SearchOut])
def searches(request: HttpRequest, kind: str = "", state: str = "", sort: str = "") -> Any:
    """One's own saved searches, running ones first. ``kind`` result or need; ``state`` running or stopped; ``sort``
    running, found, looked or name."""
    by = queries.Narrowed.read({"kind": kind, "state": state, "sort": sort})
    return [_saved(search) for search in queries.narrowed_searches(request.user, by)[:200]]


@router.post("/searches", response=SearchOut)
def save_search(request: HttpRequest, body: SearchIn) -> Any:
    """Look for this every night: in own words, or by a need's brief."""
    form = SearchForm(body.dict())
    if not form.is_valid():
        raise Invalid("matching.search_kind" if "kind" in form.errors else "market.unknown_choice", field="search")
    made = operations.save_search(
        actor=request.user,  # type: ignore[arg-type]  # signed in
        kind=body.kind,
        name=body.name,
        words=body.words,
        need_slug=body.need,
        filters=form.facets(),
    )
    return _saved(made)


@router.get("/searches/{slug:search}", response=list[FindOut])
def finds(request: HttpRequest, search: str, sort: str = "new") -> Any:
    """What a search has found since it was saved, latest first; with ``sort=score`` best first."""
    rows = queries.finds_of(_search(request, search), request.user, sort)
    return [
        {"slug": row.listing.slug, "title": row.title, "score": row.score, "found_at": row.found_at} for row in rows
    ]


@router.post("/searches/{slug:search}/stop", response=SearchOut)
def stop_search(request: HttpRequest, search: str) -> Any:
    found = _search(request, search)
    return _saved(operations.stop_search(search_id=found.pk, actor=request.user))  # type: ignore[arg-type]  # signed in


@router.get("/results/{slug:result}/needs", response=Matches)
def needs_for(request: HttpRequest, result: str, narrow: Query[Narrow]) -> Any:
    """Needs that a result may answer, best first."""
    found = or_404(visible_results(request.user).filter(slug=result).first())
    if not can_match_result(request.user, found):
        raise Http404
    matches = queries.match_result(found, request.user)
    return _page(matches, matches.matches, narrow)
