"""The pages and the API: who sees which, and what stands on them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.matching.world import BRIEF, SECRET, Market, need, result
from tests.world import People
from yinxian.market import search
from yinxian.market.models import Evidence, Need
from yinxian.matching import operations, queries
from yinxian.matching.models import Candidate

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def list_url(market: Market) -> str:
    return reverse("matching:match", args=[market.need.slug])


def test_the_list_shows_rank_score_reasons_and_fit(people: People, market: Market, client_of: ClientOf) -> None:
    page = client_of(people.ruoxi).get(list_url(market)).text
    wanted = (
        *(market.ceria.title, "契合", "4 项指标里 3 项达到", "≤ 32 ppm", "达到", "待问", "未给出", "为何排在这里"),
        *("从 4 项成果里找到 3 项", "需求书 第 1 版", "企业已签认", 'data-key="s"', 'data-key="x"'),
    )
    for words in wanted:
        assert words in page, words
    assert SECRET not in page
    assert "13912345678" not in page


def test_what_is_shown_is_numbered_without_gaps(people: People, market: Market, client_of: ClientOf) -> None:
    browser = client_of(people.ruoxi)

    def places(state: str = "") -> list[str]:
        return re.findall(r'thread-ink" aria-hidden="true">(\d+)<', browser.get(list_url(market) + state).text)

    assert places() == ["1", "2", "3"]
    operations.refuse(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi, reason="price")
    assert places() == ["1", "2"]
    assert places("?state=refused") == ["1"]


def test_who_may_open_which_page(people: People, market: Market, client_of: ClientOf) -> None:
    named = [market.need.slug, market.ceria.slug]
    urls = {
        "list": list_url(market),
        "why": reverse("matching:why", args=named),
        "compare": reverse("matching:compare", args=named[:1]),
        "managers": reverse("matching:managers", args=named[:1]),
        "export": reverse("matching:export", args=[named[0], "csv"]),
    }
    for name, url in urls.items():
        assert Client().get(url).status_code == 302, name
        for user in (people.ruoxi, people.heng, people.mingyuan):
            assert client_of(user).get(url).status_code == 200, (name, user)
        for user in (people.lan, people.yuan, people.outsider, people.stray):
            assert client_of(user).get(url).status_code == 404, (name, user)
    for_result = reverse("matching:result_match", args=[market.ceria.slug])
    assert client_of(people.lan).get(for_result).status_code == 200
    assert client_of(people.cang).get(for_result).status_code == 404
    assert (
        client_of(people.ruoxi).get(reverse("matching:why", args=[market.need.slug, market.named.slug])).status_code
        == 404
    )
    assert client_of(people.ruoxi).get(reverse("matching:match", args=["NOSUCHNEED"])).status_code == 404


def test_a_need_that_is_not_on_the_market_is_there_for_its_people_only(
    people: People, market: Market, client_of: ClientOf
) -> None:
    Need.objects.filter(pk=market.need.pk).update(state=Need.State.TRANSLATING)
    assert client_of(people.ruoxi).get(list_url(market)).status_code == 200
    assert client_of(people.heng).get(list_url(market)).status_code == 200
    assert client_of(people.mingyuan).get(list_url(market)).status_code == 404


def test_managers_without_a_part_see_no_buttons_no_evidence_and_no_decisions(
    people: People, market: Market, client_of: ClientOf
) -> None:
    operations.shortlist(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi)
    Evidence.objects.create(
        need=market.need, kind="visit", score=9, note="看过产线", dated="2026-03-02", expires_on="2026-09-01",
        added_by=people.ruoxi,
    )  # fmt: skip
    ours, theirs = (
        client_of(people.ruoxi).get(list_url(market)).text,
        client_of(people.mingyuan).get(list_url(market)).text,
    )
    assert "已入围" in ours
    assert "9.0 / 10" in ours
    for words in ("已入围", "这是真需求吗", 'data-key="s"', "去引荐"):
        assert words not in theirs


def test_other_words_and_filters_keep_what_was_asked(people: People, market: Market, client_of: ClientOf) -> None:
    page = client_of(people.ruoxi).get(list_url(market), {"ask": "深海采矿泵密封", "field": "03"}).text
    assert market.pump.title in page
    assert "这次按“深海采矿泵密封”找" in page
    wrong = client_of(people.ruoxi).get(
        list_url(market), {"field": "99", "trl": "x", "page": "abc", "ask": "长" * 3000}
    )
    assert wrong.status_code == 200


def test_nothing_found_says_what_to_do_next(people: People, market: Market, client_of: ClientOf) -> None:
    page = client_of(people.ruoxi).get(list_url(market), {"ask": "zzzz"}).text
    assert "没有找到相近的成果" in page
    assert reverse("matching:managers", args=[market.need.slug]) in page


def test_html_in_texts_is_shown_as_text(people: People, market: Market, client_of: ClientOf) -> None:
    evil = "<script>alert('一氧化碳')</script>"
    result(people, f"一氧化碳催化{evil}", f"热水器一氧化碳 {evil} 烟道 低温催化")
    search.reindex()
    page = client_of(people.ruoxi).get(list_url(market), {"ask": f"一氧化碳催化{evil}"}).text
    assert "<script>alert" not in page


def test_compare_lays_the_shortlist_side_by_side(people: People, market: Market, client_of: ClientOf) -> None:
    browser, url = client_of(people.ruoxi), reverse("matching:compare", args=[market.need.slug])
    assert "还没有入围的成果" in browser.get(url).text
    operations.shortlist(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi)
    page = browser.get(url, {"r": [market.hopcalite.slug, market.named.slug, market.ceria.slug]}).text
    assert page.count(f"/match/{market.ceria.slug}/") == 1
    assert market.hopcalite.title in page
    assert market.named.title not in page


def test_the_list_leaves_as_a_file(people: People, market: Market, client_of: ClientOf) -> None:
    browser = client_of(people.ruoxi)
    answer = browser.get(reverse("matching:export", args=[market.need.slug, "xlsx"]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("名次", "契合", "编号", "成果")
    assert rows[1][2] == market.ceria.slug
    assert "≤ 32 ppm" in str(rows[1])
    assert market.ceria.slug in browser.get(reverse("matching:export", args=[market.need.slug, "csv"])).text
    assert browser.get(reverse("matching:export", args=[market.need.slug, "pdf"])).status_code == 404


def test_needs_for_a_result(people: People, market: Market, client_of: ClientOf) -> None:
    secret_need, _ = need(people, BRIEF, title="一氧化碳低温催化绝密需求", confidence="named")
    search.reindex()
    page = client_of(people.lan).get(reverse("matching:result_match", args=[market.ceria.slug])).text
    assert market.need.title in page
    assert "达到" in page
    assert secret_need.title not in page


def test_managers_for_a_need_stand_by_track_and_evidence(people: People, market: Market, client_of: ClientOf) -> None:
    profile = people.mingyuan.manager_profile
    profile.tracks, profile.regions = [{"field": "07", "evidence": "两份催化合同"}], ["330000"]
    profile.save()
    people.ruoxi.manager_profile.delete()
    browser, url = client_of(people.heng), reverse("matching:managers", args=[market.need.slug])
    page = browser.get(url).text
    assert "顾明远" in page
    assert "两份催化合同" in page
    assert "同地区" in page
    assert "解决过" not in page
    [row] = queries.managers_for(market.need)
    done = {"manager": people.mingyuan, "state": Need.State.SOLVED}
    for confidence in ("public", "named"):  # what only named parties knew of is nobody's record
        need(people, title="烟道一氧化碳", confidence=confidence, **done)
    [after] = queries.managers_for(market.need)
    assert (row.solved, after.solved) == (0, 1) and after.score > row.score
    assert "解决过 1 条" in browser.get(url).text
    profile.open_to_work = False
    profile.save()
    assert "顾明远" not in browser.get(url, {"only_open": "on"}).text


def test_pages_speak_english(people: People, market: Market, client_of: ClientOf) -> None:
    browser = client_of(people.ruoxi)
    browser.cookies["django_language"] = "en"
    for name, args in (("match", []), ("why", [market.ceria.slug]), ("compare", []), ("managers", [])):
        page = browser.get(reverse(f"matching:{name}", args=[market.need.slug, *args])).text
        assert "契合" not in page, name
        assert "达到" not in page.replace(market.ceria.problem, ""), name
    assert "3 of 4 indicators" in browser.get(list_url(market)).text


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    people: People, market: Market, client_of: ClientOf
) -> None:
    browser = client_of(people.ruoxi)

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as log:
            assert browser.get(url).status_code == 200
        return len(log)

    urls = [list_url(market), reverse("matching:result_match", args=[market.ceria.slug])]
    operations.shortlist(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi)
    few = [asked(url) for url in urls]
    for number in range(12):
        more = result(
            people,
            f"烟道一氧化碳低温催化消除{number}",
            "热水器低温启动时一氧化碳偏高。",
            indicators=market.ceria.indicators,
        )
        operations.shortlist(need_id=market.need.pk, result_id=more.pk, actor=people.ruoxi)
        need(people, {**BRIEF, "title": f"{BRIEF['title']}{number}"})
    search.reindex()
    assert [asked(url) for url in urls] == few


def test_api_lists_decides_and_refuses_strangers(people: People, market: Market, client_of: ClientOf) -> None:
    base = f"/api/v1/matching/needs/{market.need.slug}"
    browser = client_of(people.ruoxi)
    listed = browser.get(f"{base}/candidates").json()
    assert (listed["searched"], listed["found"], listed["brief"]) == (4, 3, 1)
    assert listed["items"][0]["slug"] == market.ceria.slug
    assert listed["items"][0]["fit"][0]["verdict"] == "met"
    assert SECRET not in json.dumps(listed, ensure_ascii=False)
    done = browser.post(f"{base}/candidates/{market.ceria.slug}/shortlist", content_type="application/json")
    assert done.json()["state"] == "shortlisted"
    assert [row["result"] for row in browser.get(f"{base}/shortlist").json()] == [market.ceria.slug]
    wrong = browser.post(
        f"{base}/candidates/{market.ceria.slug}/refuse", {"reason": "because"}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "matching.reason_unknown")
    for user, status in ((people.mingyuan, 403), (people.lan, 404), (people.stray, 404)):
        answer = client_of(user).post(
            f"{base}/candidates/{market.ceria.slug}/refuse", {"reason": "price"}, content_type="application/json"
        )
        assert answer.status_code == status, user
    assert client_of(people.mingyuan).get(f"{base}/shortlist").status_code == 404
    assert Client().get(f"{base}/candidates").status_code == 401
    assert Candidate.objects.get().state == "shortlisted"
    undone = browser.post(f"{base}/candidates/{market.ceria.slug}/undo", content_type="application/json")
    assert undone.json()["state"] == "new"
    assert client_of(people.lan).get(f"/api/v1/matching/results/{market.ceria.slug}/needs").json()["found"] == 1
