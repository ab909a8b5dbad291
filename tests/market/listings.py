"""Results and needs that the market's tests are about. Each confidential field holds a word of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import People
from yinxian.kernel import clock
from yinxian.market.models import Need, Result

SECRETS = ("机密配方甲", "机密联系人乙", "13911112222", "secret@mi.example", "876.54", "机密检测报告丙", "机密价格丁")
NETWORK_WORDS = ("铈锆固溶体", "蜂窝陶瓷", "起燃温度")
TEASER = "室温消除一氧化碳的催化材料"


def make_result(people: People, **changed: Any) -> Result:
    """A published result of the university, with a secret in every confidential field."""
    today = clock.today()
    values: dict[str, Any] = {
        "title": "一氧化碳低温催化氧化",
        "teaser": TEASER,
        "field": "06",
        "industry": "C38",
        "region": "330000",
        "modes": ["licence", "development"],
        "keywords": ["催化"],
        "description": "铈锆固溶体负载于蜂窝陶瓷。电话 13911112222，邮箱 secret@mi.example",
        "indicators": [{"name": "起燃温度", "op": "<=", "low": None, "high": "25", "unit": "℃", "quote": ""}],
        "trl": 6,
        "price_kind": "ask",
        "price_low_fen": 876543200,
        "price_text": "机密价格丁",
        "price_confidential": True,
        "confidential": "机密配方甲",
        "contact_name": "机密联系人乙",
        "contact_phone": "13911112222",
        "contact_email": "secret@mi.example",
        "evidence": "机密检测报告丙",
        "state": Result.State.PUBLISHED,
        "published_on": today,
        "fresh_until": today + dt.timedelta(days=365),
        "owner": people.supplier,
        "created_by": people.lan,
    }
    return Result.objects.create(**values | changed)


def make_need(people: People, **changed: Any) -> Need:
    """A published need of the appliance maker, with a secret in every confidential field."""
    today = clock.today()
    values: dict[str, Any] = {
        "title": "燃气热水器一氧化碳消除",
        "teaser": "寻找低温下消除一氧化碳的办法",
        "field": "06",
        "region": "330000",
        "modes": ["development"],
        "raw_words": "机组冷启动时一氧化碳偏高，想用蜂窝陶瓷。打 13911112222 找机密的人",
        "limits": "起燃温度不高于室温",
        "budget_low_fen": 40000000,
        "budget_high_fen": 60000000,
        "confidential": "机密配方甲",
        "contact_name": "机密联系人乙",
        "contact_phone": "13911112222",
        "contact_email": "secret@mi.example",
        "state": Need.State.PUBLISHED,
        "published_on": today,
        "fresh_until": today + dt.timedelta(days=365),
        "owner": people.buyer,
        "manager": people.ruoxi,
        "created_by": people.ruoxi,
    }
    return Need.objects.create(**values | changed)
