"""A contract that the registry has taken is its deal's registration, too."""

from __future__ import annotations

import datetime as dt

from yinxian import journal
from yinxian.journal.models import Entry

from ..models import Deal
from ..operations.deals import register_deal


@journal.follower("deals.registrations", ("contracts.registration.decided",))
def register(entry: Entry) -> None:
    """Where nobody has recorded it by hand; by whoever recorded the registry's answer, if the deal is theirs."""
    if entry.data.get("outcome") != "registered" or entry.actor is None:
        return
    deal = Deal.objects.filter(contract_id=entry.subject_id, registration_no="", signed_on__isnull=False).first()
    if deal is not None and deal.state in (Deal.State.SIGNED, Deal.State.PERFORMING, Deal.State.COMPLETED):
        actor = deal.manager if deal.manager_id != entry.actor_id else entry.actor
        on = dt.date.fromisoformat(entry.data["on"])
        register_deal(deal_id=deal.pk, number=entry.data["number"], registered_on=on, actor=actor)
