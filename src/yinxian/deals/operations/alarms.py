"""The bypass alarm: raised by the journal's follower, settled or dismissed by the manager."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ..models import BypassAlarm, Introduction
from ..permissions import introductions as permissions

State = BypassAlarm.State


@transaction.atomic
def raise_alarm(*, introduction_id: int, what: str, reference: str, happened_at: dt.datetime) -> BypassAlarm | None:
    """Note once that a protected pair went on without the manager (民法典 965); None when it is noted already."""
    introduction = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction_id)
    alarm, created = BypassAlarm.objects.get_or_create(
        introduction=introduction,
        what=what,
        reference=reference,
        defaults={"happened_at": happened_at, "raised_at": clock.now()},
    )
    if not created:
        return None
    journal.record(
        "deals.bypass.raised",
        actor=None,
        subject=alarm,
        data={"introduction": introduction.slug, "what": what},
        organisations=[introduction.agency_id] if introduction.agency_id else [],
    )
    return alarm


@transaction.atomic
def close_alarm(*, alarm_id: int, actor: User, settled: bool, note: str) -> BypassAlarm:
    """Settle or dismiss, saying why."""
    alarm = BypassAlarm.objects.select_for_update(of=("self",)).get(pk=alarm_id)
    if not permissions.can_close_alarm(actor, alarm):
        raise Forbidden("deals.bypass_not_yours")
    if alarm.state != State.OPEN:
        raise Conflict("deals.bypass_closed")
    note = text.clean(note).strip()
    if not note:
        raise Invalid("deals.bypass_note", field="note")
    alarm.move_to(State.SETTLED if settled else State.DISMISSED)
    alarm.note, alarm.closed_by, alarm.closed_at = note[:2000], actor, clock.now()
    alarm.save(update_fields=["state", "note", "closed_by", "closed_at"])
    agency_id = alarm.introduction.agency_id
    journal.record(
        "deals.bypass.settled" if settled else "deals.bypass.dismissed",
        actor=actor,
        subject=alarm,
        data={"introduction": alarm.introduction.slug},
        organisations=[agency_id] if agency_id else [],
    )
    return alarm
