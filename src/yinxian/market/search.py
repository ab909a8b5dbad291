"""The index of the market: which texts go in, what a query finds, how it follows the journal.

What is indexed is what ``queries.shown`` lets a level see: the public stream holds teasers of public listings,
the network stream the full text without contacts. Confidential fields are in neither, and a listing for named
parties only is not in the index at all. The database has the last word: hits are read through ``visible_…``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch

from yinxian.kernel import clock
from yinxian.kernel.text import required_terms, tokenise
from yinxian.kernel.textindex import Hits, Text, TextIndex, Unreadable

from .codes import Confidence
from .models import Brief, Need, Result
from .queries.levels import NETWORK, PUBLIC, on_market
from .queries.shown import shown

logger = logging.getLogger(__name__)
KINDS = ("result", "need")
MODELS: dict[str, type[Result] | type[Need]] = {"result": Result, "need": Need}
MOST_TERMS = 400  # of a long query: the index is asked for these first distinct tokens
CHUNK = 1000
MOST_AT_ONCE = 5000  # beyond it building anew is quicker than replacing


@cache
def _at(folder: Path) -> TextIndex:
    return TextIndex(folder, KINDS, patience=20)


def index() -> TextIndex:
    return _at(Path(settings.YINXIAN_DATA) / "index" / "market")


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
) -> Hits:
    """Results and needs for a query, best first (BM25).

    A short query asks for texts that hold all of it, and for texts that hold some of it where there is none;
    ``every`` decides otherwise; given terms with weights count as any. ``filters`` are facets: field, region
    (two digits), mode, trl. A reader outside the network searches teasers only. Without an index nothing is
    found, and the log says so.
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
        return index().search(terms, network=reader_network, kinds=kinds, facets=facets, limit=limit, offset=offset)
    except Unreadable as error:
        logger.error("the market's index cannot be read, nothing is found by text: %s", error)
        return Hits()


def text_of(listing: Result | Need) -> Text | None:
    """What the index holds of a listing; None when it must not be in it (not on the market, named only)."""
    kind = "result" if isinstance(listing, Result) else "need"
    if listing.confidence == Confidence.NAMED:
        return None
    public = "" if listing.confidence == Confidence.NETWORK else "\n".join(shown(listing, PUBLIC).texts())
    brief = _signed_brief(listing) if isinstance(listing, Need) else None
    network = "\n".join(shown(listing, NETWORK, brief).texts())
    return Text(kind, listing.pk, public, network, _facets(listing))


def _signed_brief(need: Need) -> Brief | None:
    signed: list[Brief] = getattr(need, "signed_briefs", [])
    return signed[-1] if signed else None


def _facets(listing: Result | Need) -> list[str]:
    found = [f"mode:{mode}" for mode in listing.modes]
    if listing.field:
        found.append(f"field:{listing.field}")
    if listing.region:
        found.append(f"region:{listing.region[:2]}")
    if isinstance(listing, Result) and listing.trl:
        found.append(f"trl:{listing.trl}")
    return found


def _listings(kind: str, pks: Iterable[int] | None = None) -> Iterator[Result | Need]:
    """Listings on the market of one kind with what their text needs, in chunks; all of them without ``pks``."""
    model = MODELS[kind]
    found = model._default_manager.filter(on_market(model, clock.today())).select_related("owner", "manager")
    if pks is not None:
        found = found.filter(pk__in=list(pks))
    if model is Need:
        signed = Brief.objects.filter(signed_off_at__isnull=False).order_by("number")
        found = found.prefetch_related(Prefetch("briefs", signed, to_attr="signed_briefs"))
    yield from found.order_by("pk").iterator(chunk_size=CHUNK)


def update(changed: Iterable[tuple[str, int]]) -> int:
    """Bring these listings up to date in the index: put in, or taken out when they left the market."""
    wanted = set(changed)
    if len(wanted) > MOST_AT_ONCE or not index().exists():
        return reindex()
    texts: list[Text] = []
    for kind in KINDS:
        pks = {pk for name, pk in wanted if name == kind}
        texts += [text for listing in _listings(kind, pks) if (text := text_of(listing))] if pks else []
    gone = wanted - {(text.kind, text.pk) for text in texts}
    try:
        index().write(texts, sorted(gone))
    except Unreadable:
        return reindex()
    return len(texts)


def reindex() -> int:
    """Build the whole index anew from the database; returns how many listings are in it."""
    texts = (text for kind in KINDS for listing in _listings(kind) if (text := text_of(listing)))
    return index().rebuild(texts)


def mend() -> int:
    """Build the index anew when it is missing or damaged; 0 when it is sound or there is nothing to index."""
    try:
        index().count()
        return 0
    except Unreadable:
        listed = any(next(_listings(kind), None) for kind in KINDS)
        return reindex() if listed else 0
