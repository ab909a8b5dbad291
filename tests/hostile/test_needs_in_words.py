"""Words that are hard to read, by page and by API: units nobody knows, contradictions, ranges upside down, far too many
figures, odd characters, a single word. Each gives a brief, the words stay as written, nothing falls over."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import People
from yinxian.market.models import Need

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
ODD = {
    "emoji": "👩\u200d🔬滤袋🔥三个月就破😭，希望寿命不低于1年🙏",
    "zero width": "滤\u200b袋三\u200c个月就破，希望寿\ufeff命不低于1\u200b2个月",
    "right to left": "\u202eمرشح\u202c 滤袋三个月就破，\u2067寿命不低于1年\u2069",
    "as long as may be": "滤袋寿命不低于1年。" * 20_000,
    "one word": "除垢",
    "one sign": "？",
    "figures only": "3.14 2.71 100% 50ppm",
    "no end": "滤袋" * 50_000,
    "markup": "<script>alert(1)</script>寿命≥1年{{ 7*7 }}",
}


def taken_in(browser: Client, people: People, words: str, by: str) -> str:
    """The need's number, brought in by the page or by the API."""
    given = {"owner": people.buyer.slug, "raw_words": words}
    if by == "page":
        made = browser.post("/needs/new/", given)
        assert made.status_code == 302, made.content.decode()[:500]
    else:
        made = browser.post("/api/v1/market/needs/words", json.dumps(given), content_type="application/json")
        assert made.status_code == 201, made.content
    return Need.objects.latest("pk").slug


def indicators(browser: Client, slug: str) -> list[dict[str, Any]]:
    answer = browser.get(f"/api/v1/market/needs/{slug}/brief")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["brief"]["indicators"]
    return found


@pytest.mark.parametrize("by", ["page", "api"])
@pytest.mark.parametrize("kind", ODD)
def test_odd_words_give_a_brief_and_stay_as_written(people: People, client_of: ClientOf, kind: str, by: str) -> None:
    browser = client_of(people.heng)
    slug = taken_in(browser, people, ODD[kind], by)
    need = Need.objects.get(slug=slug)
    assert need.raw_words == ODD[kind]
    for language in ("zh-hans", "en"):
        browser.cookies["django_language"] = language
        for where in ("", "brief/", "match/"):
            page = browser.get(f"/needs/{slug}/{where}")
            assert page.status_code == 200, where
            assert b"<script>alert(1)" not in page.content
    if kind in ("emoji", "zero width", "right to left", "as long as may be", "markup"):
        assert any(one["low"] in (1, 12) for one in indicators(browser, slug)), indicators(browser, slug)


@pytest.mark.parametrize("by", ["page", "api"])
@pytest.mark.parametrize("words", ["", "   ", "\u200b\u202e", "字" * 200_001], ids=["none", "blank", "unseen", "more"])
def test_no_words_and_too_many_are_told_and_nothing_is_made(
    people: People, client_of: ClientOf, words: str, by: str
) -> None:
    browser = client_of(people.heng)
    given = {"owner": people.buyer.slug, "raw_words": words, "title": "留住我"}
    for language in ("zh-hans", "en"):
        browser.cookies["django_language"] = language
        if by == "page":
            answer = browser.post("/needs/new/", given)
            assert "留住我" in answer.content.decode()
        else:
            answer = browser.post("/api/v1/market/needs/words", json.dumps(given), content_type="application/json")
            assert len(answer.json()["message"]) > 5
        assert answer.status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("by", ["page", "api"])
def test_a_unit_that_nobody_knows_is_kept_as_written(people: People, client_of: ClientOf, by: str) -> None:
    browser = client_of(people.heng)
    slug = taken_in(browser, people, "涂层光泽不低于80嘎嘎，厚度不超过3mm。", by)
    assert ("嘎嘎", 80) in {(one["unit"], one["low"]) for one in indicators(browser, slug)}
    assert "嘎嘎" in browser.get(f"/needs/{slug}/brief/").content.decode()


@pytest.mark.parametrize("by", ["page", "api"])
def test_contradictory_indicators_are_both_kept_and_shown_as_such(people: People, client_of: ClientOf, by: str) -> None:
    browser = client_of(people.heng)
    slug = taken_in(browser, people, "出水温度不高于80℃。另外要求出水温度不低于120℃。压力不低于3MPa。", by)
    found = indicators(browser, slug)
    assert [bool(one.get("contradicts")) for one in found] == [True, True, False]
    for language, told in (("zh-hans", "前后矛盾"), ("en", "Contradict")):
        browser.cookies["django_language"] = language
        assert browser.get(f"/needs/{slug}/brief/").content.decode().count(told) >= 2


@pytest.mark.parametrize("by", ["page", "api"])
def test_a_range_upside_down_is_put_right(people: People, client_of: ClientOf, by: str) -> None:
    browser = client_of(people.heng)
    slug = taken_in(browser, people, "涂层厚度控制在0.5-0.2mm之间。", by)
    assert [(one["low"], one["high"]) for one in indicators(browser, slug)] == [(0.2, 0.5)]


@pytest.mark.parametrize("by", ["page", "api"])
def test_ten_thousand_indicators_are_cut_and_it_says_so(people: People, client_of: ClientOf, by: str) -> None:
    browser = client_of(people.heng)
    words = "技术指标：" + "；".join(f"第{n}项强度≥{n + 1}MPa" for n in range(10_000))
    slug = taken_in(browser, people, words, by)
    assert Need.objects.get().raw_words == words
    answer = browser.get(f"/api/v1/market/needs/{slug}/brief").json()
    assert len(answer["brief"]["indicators"]) == 200 and answer["indicators_cut"] is True
    for language, told in (("zh-hans", "指标只读到第 200 项"), ("en", "200")):
        browser.cookies["django_language"] = language
        page = browser.get(f"/needs/{slug}/brief/")
        assert page.status_code == 200 and told in page.content.decode()
    assert browser.get(f"/needs/{slug}/match/").status_code == 200
