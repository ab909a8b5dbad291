"""Facts for the tests, recorded as the apps below record them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from tests.deals.milestone_world import deliver, pay, planned_deal, step
from tests.world import People
from yinxian import journal
from yinxian.deals.models import Deal, TeamMember
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.deals import register_deal
from yinxian.journal.models import Entry
from yinxian.journal.operations.work import drain
from yinxian.network.models import User


def registered(people: People, **terms: object) -> Deal:
    """A deal of 480,000.00 yuan, 60 : 40 of its fee to ruoxi and mingyuan, registered; the worker has read it."""
    deal = planned_deal(people, **terms)
    register_deal(deal_id=deal.pk, number="2026-330100-001", registered_on=dt.date(2026, 3, 20), actor=people.ruoxi)
    drain()
    return deal


def staffed(people: People, deal: Deal, user: User) -> None:
    """The person works on the deal for the supplier."""
    TeamMember.objects.create(
        deal=deal, user=user, name=user.name, profession="other", side="supplier", added_by=people.ruoxi
    )


def released(people: People, deal: Deal, position: int = 2) -> None:
    pay(people, step(deal, position))
    deliver(people, step(deal, position))
    verbs.accept_and_release(milestone_id=step(deal, position).pk, actor=people.heng)
    drain()


def fact(name: str, subject: Any, actor: User | None = None, **data: Any) -> Entry:
    """An entry as an app above or beside would record it."""
    with transaction.atomic():
        entry = journal.record(name, actor=actor, subject=subject, data=data)
    drain()
    return entry
