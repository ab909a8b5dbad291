"""A licence of the demo with an entry fee and a royalty: two months reported, one late."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import RoyaltyReport
from yinxian.deals.operations.royalties import Agreed, agree_royalty, chase_late, report_royalty
from yinxian.settlement.plans import Royalty
from yinxian.settlement.rules import Tier

from .content import Record, by_key
from .deals import admins_of, manager_of
from .timeline import Event, World

DEAL = "d-wheat"
AGREED, REPORTED, CHASED = 58, 59, 98
SOLD = (1_240_000_00, 1_685_000_00)
"""Sales of the first two months, in fen."""


def events(world: World) -> Iterator[Event]:
    deal = by_key("deal")[DEAL]
    signed = deal["contract"]["signed"]
    yield Event(signed + 1, AGREED, partial(_agree, world, deal))
    for number, fen in enumerate(SOLD, 1):
        yield Event(signed + 31 * number + 5, REPORTED, partial(_report, world, deal, number, fen))
    yield Event(-2, CHASED, partial(_chase, world))


def _agree(world: World, deal: Record) -> None:
    """3 % of sales up to ten million yuan, 2 % above: a falling royalty, monthly, for three years."""
    signed = deal["contract"]["signed"]
    terms = Agreed(
        base="sales",
        royalty=Royalty((Tier(1_000_000_000, 300), Tier(None, 200))),
        starts_on=world.day(signed),
        ends_on=world.day(signed + 1095),
        every_months=1,
        report_days=10,
        pay_days=15,
    )
    agree_royalty(deal_id=world.pk("deal", DEAL), terms=terms, actor=manager_of(world, deal))


def _report(world: World, deal: Record, number: int, fen: int) -> None:
    buyer, _ = admins_of(world, deal)
    report = RoyaltyReport.objects.get(plan__deal_id=world.pk("deal", DEAL), number=number)
    report_royalty(report_id=report.pk, base_fen=fen, actor=buyer, note="按出库单统计，含税")


def _chase(world: World) -> None:
    chase_late(world.day(-2))
