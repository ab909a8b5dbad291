"""Results for a need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from yinxian.kernel import clock
from yinxian.market.codes import Confidence
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import NETWORK, listed_results, on_market
from yinxian.network.members import is_in_network

from ..engine.fit import fit_table
from ..engine.score import weigh
from ..engine.terms import Plan
from ..engine.wanted import Wanted
from ..models import Candidate
from ..permissions import can_decide
from .facts import brief_of, offer_of, wanted_of
from .found import Found, Match
from .index import POOL, Answer, ask

RELATED = 5
UNREAD = (
    "confidential",
    "contact_name",
    "contact_phone",
    "contact_email",
    "evidence",
    "review_reason",
)  # not even loaded
DEEP = 200  # how far down "why does it stand there" looks


def network_results(today: dt.date) -> QuerySet[Result]:
    """What every member of the network may read; the index holds nothing else."""
    found: QuerySet[Result] = Result.objects.exclude(confidence=Confidence.NAMED)
    readable = found.filter(on_market(Result, today)).select_related("owner", "manager")
    return readable.defer(*UNREAD).order_by("pk")


def rank(
    wanted: Wanted,
    readable: QuerySet[Result],
    today: dt.date,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = POOL,
) -> tuple[Answer, list[Match]]:
    """The best results of those that may be read, by score. One query to the database; each is shown as the
    network sees it, also to those who may see more of it elsewhere."""
    answer = ask(wanted, kind="result", filters=filters, limit=limit)
    loaded = readable.filter(pk__in=list(answer.relevance)) if answer.relevance else []
    matches = []
    for result in loaded:
        result.level = NETWORK  # type: ignore[attr-defined]  # as visible_results annotates it
        matches.append(assess(wanted, answer.plan, result, answer.relevance[result.pk], today))
    return answer, in_order(matches)


def in_order(matches: list[Match]) -> list[Match]:
    """Best first, with their ranks."""
    matches.sort(key=lambda match: (-sum(match.signals.points.values()), match.listing.pk))
    for place, match in enumerate(matches, start=1):
        match.rank = place
    return matches


def assess(wanted: Wanted, plan: Plan, result: Result, relevance: float, today: dt.date) -> Match:
    """One result beside what is wanted: fit table, signals, score."""
    offer = offer_of(result)
    table = fit_table(wanted.indicators, result.indicators)
    return Match(result, wanted, plan, offer, table, weigh(wanted, offer, table, relevance, plan.norm, today))


def match_need(
    need: Need,
    user: Any,
    *,
    words: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
    today: dt.date | None = None,
) -> Found:
    """Results for a need as this reader may see them; other words replace the brief's, its facts stay.

    A candidate's state is only there for those who may decide. Results of the need's own owner are left out.
    """
    deciding = can_decide(user, need)
    brief = brief_of(need, signed_only=not deciding)
    wanted = wanted_of(need, brief)
    if words.strip():
        wanted = wanted.in_words(words)
    if not is_in_network(user):
        return Found(wanted, brief=brief, outside=True)
    today = today or clock.today()
    readable = network_results(today).exclude(owner_id=need.owner_id)
    answer, matches = rank(wanted, readable, today, filters=filters)
    if deciding:
        decided = {row.result_id: row for row in Candidate.objects.filter(need=need)}
        for match in matches:
            match.candidate = decided.get(match.listing.pk)
    good = in_order([match for match in matches if match.signals.found])
    return Found(wanted, answer.plan, answer.searched, good, _related(matches, good, wanted), brief)


def _related(matches: Sequence[Match], good: Sequence[Match], wanted: Wanted) -> list[Match]:
    """Same field, another road: what shares the field but hardly the words."""
    shown = {match.listing.pk for match in good[:10]}
    codes = {code for code, _ in wanted.fields[:2]}
    rest = [match for match in matches if match.listing.pk not in shown and match.listing.field in codes]
    return list(reversed(rest))[:RELATED]


def decided(need: Need, user: Any, state: str, today: dt.date | None = None) -> list[Match]:
    """Candidates in a state, as scored when they were decided; those that the reader may no longer see are left out."""
    today = today or clock.today()
    brief = brief_of(need, signed_only=False)
    wanted = wanted_of(need, brief)
    rows = {row.result_id: row for row in Candidate.objects.filter(need=need, state=state).select_related("decided_by")}
    answer = ask(wanted, kind="result", limit=DEEP) if rows else Answer()
    matches = []
    for result in listed_results(user, today).filter(pk__in=list(rows)):
        match = assess(wanted, answer.plan, result, answer.relevance.get(result.pk, 0.0), today)
        match.candidate = rows[result.pk]
        matches.append(match)
    return in_order(matches)


def why(need: Need, result: Result, user: Any, *, words: str = "", today: dt.date | None = None) -> Match:
    """One result for a need, with its place among the first 200 that words bring up (0: further down)."""
    today = today or clock.today()
    wanted = wanted_of(need, brief_of(need, signed_only=not can_decide(user, need)))
    if words.strip():
        wanted = wanted.in_words(words)
    answer = ask(wanted, kind="result", limit=DEEP)
    match = assess(wanted, answer.plan, result, answer.relevance.get(result.pk, 0.0), today)
    match.rank = list(answer.relevance).index(result.pk) + 1 if result.pk in answer.relevance else 0
    return match


def seen_result(slug: str, user: Any) -> Result | None:
    """A result on the market that the reader sees in full."""
    found = listed_results(user).filter(slug=slug).first()
    return found if found is not None and getattr(found, "level", "") in (NETWORK, "named") else None
