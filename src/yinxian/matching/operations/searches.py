"""Save a search, look for it again every night, stop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.market.models import Need, Result
from yinxian.network.models import User

from ..models import Find, SavedSearch
from ..permissions import can_match_need, can_save_search
from ..queries.candidates import need_for
from ..queries.searches import Fitting, fitting

MOST_RUNNING, LONGEST_NAME, LONGEST_WORDS = 50, 80, 2000


def save_search(
    *,
    actor: User,
    kind: str,
    name: str = "",
    words: str = "",
    need_slug: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
) -> SavedSearch:
    """Look for this every night. What fits already is remembered as known. Saving the same again gives the same."""
    words, name = clean(words).strip(), " ".join(clean(name).split())
    if not can_save_search(actor):
        raise Forbidden("matching.save_search")
    if kind not in SavedSearch.Kind.values:
        raise Invalid("matching.search_kind", field="kind")
    if len(words) > LONGEST_WORDS or len(name) > LONGEST_NAME:
        raise Invalid("matching.search_too_long", field="words", limit=LONGEST_WORDS)
    need = need_for(need_slug, actor) if need_slug else None
    if need_slug and (need is None or not can_match_need(actor, need)):
        raise Need.DoesNotExist
    if need is None and not words:
        raise Invalid("matching.search_empty", field="words")
    title = name or (need.title if need and not words else words.splitlines()[0])
    made = _save(actor, kind, title[:LONGEST_NAME], words, need.pk if need else None, filters or {})
    if made.looked_at is None:
        _remember(made.pk, fitting(made, clock.today()), known=True)
    return made


@transaction.atomic
def _save(
    actor: User, kind: str, name: str, words: str, need_id: int | None, filters: Mapping[str, Sequence[str]]
) -> SavedSearch:
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # two clicks make one search
    running = SavedSearch.objects.filter(user=actor, stopped_at=None)
    kept = {key: list(values) for key, values in sorted(filters.items()) if values}
    for one in running.filter(kind=kind, words=words):
        if one.need_id == need_id and one.filters == kept:
            return one
    if running.count() >= MOST_RUNNING:
        raise Invalid("matching.searches_many", field="words", limit=MOST_RUNNING)
    made = SavedSearch.objects.create(user=actor, kind=kind, name=name, words=words, need_id=need_id, filters=kept)
    journal.record("matching.search.saved", actor=actor, subject=made, data={"kind": kind})
    return made


@transaction.atomic
def stop_search(*, search_id: int, actor: User) -> SavedSearch:
    """Nothing more is looked for; what was found stays. Stopping again changes nothing."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search_id)
    if search.user_id != actor.pk:
        raise Forbidden("matching.stop_search")
    if search.stopped_at is None:
        search.stopped_at = clock.now()
        search.save(update_fields=["stopped_at"])
        journal.record("matching.search.stopped", actor=actor, subject=search)
    return search


def look_again(today: dt.date) -> int:
    """Every running search once; whoever is to hear of something new does. Returns how many found something."""
    told = 0
    running = SavedSearch.objects.filter(stopped_at=None).select_related("user", "need__owner").order_by("pk")
    for search in running.iterator(chunk_size=200):
        if can_save_search(search.user):
            since = search.created_at.astimezone(clock.now().tzinfo).date()
            found = [one for one in fitting(search, today) if (one.listing.published_on or today) >= since]
            told += bool(_remember(search.pk, found, known=False))
    return told


@transaction.atomic
def _remember(search_id: int, found: Sequence[Fitting], *, known: bool) -> int:
    """Keep what was not there before; returns how many of these are news, and records that there are."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search_id)
    have = list(Find.objects.filter(search=search).values_list("result_id", "need_id"))
    results, needs = {result for result, _ in have}, {need for _, need in have}
    rows = []
    for one in found:
        row = Find(search=search, score=one.score, known=known)
        if isinstance(one.listing, Result):
            row.result, there = one.listing, one.listing.pk in results
        else:
            row.need, there = one.listing, one.listing.pk in needs
        rows += [] if there else [row]
    Find.objects.bulk_create(rows)
    search.looked_at = clock.now()
    search.save(update_fields=["looked_at"])
    if rows and not known:
        journal.record("matching.search.found", actor=None, subject=search, data={"count": len(rows)})
    return 0 if known else len(rows)
