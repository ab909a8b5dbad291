"""A signed deal of 480,000.00 yuan whose fee and reward are those of the worked example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from tests.world import People
from yinxian.deals.models import BankReceipt, Deal, Introduction, Invoice, Milestone, Share
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Refusal
from yinxian.market.models import Need, Result
from yinxian.settlement.models import Account

SIGNED = dt.date(2026, 3, 20)
PLAN = (
    verbs.Planned("定金", 9_600_000, "合同签订", dt.date(2026, 3, 30), deposit=True),
    verbs.Planned("小试样件", 9_600_000, "CO ≤ 50 ppm，25 ℃，台架 4 小时"),
    verbs.Planned("中试样机", 19_200_000, "CO ≤ 50 ppm 连续 500 小时；压降 ≤ 80 Pa"),
    verbs.Planned("验收结题", 9_600_000, "第三方检测报告"),
)


def signed_deal(people: People, *, number: str = "LJ-2026-0137", **terms: object) -> Deal:
    """Introduced by ruoxi (60 %) and mingyuan (40 %), fee 11.6 % of each release paid by the supplier."""
    common = {"owner": people.buyer, "created_by": people.ruoxi, "title": "燃气热水器一氧化碳低温催化消除"}
    need = Need.objects.create(**common, raw_words="热水器排烟一氧化碳超标", manager=people.ruoxi)
    result = Result.objects.create(**{**common, "owner": people.supplier}, description="低温催化")
    introduction = Introduction.objects.create(
        need=need,
        result=result,
        buyer=people.buyer,
        supplier=people.supplier,
        manager=people.ruoxi,
        subject=number,
        state=Introduction.State.ACKNOWLEDGED,
        acknowledged_at=timezone.now(),
        **{"fee_kind": "rate", "fee_rate_bp": 1160, "payer": "supplier", "trigger": "release", **terms},
    )
    for position, (user, bp) in enumerate([(people.ruoxi, 6000), (people.mingyuan, 4000)], 1):
        Share.objects.create(introduction=introduction, position=position, user=user, bp=bp)
    return Deal.objects.create(
        number=number,
        title=need.title,
        introduction=introduction,
        need=need,
        result=result,
        buyer=people.buyer,
        supplier=people.supplier,
        manager=people.ruoxi,
        state=Deal.State.SIGNED,
        amount_fen=48_000_000,
        signed_on=SIGNED,
    )


def planned_deal(people: People, **terms: object) -> Deal:
    deal = signed_deal(people, **terms)
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000)
    verbs.plan(deal_id=deal.pk, lines=PLAN, actor=people.ruoxi)
    deal.refresh_from_db()
    return deal


def step(deal: Deal, position: int) -> Milestone:
    return deal.milestones.get(position=position)


def pay(people: People, milestone: Milestone, amount: int | None = None, number: str = "") -> None:
    verbs.record_payment(
        milestone_id=milestone.pk,
        amount_fen=amount or milestone.amount_fen,
        number=number or f"HD-{milestone.pk}",
        paid_on=SIGNED,
        payer="澜江暖能电器",
        key=number or f"form-{milestone.pk}",
        actor=people.heng,
    )


def deliver(people: People, milestone: Milestone) -> None:
    verbs.submit(milestone_id=milestone.pk, text="500 小时台架记录", actor=people.lan)


def balance(code: str) -> int:
    return Account.objects.get(code=code).posted


def refused(code: str, act: Callable[[], object]) -> None:
    """The act is refused with this code and a sentence, and nothing has moved."""
    before = _state()
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code
    assert found.value.sentence != code
    assert _state() == before


def _state() -> list[object]:
    return [
        list(Milestone.objects.order_by("pk").values()),
        list(Account.objects.order_by("pk").values()),
        list(BankReceipt.objects.values()),
        list(Invoice.objects.values()),
        Entry.objects.count(),
    ]
