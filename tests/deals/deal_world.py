"""A deal for the tests: between the buyer and the supplier, run by ruoxi of the agency, with mingyuan on the team."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.contracts.conftest import DATA
from tests.world import People
from yinxian.contracts.models import Contract
from yinxian.contracts.operations import approve_contract, fill_contract, offer_contract
from yinxian.deals.models import Deal, Introduction, Share
from yinxian.deals.operations.contracts import draft_deal_contract, sign_from_contract
from yinxian.deals.operations.deals import move_deal, open_deal
from yinxian.market.models import Brief, Need, Result

INDICATOR = {"name": "一氧化碳浓度", "op": "<=", "low": None, "high": "50", "unit": "ppm", "quote": "50 ppm 以下"}


def make_introduction(people: People, *, state: str = "acknowledged", tag: str = "") -> Introduction:
    need = Need.objects.create(
        title=f"热水器一氧化碳低温消除{tag}",
        raw_words="我们的热水器冷启动时一氧化碳偏高",
        owner=people.buyer,
        manager=people.ruoxi,
        created_by=people.ruoxi,
        state=Need.State.MATCHING,
        field="07",
        contact_name="周衡",
        contact_phone="13800000003",
    )
    Brief.objects.create(
        need=need,
        number=1,
        content={
            "title": need.title,
            "problem": "冷启动时一氧化碳偏高",
            "target": "低温消除",
            "indicators": [INDICATOR],
        },
        created_by=people.ruoxi,
        signed_off_at=timezone.now(),
        signed_off_by="周衡",
    )
    result = Result.objects.create(
        title="低温催化剂", owner=people.supplier, created_by=people.lan, state=Result.State.PUBLISHED, field="07"
    )
    introduction = Introduction.objects.create(
        need=need,
        result=result,
        buyer=people.buyer,
        supplier=people.supplier,
        manager=people.ruoxi,
        agency=people.agency,
        subject=f"燃气热水器一氧化碳低温催化消除{tag}",
        state=state,
        fee_rate_bp=1160,
        offered_at=timezone.now(),
        acknowledged_at=timezone.now() if state == "acknowledged" else None,
    )
    for position, (user, bp) in enumerate(((people.ruoxi, 6000), (people.mingyuan, 4000))):
        Share.objects.create(introduction=introduction, position=position, user=user, bp=bp)
    return introduction


def make_deal(people: People, *, state: str = "introduced", tag: str = "") -> Deal:
    """A deal moved by the manager as far as ``state`` (up to intent)."""
    deal = open_deal(make_introduction(people, tag=tag).pk, people.ruoxi)
    for step in ("nda", "negotiating", "intent"):
        if deal.state == state:
            break
        deal = move_deal(deal_id=deal.pk, to=step, actor=people.ruoxi)
    assert deal.state == state
    return deal


def make_contract(people: People, deal: Deal, data: dict[str, Any] = DATA) -> Contract:
    contract = draft_deal_contract(deal_id=deal.pk, kind="development", actor=people.ruoxi)
    fill_contract(
        contract_id=contract.pk,
        actor=people.ruoxi,
        revision=1,
        title=contract.title,
        sub_kind=contract.sub_kind,
        data={**data, "values": {**contract.data["values"], **data["values"]}},
        amount_fen=48_000_000,
    )
    return offer_contract(contract_id=contract.pk, actor=people.ruoxi)


def make_signed(people: People, *, tag: str = "") -> Deal:
    deal = make_deal(people, state="intent", tag=tag)
    contract = make_contract(people, deal)
    for actor in (people.heng, people.lan):
        approve_contract(contract_id=contract.pk, actor=actor, revision=2)
    sign_from_contract(contract_id=contract.pk, actor=people.lan)
    deal.refresh_from_db()
    return deal
