"""Saved searches: what fits one now, and what was found for a person lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from yinxian.kernel import clock
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import listed_needs, listed_results
from yinxian.market.queries.shown import shown

from ..engine.fit import Table
from ..engine.score import Offer, weigh
from ..engine.wanted import Wanted
from ..models import Find, SavedSearch
from .facts import brief_of, wanted_of
from .index import ask
from .results import judged, network_results, rank

WORTH_TELLING = 22.0  # points from words, means and names: more than makes a result worth a look on a list
MOST = 30
MOST_FINDS = 200  # of one search that are listed


@dataclass(frozen=True)
class Fitting:
    listing: Result | Need
    score: int


@dataclass(frozen=True)
class Fresh:
    """A find that is news to its reader: ``title`` as they may see it."""

    search: SavedSearch
    listing: Result | Need
    title: str
    score: int
    found_at: dt.datetime


def wanted_in(search: SavedSearch) -> Wanted:
    if search.need is not None:
        return wanted_of(search.need, brief_of(search.need, signed_only=False))
    return Wanted().in_words(search.words)


def fitting(search: SavedSearch, today: dt.date) -> list[Fitting]:
    """What fits well enough to be told of, best first: results as the network reads them, needs as the person may.
    A dense model is not asked: this runs in a transaction, and what it says alone is worth telling nobody."""
    wanted = wanted_in(search)
    if search.kind == SavedSearch.Kind.NEED:
        found = _needs(search, wanted, today)
    else:
        readable = network_results(today)
        if search.need is not None:
            readable = readable.exclude(owner_id=search.need.owner_id)
        _answer, matches = rank(wanted, readable, today, filters=search.filters, model=False)
        found = [Fitting(match.listing, match.score) for match in matches if match.signals.said_points >= WORTH_TELLING]
    return found[:MOST]


def _needs(search: SavedSearch, wanted: Wanted, today: dt.date) -> list[Fitting]:
    answer = ask(wanted, kind="need", filters=search.filters, model=False)
    needs = list(listed_needs(search.user, today).filter(pk__in=list(answer.relevance)))
    found = []
    for need, evidence in zip(needs, judged(answer, needs), strict=True):
        signals = weigh(
            wanted, Offer(field=need.field), Table(), answer.relevance[need.pk], answer.plan.norm, today, evidence
        )
        if signals.said_points >= WORTH_TELLING:
            found.append(Fitting(need, signals.score))
    return sorted(found, key=lambda one: (-one.score, one.listing.pk))


SORTS: dict[str, tuple[Any, ...]] = {
    "running": (F("stopped_at").asc(nulls_first=True), "-pk"),
    "found": (F("found").desc(), "-pk"),
    "looked": (F("looked_at").desc(nulls_last=True), "-pk"),
    "name": ("name", "-pk"),
}
FIND_SORTS = ("new", "score")


@dataclass(frozen=True)
class Narrowed:
    """How a list of searches is narrowed and sorted; anything unknown is left out."""

    kind: str = ""
    state: str = ""
    sort: str = "running"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Narrowed:
        kind, state, sort = (str(given.get(name) or "") for name in ("kind", "state", "sort"))
        return cls(
            kind if kind in SavedSearch.Kind.values else "",
            state if state in ("running", "stopped") else "",
            sort if sort in SORTS else "running",
        )


def narrowed_searches(user: Any, by: Narrowed) -> QuerySet[SavedSearch]:
    """One's own searches of a kind, running or stopped, in an order of ``SORTS``."""
    found = searches_of(user)
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.state:
        found = found.filter(stopped_at__isnull=by.state == "running")
    return found.order_by(*SORTS[by.sort])


def searches_of(user: Any) -> QuerySet[SavedSearch]:
    """One's own, running ones first, with how much each has found that was news (``found``)."""
    counted = Count("finds", filter=Q(finds__known=False))
    own = SavedSearch.objects.filter(user_id=user.pk).select_related("need").annotate(found=counted)
    return own.order_by(*SORTS["running"])


def fresh_finds(user: Any, since: dt.datetime | None = None, most: int = 5) -> list[Fresh]:
    """What a person's running searches have found since then (a day ago by default), best first; what they may no
    longer see is left out."""
    since = since or clock.now() - dt.timedelta(days=1)
    rows = Find.objects.filter(search__user_id=user.pk, search__stopped_at=None, known=False, found_at__gte=since)
    return _seen(list(rows.select_related("search").order_by("-score", "-found_at", "pk")[: 4 * most]), user)[:most]


def finds_of(search: SavedSearch, user: Any, sort: str = "new", *, known: bool = False) -> list[Fresh]:
    """Everything that one search has found, latest or (``score``) best first, as far as it may still be seen; with
    ``known`` what was there already when it was saved."""
    rows = Find.objects.filter(search=search, known=known).select_related("search")
    if sort == "score":
        rows = rows.order_by("-score", "-found_at", "pk")
    return _seen(list(rows[:MOST_FINDS]), user)


def _seen(rows: Sequence[Find], user: Any) -> list[Fresh]:
    results = {row.result_id for row in rows if row.result_id}
    needs = {row.need_id for row in rows if row.need_id}
    listings: dict[tuple[str, int], Result | Need] = {}
    if results:
        listings |= {("result", one.pk): one for one in listed_results(user).filter(pk__in=results)}
    if needs:
        listings |= {("need", one.pk): one for one in listed_needs(user).filter(pk__in=needs)}
    found = []
    for row in rows:
        key = ("result", row.result_id) if row.result_id else ("need", row.need_id or 0)
        listing = listings.get(key)
        if listing is not None:
            found.append(Fresh(row.search, listing, shown(listing).heading, row.score, row.found_at))
    return found
