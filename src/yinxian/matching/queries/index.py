"""Asking the market's index in the terms of a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yinxian.kernel.textindex import Unreadable
from yinxian.market import search as market

from ..engine.dense import standing_out
from ..engine.evidence import Evidence, Sought, judge
from ..engine.question import POOL, prepare
from ..engine.terms import Plan
from ..engine.wanted import Wanted
from . import dense


@dataclass(frozen=True)
class Answer:
    """``plan`` are the words that were asked for, ``sought`` what speaks for a text besides, ``relevance`` what the
    words brought (BM25) by primary key, best first; ``searched`` texts of the kind are in the index, nobody's
    confidential ones among them; ``near`` is what a dense model finds of those that have a vector. What only the model
    brought up has the relevance 0."""

    plan: Plan = field(default_factory=Plan)
    relevance: dict[int, float] = field(default_factory=dict)
    searched: int = 0
    sought: Sought = field(default_factory=Sought)
    near: dense.Likeness = field(default_factory=dense.Likeness)

    def judged(self, texts: Mapping[int, str]) -> dict[int, Evidence]:
        """What speaks for each beyond the words it shares, by primary key; they are compared with each other."""
        found = dict(zip(texts, judge(self.sought, list(texts.values())), strict=True))
        known = [pk for pk in texts if pk in self.near.of]
        nearer = standing_out([self.near.of[pk] for pk in known]) if known else []
        return found | {pk: replace(found[pk], by_dense=one) for pk, one in zip(known, nearer, strict=True)}


def ask(
    wanted: Wanted,
    *,
    kind: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = POOL,
    model: bool = True,
    beside: Sequence[int] = (),
) -> Answer:
    """Ask the network stream. Without an index, or without words: nothing. ``model`` also asks a dense one, where there
    is one; what it alone brings up knows of no filters, so there is none of it with them. Likeness is also wanted of
    what stands ``beside`` the pool."""
    try:
        question = prepare(wanted, lambda terms: market.index().census(terms, kind=kind, network=True))
    except Unreadable:
        return Answer()
    chosen = question.plan
    if not chosen.weights:
        return Answer(chosen, {}, question.of_kind, question.sought)
    words = chosen.weights
    found = market.search(words, reader_network=True, kinds=(kind,), filters=filters, limit=limit, counted=False)
    relevance = {hit.pk: hit.score for hit in found.hits}
    if not model:
        return Answer(chosen, relevance, question.of_kind, question.sought)
    near = dense.likeness(wanted, kind, [*relevance, *beside], widen=not any((filters or {}).values()))
    relevance |= {pk: 0.0 for pk in near.of if pk not in relevance and pk not in beside}
    return Answer(chosen, relevance, question.of_kind, question.sought, near)
