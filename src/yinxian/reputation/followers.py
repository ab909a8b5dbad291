"""Which facts earn points."""

from __future__ import annotations

from yinxian import journal
from yinxian.deals.models import Deal, Milestone
from yinxian.journal.models import Entry

from .models import Event
from .operations.points import award


@journal.follower("reputation.milestones", ("deals.milestone.released",))
def milestone_accepted(entry: Entry) -> None:
    """Payments of the buyer's fee are not work accepted: they earn nothing."""
    milestone = Milestone.objects.select_related("deal__introduction").get(pk=entry.subject_id)
    if milestone.kind != Milestone.Kind.FEE:
        award(entry=entry, event=Event.MILESTONE_ACCEPTED, deal=milestone.deal, amount_fen=milestone.amount_fen)


@journal.follower("reputation.registrations", ("deals.deal.registered",))
def contract_registered(entry: Entry) -> None:
    deal = Deal.objects.select_related("introduction").get(pk=entry.subject_id)
    award(entry=entry, event=Event.CONTRACT_REGISTERED, deal=deal, amount_fen=deal.amount_fen or 0)
