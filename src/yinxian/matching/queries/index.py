"""Asking the market's index in the terms of a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from yinxian.kernel.textindex import Hits, Unreadable
from yinxian.market import search as market

from ..engine.terms import Plan, plan
from ..engine.wanted import Wanted

POOL = 40  # hits that are looked at closely


def ask(
    wanted: Wanted,
    *,
    kind: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = POOL,
) -> tuple[Plan, Hits]:
    """The chosen words and what they find in the network stream, best first. Without an index: nothing."""
    try:
        index = market.index()
        chosen = plan(wanted, partial(index.frequencies, network=True), index.count())
    except Unreadable:
        return Plan(), Hits()
    if not chosen.weights:
        return chosen, Hits()
    return chosen, market.search(chosen.weights, reader_network=True, kinds=(kind,), filters=filters, limit=limit)


def how_many(kind: str) -> int:
    """How many listings of a kind the index holds; nobody's confidential ones are among them."""
    try:
        return market.index().count(kind)
    except Unreadable:
        return 0
