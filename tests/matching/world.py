"""A small market about carbon monoxide: what the tests of matching look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.world import People
from yinxian.market import search
from yinxian.market.models import Brief, Need, Result

TODAY = dt.date(2026, 3, 4)
SECRET = "绝密配方铱钌七号"


def indicator(name: str, op: str, value: str, unit: str, quote: str = "") -> dict[str, Any]:
    low, high = (None, value) if op in ("<=", "<") else (value, None)
    return {"name": name, "op": op, "low": low, "high": high, "unit": unit, "quote": quote or f"{name}{value}{unit}"}


BRIEF: dict[str, Any] = {
    "title": "燃气热水器一氧化碳低温催化消除",
    "problem": "热水器在低温启动的几分钟里一氧化碳偏高，用户有中毒风险；要求不改换热结构，在烟道内消除。",
    "background": "公司有三条总装线。",
    "target": "在烟道里放一种不用加热的催化材料，把一氧化碳氧化掉。",
    "indicators": [
        indicator("一氧化碳浓度", "<=", "50", "ppm"),
        indicator("起燃温度", "<=", "25", "℃"),
        indicator("使用寿命", ">=", "5", "年"),
        indicator("压降", "<=", "80", "Pa"),
    ],
    "constraints": [],
    "budget": {"low_fen": 40_000_000, "high_fen": 60_000_000},
    "deadline": "2026-09-01",
    "duration_months": 6,
    "modes": ["development", "licence"],
    "field": [{"code": "07", "name": "环境保护与资源综合利用", "score": 0.8}, {"code": "06", "name": "", "score": 0.4}],
    "keywords": ["一氧化碳", "催化氧化", "烟道"],
    "missing": [],
    "questions": [],
}


@dataclass
class Market:
    need: Need
    brief: Brief
    ceria: Result  # solves it
    hopcalite: Result  # fails one figure
    burner: Result  # same field, another road
    pump: Result  # nothing to do with it
    named: Result  # for named parties only


def result(people: People, title: str, problem: str, **fields: Any) -> Result:
    values = {
        "state": Result.State.PUBLISHED,
        "owner": people.supplier,
        "created_by": people.lan,
        "teaser": title,
        "published_on": TODAY,
        "fresh_until": TODAY + dt.timedelta(days=365),
        "field": "07",
    }
    return Result.objects.create(title=title, problem=problem, **(values | fields))


def need(people: People, brief: dict[str, Any] = BRIEF, **fields: Any) -> tuple[Need, Brief]:
    values = {
        "title": brief["title"],
        "raw_words": brief["problem"],
        "state": Need.State.PUBLISHED,
        "owner": people.buyer,
        "manager": people.ruoxi,
        "created_by": people.heng,
        "published_on": TODAY,
        "fresh_until": TODAY + dt.timedelta(days=365),
        "field": "07",
        "region": "330100",
    }
    made = Need.objects.create(**(values | fields))
    version = Brief.objects.create(
        need=made,
        number=1,
        content=brief,
        created_by=people.ruoxi,
        signed_off_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
    )
    return made, version


def market(people: People) -> Market:
    made, version = need(people)
    ceria = result(
        people,
        "铈锆固溶体负载铜锰氧化物室温催化氧化技术",
        "在室温把一氧化碳催化氧化掉；载体为蜂窝陶瓷，可放进烟道，不用加热。",
        description="低温启动几分钟内烟道里的一氧化碳被消除，热水器换热结构不变。",
        trl=7,
        modes=["licence"],
        price_kind="ask",
        price_low_fen=38_000_000,
        confidential=f"{SECRET}：铱钌比例 3:1，联系 13912345678",
        contact_phone="13912345678",
        indicators=[
            indicator("CO 浓度", "<=", "0.0032", "%", "出口一氧化碳不高于 0.0032 %"),
            indicator("起燃温度", "=", "291.15", "K"),
            indicator("等效寿命", ">=", "50000", "h"),
        ],
    )
    hopcalite = result(
        people,
        "霍加拉特剂改性与抗湿中毒方法",
        "铜锰催化剂低温下消除一氧化碳，抗湿。",
        owner=people.second_supplier,
        created_by=people.cang,
        trl=4,
        modes=["assignment"],
        price_kind="ask",
        price_low_fen=90_000_000,
        indicators=[indicator("一氧化碳浓度", "<=", "40", "ppm"), indicator("寿命", "=", "2", "年")],
    )
    burner = result(people, "负压燃烧室防回火结构", "热水器燃烧室在大风时回火。", trl=8)
    pump = result(people, "深海采矿泵的密封", "海水腐蚀使密封失效。", field="03")
    named = result(
        people,
        "烟道一氧化碳低温催化消除的军用配方",
        "热水器烟道一氧化碳低温催化消除，催化氧化材料。",
        confidence="named",
        confidential=SECRET,
    )
    search.reindex()
    return Market(made, version, ceria, hopcalite, burner, pump, named)
