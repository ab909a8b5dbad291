"""The demo's manager who was gone around claims the fee (民法典 965); the buyer has paid half of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import BypassAlarm
from yinxian.deals.operations.claims import claim_fee, record_claim_paid
from yinxian.journal.operations.work import drain

from .timeline import Event, World

CLAIMED, PAID = 95, 96
FEE_FEN = 7_800_000  # 3 % of the contract that was signed past the manager


def events(world: World) -> Iterator[Event]:
    yield Event(-2, CLAIMED - 1, drain)  # the follower of contracts raises the alarm
    yield Event(-2, CLAIMED, partial(_claim, world))
    yield Event(-1, PAID, partial(_pay, world))


def _alarm() -> BypassAlarm:
    return BypassAlarm.objects.filter(state=BypassAlarm.State.OPEN).earliest("pk")


def _claim(world: World) -> None:
    alarm = _alarm()
    claim_fee(
        alarm_id=alarm.pk,
        debtor="buyer",
        amount_fen=FEE_FEN,
        ground=f"双方在保护期内自行签订（{alarm.reference}），按介绍确认书约定的佣金主张",
        actor=alarm.introduction.manager,
    )


def _pay(world: World) -> None:
    alarm = _alarm()
    record_claim_paid(
        alarm_id=alarm.pk,
        amount_fen=FEE_FEN // 2,
        number="HD-2026-1108",
        paid_on=world.day(-1),
        actor=alarm.introduction.manager,
    )
