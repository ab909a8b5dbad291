"""When the last running deal of a need is over and one was completed, the need is solved."""

from __future__ import annotations

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.market.operations.needs import settle_need

from ..models import Deal

State = Deal.State


@journal.follower("deals.solved_needs", ("deals.deal.moved",))
def settle(entry: Entry) -> None:
    """A lead holds nothing up: it is one manager's own thought."""
    if entry.data.get("to") not in Deal.ENDED:
        return
    need_id = Deal.objects.values_list("need_id", flat=True).get(pk=entry.subject_id)
    deals = Deal.objects.filter(need_id=need_id)
    running = deals.exclude(state__in=[State.LEAD, *Deal.ENDED]).exists()
    if not running and deals.filter(state=State.COMPLETED).exists():
        settle_need(need_id=need_id)
