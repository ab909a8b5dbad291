"""What a query finds in the market's index; what is in it: ``indextexts``. The database has the last word: hits are
read through ``visible_…``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from yinxian.kernel.text import required_terms, tokenise
from yinxian.kernel.textindex import Hits, Unreadable

from .indexing import index, mend, reindex, update
from .indextexts import KINDS, text_of

__all__ = ["KINDS", "index", "mend", "query_terms", "reindex", "search", "text_of", "update"]
logger = logging.getLogger(__name__)
MOST_TERMS = 400  # of a long query: the index is asked for these first distinct tokens


def query_terms(text: str) -> list[str]:
    """Distinct tokens of a query; single characters only when there is nothing longer."""
    terms = list(dict.fromkeys(tokenise(text)))
    return ([term for term in terms if len(term) > 1] or terms)[:MOST_TERMS]


def search(
    query: str | Mapping[str, float],
    *,
    reader_network: bool,
    kinds: Sequence[str] = KINDS,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = 25,
    offset: int = 0,
    every: bool | None = None,
    counted: bool = True,
) -> Hits:
    """Results and needs for a query, best first (BM25).

    A short query asks for texts that hold all of it, and for texts that hold some of it where there is none;
    ``every`` decides otherwise; given terms with weights count as any. ``filters`` are facets: field, region
    (two digits), mode, trl. A reader outside the network searches teasers only. Without an index nothing is
    found, and the log says so. ``counted``: whether the caller asks how many there are.
    """
    facets = [[f"{name}:{choice}" for choice in choices] for name, choices in (filters or {}).items() if choices]
    try:
        if isinstance(query, str):
            needed = required_terms(query)
            strict = len(needed) <= 24 if every is None else every
            if strict and needed:
                found = index().search(
                    needed[:MOST_TERMS],
                    network=reader_network,
                    every=True,
                    kinds=kinds,
                    facets=facets,
                    limit=limit,
                    offset=offset,
                )
                if found.total or every:
                    return found
        terms = query_terms(query) if isinstance(query, str) else query
        return index().search(
            terms,
            network=reader_network,
            kinds=kinds,
            facets=facets,
            limit=limit,
            offset=offset,
            counted=counted,
        )
    except Unreadable as error:
        logger.error("the market's index cannot be read, nothing is found by text: %s", error)
        return Hits()
