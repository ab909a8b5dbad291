"""Results for a need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from yinxian.kernel import clock
from yinxian.market.codes import Confidence
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import NETWORK, listed_results, on_market
from yinxian.network.members import is_in_network

from ..engine.evidence import Evidence
from ..engine.fit import fit_table
from ..engine.likeness import versions
from ..engine.question import POOL
from ..engine.score import content_points, weigh
from ..engine.wanted import Wanted
from ..engine.weights import PRIOR, Weights
from ..models import Candidate
from ..permissions import can_decide
from .facts import brief_of, offer_of, plain, plain_texts, text_of, wanted_of
from .found import Found, Match
from .index import Answer, ask
from .weights import records_of, weights_in_use

RELATED = 5
UNREAD = (
    "confidential",
    "contact_name",
    "contact_phone",
    "contact_email",
    "evidence",
    "review_reason",
)  # not even loaded
SHOWN = 30  # results that are looked at in every respect


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
    limit: int = SHOWN,
    model: bool = True,
) -> tuple[Answer, list[Match]]:
    """The best results of those that may be read, by score. Two queries to the database, one for the words of all and
    one for the best; each is shown as the network sees it, also to those who may see more of it elsewhere."""
    answer = ask(wanted, kind="result", filters=filters, limit=max(POOL, limit), model=model)
    texts = plain_texts(readable.filter(pk__in=list(answer.relevance))) if answer.relevance else {}
    evidence = answer.judged(texts)

    weights = weights_in_use() if texts else PRIOR

    def says(pk: int) -> float:
        return sum(weights.weighed(content_points(answer.relevance[pk], answer.plan.norm, evidence[pk])).values())

    best = list(readable.filter(pk__in=sorted(texts, key=lambda pk: (-says(pk), pk))[:limit])) if texts else []
    for result in best:
        result.level = NETWORK  # type: ignore[attr-defined]  # as visible_results annotates it
    lens = Lens(weights, records_of(best))
    return answer, in_order([assess(wanted, answer, result, evidence[result.pk], today, lens) for result in best])


@dataclass(frozen=True)
class Lens:
    """What the house has learned: the weights in use, and how each supplier's results fared."""

    weights: Weights = PRIOR
    records: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def lens_for(results: Sequence[Result]) -> Lens:
    return Lens(weights_in_use(), records_of(results)) if results else Lens()


def judged(answer: Answer, listings: Sequence[Result | Need]) -> list[Evidence]:
    """What speaks for each beyond the words it shares; they are compared with each other."""
    return list(answer.judged({listing.pk: plain(text_of(listing)) for listing in listings}).values())


def in_order(matches: list[Match]) -> list[Match]:
    """Best first, with their ranks."""
    matches.sort(key=lambda match: (-sum(match.signals.points.values()), match.listing.pk))
    for place, match in enumerate(matches, start=1):
        match.rank = place
    return matches


def folded(matches: list[Match]) -> list[Match]:
    """Best first, versions of one result under the best of them: a list shows ten roads, not one road ten times."""
    ordered = in_order(matches)
    firsts = versions([plain(text_of(match.listing)) for match in ordered])
    for match, first in zip(ordered, firsts, strict=True):
        if ordered[first] is not match:
            ordered[first].versions.append(match)
    return in_order([match for place, match in enumerate(ordered) if firsts[place] == place])


def assess(wanted: Wanted, answer: Answer, result: Result, evidence: Evidence, today: dt.date, lens: Lens) -> Match:
    """One result beside what is wanted: fit table, signals, score."""
    offer = offer_of(result, lens.records.get(result.owner_id, (0, 0)))
    table = fit_table(wanted.indicators, result.indicators)
    relevance = answer.relevance.get(result.pk, 0.0)
    signals = weigh(wanted, offer, table, relevance, answer.plan.norm, today, evidence, lens.weights)
    return Match(result, wanted, answer.plan, offer, table, signals, evidence)


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
    good = folded([match for match in matches if match.signals.found])
    return Found(wanted, answer.plan, answer.searched, good, _related(matches, good, wanted), brief, answer.near.said)


def _related(matches: Sequence[Match], good: Sequence[Match], wanted: Wanted) -> list[Match]:
    """Same field, another road: what shares the field but hardly the words."""
    shown = {one.listing.pk for match in good[:10] for one in (match, *match.versions)}
    codes = {code for code, _ in wanted.fields[:2]}
    rest = [match for match in matches if match.listing.pk not in shown and match.listing.field in codes]
    return list(reversed(rest))[:RELATED]


def decided(need: Need, user: Any, state: str, today: dt.date | None = None) -> list[Match]:
    """Candidates in a state, as scored when they were decided; those that the reader may no longer see are left out."""
    today = today or clock.today()
    brief = brief_of(need, signed_only=False)
    wanted = wanted_of(need, brief)
    rows = {row.result_id: row for row in Candidate.objects.filter(need=need, state=state).select_related("decided_by")}
    listed = list(listed_results(user, today).filter(pk__in=list(rows))) if rows else []
    matches = beside_the_pool(wanted, listed, today)[1]
    for match in matches:
        match.candidate = rows[match.listing.pk]
    return in_order(matches)


def beside_the_pool(wanted: Wanted, listed: Sequence[Result], today: dt.date) -> tuple[list[Match], list[Match]]:
    """The pool that words bring up, and these results judged beside it, so that both carry comparable scores."""
    answer = ask(wanted, kind="result", beside=[one.pk for one in listed]) if listed else Answer()
    given = {result.pk for result in listed}
    pool = (
        list(network_results(today).filter(pk__in=[pk for pk in answer.relevance if pk not in given])) if given else []
    )
    both = [*pool, *listed]
    evidence, lens = judged(answer, both), lens_for(both)
    matches = [assess(wanted, answer, result, found, today, lens) for result, found in zip(both, evidence, strict=True)]
    return matches[: len(pool)], matches[len(pool) :]


def why(need: Need, result: Result, user: Any, *, words: str = "", today: dt.date | None = None) -> Match:
    """One result for a need, with its place among the hundred that words bring up; 0 when it is not one of them."""
    today = today or clock.today()
    wanted = wanted_of(need, brief_of(need, signed_only=not can_decide(user, need)))
    if words.strip():
        wanted = wanted.in_words(words)
    pool, [match] = beside_the_pool(wanted, [result], today)
    in_order([*(one for one in pool if one.listing.owner_id != need.owner_id), match])
    if not match.signals.points.get("text"):
        match.rank = 0
    return match


def named(words: str, user: Any, most: int = 10) -> list[Result]:
    """Results on the market that the reader sees in full and whose title holds these words."""
    if not words:
        return []
    found = listed_results(user).filter(title__icontains=words).order_by("-pk")[: 3 * most]
    return [one for one in found if getattr(one, "level", "") in (NETWORK, "named")][:most]


def seen_result(slug: str, user: Any) -> Result | None:
    """A result on the market that the reader sees in full."""
    found = listed_results(user).filter(slug=slug).first()
    return found if found is not None and getattr(found, "level", "") in (NETWORK, "named") else None
