"""In a market of a few dozen results chance is common: what shares a few words of a need is not called near it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.matching.world import Market
from tests.world import People
from yinxian.market.models import Need
from yinxian.market.operations.briefs import submit_need
from yinxian.matching.engine.shelf import Paper, Shelf
from yinxian.matching.engine.terms import IDLE, plan, wishes
from yinxian.matching.engine.wanted import Wanted
from yinxian.matching.models import BestFit
from yinxian.matching.operations import keep_best_fits
from yinxian.matching.queries.ranking import best_for

TEXTS = [
    "蓝莓采后差压预冷，每小时处理五百公斤以上，损耗低于百分之三。",
    "地铁车轮多边形轨旁检测，误差超过零点一毫米即报警。",
    "污泥焚烧灰湿法回收磷，收率达到八成以上。",
]


def test_words_that_only_measure_bring_little_in_a_small_market(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, [Paper(str(place), text) for place, text in enumerate(TEXTS)])
    shelf.build()
    day = dt.date(2026, 3, 4)
    tea = shelf.rank("", "茶叶选剔梗，每小时要超过三百公斤，漏选低于百分之一以上不行。", day)
    berries = shelf.rank("", "蓝莓预冷太慢", day)
    assert berries[0].key == "0" and tea[0].score < berries[0].score
    asked = wishes(Wanted(segments=(("茶叶剔梗，每小时三百公斤以上", 1.0),)))
    holding = dict.fromkeys(asked.weights, 2)
    assert not IDLE & plan(asked, holding, 50).weights.keys()
    assert {"以上", "小时"} <= plan(asked, holding, 5000).weights.keys()
    assert {"以上", "小时", "公斤", "低于"} <= IDLE


def test_words_that_stand_nowhere_make_the_rest_less_than_the_whole() -> None:
    asked = wishes(Wanted(segments=(("茶叶 剔梗 废水", 1.0),), subject="茶叶"))
    holding = {"废水": 2}
    small, large = plan(asked, holding, 50), plan(asked, holding, 5000)
    assert small.norm > 2 * max(small.worth.values())
    assert large.norm == pytest.approx(max(large.worth.values()))


@pytest.mark.django_db
def test_what_is_not_worth_reading_is_nobodys_best_fit(market: Market, people: People) -> None:
    tea = submit_need(
        owner_id=people.buyer.pk, actor=people.ruoxi, raw_words="茶叶里的梗剔不干净，想用色选机，一小时三百公斤。"
    )
    assert best_for(tea) is None
    keep_best_fits([tea.pk, market.need.pk])
    kept = {fit.need_id: fit.result for fit in BestFit.objects.all()}
    assert kept[tea.pk] is None and kept[market.need.pk] == market.ceria
    assert isinstance(tea, Need)
