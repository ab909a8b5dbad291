"""Which needs' best fits may no longer be the best."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from yinxian.journal.models import Entry
from yinxian.market.models import Need, Result

from ..models import BestFit
from .facts import wanted_by
from .index import ask

OVER = (Need.State.SOLVED, Need.State.CLOSED, Need.State.REJECTED, Need.State.EXPIRED)


def touched_by(*, needs: Iterable[int], results: Iterable[int]) -> set[int]:
    """Needs that have a best fit and changed themselves, whose best fit changed, or whose words bring up one of these
    results. Primary keys on both sides."""
    changed = set(results)
    found = Result.objects.filter(pk__in=changed)
    near = {pk for result in found for pk in ask(wanted_by(result), kind="need", model=False).relevance}
    kept = BestFit.objects.filter(Q(need__in=set(needs) | near) | Q(result__in=changed))
    return set(kept.values_list("need_id", flat=True))


def stale_fits() -> set[int]:
    """Needs, not yet over, whose best fit was found before the latest change of any result."""
    last = Entry.objects.filter(name__startswith="market.result.").order_by("-pk").values_list("at", flat=True).first()
    if last is None:
        return set()
    kept = BestFit.objects.filter(looked_at__lt=last).exclude(need__state__in=OVER)
    return set(kept.values_list("need_id", flat=True))
