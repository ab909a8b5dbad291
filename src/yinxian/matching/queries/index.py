"""Asking the market's index in the terms of a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yinxian.kernel.textindex import Unreadable
from yinxian.market import search as market

from ..engine.evidence import Sought
from ..engine.question import POOL, prepare
from ..engine.terms import Plan
from ..engine.wanted import Wanted


@dataclass(frozen=True)
class Answer:
    """``plan`` are the words that were asked for, ``sought`` what speaks for a text besides, ``relevance`` what the
    words brought (BM25) by primary key, best first; ``searched`` texts of the kind are in the index, nobody's
    confidential ones among them."""

    plan: Plan = field(default_factory=Plan)
    relevance: dict[int, float] = field(default_factory=dict)
    searched: int = 0
    sought: Sought = field(default_factory=Sought)


def ask(
    wanted: Wanted,
    *,
    kind: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = POOL,
) -> Answer:
    """Ask the network stream. Without an index, or without words: nothing."""
    try:
        question = prepare(wanted, lambda terms: market.index().census(terms, kind=kind, network=True))
    except Unreadable:
        return Answer()
    chosen = question.plan
    if not chosen.weights:
        return Answer(chosen, {}, question.of_kind, question.sought)
    hits = market.search(chosen.weights, reader_network=True, kinds=(kind,), filters=filters, limit=limit).hits
    return Answer(chosen, {hit.pk: hit.score for hit in hits}, question.of_kind, question.sought)
