"""A contract between the buyer and the supplier, seen to by ruoxi."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.world import People
from yinxian.contracts.models import Contract
from yinxian.contracts.operations import draft_contract, fill_contract, offer_contract
from yinxian.contracts.queries.contracts import template_of

VALUES = {
    "scope": "研制在 25 ℃ 起效的一氧化碳消除催化剂\n并做出样机",
    "plan": "第一阶段小试；第二阶段中试",
    "place": "杭州",
    "start_on": "2026-03-28",
    "end_on": "2026-12-31",
    "deliverables": "样机 1 台；检测报告",
    "ip_sharing": "双方各自可以使用，许可他人的收益平分",
    "acceptance": "按下表指标由第三方检测",
}
INDICATORS = [{"name": "一氧化碳浓度", "requirement": "≤ 50 ppm", "method": "台架连续 500 小时"}]
PAYMENTS = [
    {"title": "定金", "condition": "合同签订", "due_on": "2026-03-28", "amount_fen": 9_600_000},
    {"title": "验收", "condition": "验收合格", "due_on": "", "amount_fen": 38_400_000},
]
DATA: dict[str, Any] = {"values": VALUES, "indicators": INDICATORS, "payments": PAYMENTS}


@pytest.fixture
def draft(people: People) -> Callable[..., Contract]:
    def make(**changes: Any) -> Contract:
        given: dict[str, Any] = {
            "kind": "development",
            "buyer_id": people.buyer.pk,
            "supplier_id": people.supplier.pk,
            "data": DATA,
            "amount_fen": 48_000_000,
            "actor": people.ruoxi,
            "handler_id": people.ruoxi.pk,
            "title": "燃气热水器一氧化碳低温催化消除",
            "reference": "2026-0001",
        }
        return draft_contract(**{**given, **changes})

    return make


@pytest.fixture
def offered(people: People, draft: Callable[..., Contract]) -> Contract:
    return offer_contract(contract_id=draft().pk, actor=people.ruoxi)


@pytest.fixture
def fill() -> Callable[..., Contract]:
    """Save the contract again with some values changed."""

    def change(contract: Contract, actor: Any, **values: str) -> Contract:
        contract.refresh_from_db()
        asked = {ask.key for ask in template_of(contract).asks}
        data = {**contract.data, "values": {**contract.data["values"], **values}}
        assert set(values) <= asked
        return fill_contract(
            contract_id=contract.pk,
            actor=actor,
            revision=contract.revision,
            title=contract.title,
            sub_kind=contract.sub_kind,
            data=data,
            amount_fen=contract.amount_fen,
        )

    return change
