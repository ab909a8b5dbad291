"""Ranking for the command line: bare words and needs, as the network reads."""

from __future__ import annotations

import json

import pytest

from tests.matching.world import BRIEF, SECRET, Market
from yinxian.matching.queries.ranking import as_text, rank_need, rank_text

pytestmark = pytest.mark.django_db


def test_words_are_ranked_as_a_need_would_be(market: Market) -> None:
    found = rank_text(BRIEF["title"], f"{BRIEF['problem']}要求一氧化碳浓度不高于50ppm，使用寿命5年以上。", limit=2)
    assert found[0].listing == market.ceria
    assert len(found) <= 2
    answer = json.dumps([match.as_json() for match in found], ensure_ascii=False)
    assert SECRET not in answer
    assert "13912345678" not in answer


def test_a_need_is_ranked_by_its_latest_brief_and_printed_for_people(market: Market) -> None:
    found = rank_need(market.need, limit=3)
    text = as_text(found)
    assert found[0].listing == market.ceria
    assert "≤ 32 ppm" in text
    assert "[达到]" in text
    assert market.named.title not in text


def test_nothing_found_is_a_sentence(market: Market) -> None:
    assert "没有找到" in as_text(rank_text("", "zzzz"))
    assert rank_text("", "") == []
