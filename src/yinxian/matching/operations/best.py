"""Keeping the best fit of needs. No fact is recorded: nothing is decided, and the rows can be made again."""

from __future__ import annotations

from collections.abc import Iterable

from yinxian.kernel import clock
from yinxian.market.models import Need

from ..models import BestFit
from ..queries.ranking import best_for

STEP = 50


def keep_best_fits(need_ids: Iterable[int]) -> int:
    """Look for the best result of each need and keep it; each is written at once, so that a page shows how far it is.
    Answers how many were looked at; the same again changes nothing but the time."""
    ids, count = sorted(set(need_ids)), 0
    for start in range(0, len(ids), STEP):
        for need in Need.objects.filter(pk__in=ids[start : start + STEP]).order_by("pk"):
            best = best_for(need)
            given = {"result": best.listing if best else None, "score": best.score if best else 0}
            BestFit.objects.update_or_create(need=need, defaults=given | {"looked_at": clock.now()})
            count += 1
    return count
