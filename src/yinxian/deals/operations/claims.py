"""The fee that is owed though the manager was bypassed (民法典 965): claimed, paid, given up. The books keep it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.kernel import text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User
from yinxian.settlement import operations as settlement
from yinxian.settlement.models import Account, Claim, Transaction

from ..models import BypassAlarm
from ..permissions import introductions as permissions
from .alarms import close_alarm
from .milestones.splitting import team_of

State = BypassAlarm.State


@transaction.atomic
def claim_fee(*, alarm_id: int, debtor: str, amount_fen: int, ground: str, actor: User) -> Claim:
    """Record what the client that went around owes; divided, when it is paid, by the introduction's shares.

    ``debtor`` is buyer or supplier: a side of the introduction. Once for each alarm; the same amount again is the same
    claim. Conflict when the alarm is closed; Invalid without a ground.
    """
    alarm = _lock(alarm_id, actor)
    if alarm.state != State.OPEN:
        raise Conflict("deals.bypass_closed")
    ground = text.clean(ground).strip()
    if not ground:
        raise Invalid("deals.claim_ground", field="ground")
    if debtor not in ("buyer", "supplier"):
        raise Invalid("deals.claim_debtor", field="debtor")
    owes = alarm.introduction.buyer if debtor == "buyer" else alarm.introduction.supplier
    made = settlement.claim(
        reference=alarm.slug,
        debtor=owes,
        amount_fen=amount_fen,
        shares=team_of(alarm.introduction),
        ground=ground,
        actor=actor,
    )
    _note("deals.bypass.claimed", alarm, actor, amount_fen)
    return made


@transaction.atomic
def record_claim_paid(*, alarm_id: int, amount_fen: int, number: str, paid_on: dt.date, actor: User) -> Transaction:
    """Record that (part of) it was paid, by the number of the bank's receipt; the last part settles the alarm."""
    alarm = _lock(alarm_id, actor)
    found = claim_of(alarm)
    if found is None:
        raise Conflict("deals.no_claim")
    done = settlement.pay_claim(claim_id=found.pk, amount_fen=amount_fen, number=number, paid_on=paid_on, actor=actor)
    _note("deals.bypass.claim_paid", alarm, actor, amount_fen)
    if not open_fen(found) and alarm.state == State.OPEN:
        close_alarm(alarm_id=alarm.pk, actor=actor, settled=True, note=f"{number} {paid_on.isoformat()}")
    return done


@transaction.atomic
def give_up_claim(*, alarm_id: int, reason: str, actor: User) -> BypassAlarm:
    """Give up what is still open of the claim, saying why; the alarm is settled with it."""
    alarm = _lock(alarm_id, actor)
    found = claim_of(alarm)
    if found is None or not open_fen(found):
        raise Conflict("deals.no_claim")
    settlement.drop_claim(claim_id=found.pk, actor=actor, reason=text.clean(reason))
    return close_alarm(alarm_id=alarm.pk, actor=actor, settled=True, note=reason)


def claim_of(alarm: BypassAlarm) -> Claim | None:
    return Claim.objects.select_related("debtor").filter(reference=alarm.slug).first()


def open_fen(found: Claim) -> int:
    """What of it is still unpaid."""
    return Account.objects.values_list("posted", flat=True).get(code=found.code)


def _lock(alarm_id: int, actor: User) -> BypassAlarm:
    alarm = BypassAlarm.objects.select_for_update(of=("self",)).select_related("introduction").get(pk=alarm_id)
    if not permissions.can_close_alarm(actor, alarm):
        raise Forbidden("deals.bypass_not_yours")
    return alarm


def _note(name: str, alarm: BypassAlarm, actor: User, amount_fen: int) -> None:
    agency_id = alarm.introduction.agency_id
    data = {"introduction": alarm.introduction.slug, "amount_fen": amount_fen}
    journal.record(name, actor=actor, subject=alarm, data=data, organisations=[agency_id] if agency_id else [])
