"""The bypass alarm: a deal or contract of a protected pair in which its manager has no part (民法典 965)."""

from __future__ import annotations

from yinxian import journal
from yinxian.contracts.models import Contract
from yinxian.journal.models import Entry

from ..models import BypassAlarm, Deal, Introduction
from ..operations.alarms import raise_alarm
from ..queries.introductions import protecting

What = BypassAlarm.What


@journal.follower("deals.bypass_deal", ("deals.deal.",))
def watch_deal(entry: Entry) -> None:
    """A lead is one manager's own thought; from the introduction on, the pair is at work."""
    if entry.subject_type != Deal._meta.label_lower:
        return
    deal = Deal.objects.filter(pk=entry.subject_id).first()
    if deal is None or deal.state in (Deal.State.LEAD, Deal.State.TERMINATED):
        return
    for introduction in protecting(buyer_id=deal.buyer_id, supplier_id=deal.supplier_id, at=entry.at):
        if not takes_part(introduction, deal):
            _alarm(introduction, What.DEAL, deal.slug, entry)


@journal.follower("deals.bypass_contract", ("contracts.contract.agreed",))
def watch_contract(entry: Entry) -> None:
    contract = Contract.objects.filter(pk=entry.subject_id).first()
    if contract is None or contract.kind in Contract.BESIDE:
        return
    deal = Deal.objects.filter(contract=contract).first()
    for introduction in protecting(buyer_id=contract.buyer_id, supplier_id=contract.supplier_id, at=entry.at):
        if deal is not None and takes_part(introduction, deal):
            continue
        if introduction.manager_id not in (contract.handler_id, contract.broker_user_id, contract.created_by_id):
            _alarm(introduction, What.CONTRACT, contract.slug, entry)


def takes_part(introduction: Introduction, deal: Deal) -> bool:
    """The deal came from this introduction or an earlier one, or its manager runs it, works on it, or has a share."""
    manager_id, origin = introduction.manager_id, deal.introduction
    if manager_id == deal.manager_id or deal.team.filter(user_id=manager_id, left_at=None).exists():
        return True
    if origin is None:
        return False
    return _stands_before(origin, introduction) or origin.shares.filter(user_id=manager_id).exists()


def _stands_before(origin: Introduction, other: Introduction) -> bool:
    """Whether the deal's own introduction is this one, or was acknowledged before it: the earlier record stands."""
    if origin.pk == other.pk:
        return True
    first, second = origin.acknowledged_at, other.acknowledged_at
    return first is not None and second is not None and first < second


def _alarm(introduction: Introduction, what: str, reference: str, entry: Entry) -> None:
    raise_alarm(introduction_id=introduction.pk, what=what, reference=reference, happened_at=entry.at)
