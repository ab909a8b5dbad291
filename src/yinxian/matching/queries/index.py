"""Asking the market's index in the terms of a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yinxian.kernel.textindex import Unreadable
from yinxian.market import search as market

from ..engine.terms import Plan, plan, wishes
from ..engine.wanted import Wanted

POOL = 30  # hits that are looked at closely


@dataclass(frozen=True)
class Answer:
    """``plan`` are the words that were asked for, ``relevance`` what they brought (BM25) by primary key, best
    first; ``searched`` texts of the kind are in the index, nobody's confidential ones among them."""

    plan: Plan = field(default_factory=Plan)
    relevance: dict[int, float] = field(default_factory=dict)
    searched: int = 0


def ask(
    wanted: Wanted,
    *,
    kind: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = POOL,
) -> Answer:
    """Ask the network stream. Without an index, or without words: nothing."""
    asked = wishes(wanted)
    try:
        census = market.index().census(asked.weights, kind=kind, network=True)
    except Unreadable:
        return Answer()
    chosen = plan(asked, census.holding, census.texts)
    if not chosen.weights:
        return Answer(chosen, {}, census.of_kind)
    hits = market.search(chosen.weights, reader_network=True, kinds=(kind,), filters=filters, limit=limit).hits
    return Answer(chosen, {hit.pk: hit.score for hit in hits}, census.of_kind)
