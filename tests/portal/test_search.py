"""One box over everything, and never more than the reader may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.deals.milestone_world import signed_deal
from tests.market.listings import NETWORK_WORDS, SECRETS, make_need, make_result
from tests.world import People
from yinxian.alliances.operations.cards import refresh_cards
from yinxian.market.search import reindex
from yinxian.portal.queries.searching import Search

ClientOf = Callable[..., Client]


def counts(client: Client, query: str) -> dict[str, int]:
    found = client.get("/search/", {"q": query}).context["tabs_found"]
    return {tab.kind: tab.count for tab in found}


@pytest.fixture
def stocked(people: People) -> People:
    make_result(people)
    make_need(people)
    people.supplier.about = "研究催化与电化学"
    people.supplier.save()
    signed_deal(people, number="LJ-2026-0137")
    reindex()
    refresh_cards([people.ruoxi.pk, people.mingyuan.pk])
    return people


def test_each_kind_is_found_and_counted(stocked: People, client_of: ClientOf) -> None:
    found = counts(client_of(stocked.ruoxi), "一氧化碳")
    assert found == {"results": 1, "needs": 1, "deals": 1, "managers": 0, "organisations": 0}
    assert counts(client_of(stocked.ruoxi), "沈若溪")["managers"] == 1
    assert counts(client_of(stocked.ruoxi), "电化学")["organisations"] == 1


def test_traditional_characters_find_the_same(stocked: People, client_of: ClientOf) -> None:
    for simplified, traditional in (("热水器", "熱水器"), ("电化学", "電化學"), ("若溪", "若溪"), ("顾明远", "顧明遠")):
        assert counts(client_of(stocked.ruoxi), simplified) == counts(client_of(stocked.ruoxi), traditional)


def test_what_was_found_is_marked(stocked: People, client_of: ClientOf) -> None:
    page = client_of(stocked.ruoxi).get("/search/", {"q": "沈若溪"}).content.decode()
    assert "<mark>沈若溪</mark>" in page.replace("</mark><mark>", "")


def test_deals_are_found_by_those_in_them_only(stocked: People, client_of: ClientOf) -> None:
    for inside in (stocked.ruoxi, stocked.heng, stocked.lan):
        assert counts(client_of(inside), "LJ-2026-0137")["deals"] == 1
    for outside in (stocked.cang, stocked.qiao, stocked.outsider, stocked.stray):
        assert counts(client_of(outside), "LJ-2026-0137")["deals"] == 0
    assert "deals" not in counts(Client(), "LJ-2026-0137")
    assert Client().get("/search/", {"q": "LJ-2026-0137", "kind": "deals"}).status_code == 200


@pytest.mark.parametrize("word", SECRETS)
def test_nothing_confidential_is_shown_to_who_searches_for_it(stocked: People, client_of: ClientOf, word: str) -> None:
    for client in (Client(), client_of(stocked.outsider), client_of(stocked.cang), client_of(stocked.mingyuan)):
        for kind in ("results", "needs"):
            page = client.get("/search/", {"q": word, "kind": kind}).context["page"]
            shown = " ".join(f"{hit.heading} {hit.snippet} {hit.note}" for hit in page.object_list)
            plain = shown.replace("<mark>", "").replace("</mark>", "")
            assert not any(secret in plain for secret in SECRETS)


def test_outsiders_find_teasers_and_not_the_full_text(stocked: People, client_of: ClientOf) -> None:
    for word in NETWORK_WORDS:
        assert counts(client_of(stocked.mingyuan), word)["results"] == 1
        assert counts(Client(), word)["results"] == 0
        assert counts(client_of(stocked.outsider), word)["results"] == 0
    page = Client().get("/search/", {"q": "催化材料"}).content.decode()
    assert "室温消除" in page
    assert "铈锆" not in page


def test_a_firm_that_no_association_admitted_is_not_found(stocked: People, client_of: ClientOf) -> None:
    assert counts(client_of(stocked.ruoxi), "远岫贸易")["organisations"] == 0


@pytest.mark.parametrize("query", ["", "   ", "，。！", "%", "<script>"])
def test_a_query_without_words_finds_nothing_and_breaks_nothing(db: None, query: str) -> None:
    answer = Client().get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_what_is_typed_is_escaped(stocked: People, client_of: ClientOf) -> None:
    page = client_of(stocked.ruoxi).get("/search/", {"q": "<b>一氧化碳</b>"}).content.decode()
    assert "<b>一氧化碳" not in page


def test_a_long_query_is_cut_not_refused(db: None) -> None:
    assert Client().get("/search/", {"q": "催化" * 900}).status_code == 200


def test_pages_of_a_kind(stocked: People, client_of: ClientOf) -> None:
    for number in range(23):
        make_result(stocked, title=f"催化成果第 {number} 号")
    reindex()
    client = client_of(stocked.ruoxi)
    first = client.get("/search/", {"q": "催化", "kind": "results"})
    second = client.get("/search/", {"q": "催化", "kind": "results", "page": "2"})
    assert len(first.context["page"].object_list) == 20
    assert len(second.context["page"].object_list) == 4
    assert "kind=results" in first.content.decode()


def test_the_search_asks_as_often_for_thirty_as_for_one(stocked: People, client_of: ClientOf) -> None:
    client = client_of(stocked.ruoxi)
    make_need(stocked, title="催化需求")
    reindex()
    client.get("/search/", {"q": "催化"})
    with CaptureQueriesContext(connection) as few:
        client.get("/search/", {"q": "催化"})
    for number in range(30):
        make_result(stocked, title=f"催化成果第 {number} 号")
        make_need(stocked, title=f"催化需求第 {number} 号")
    reindex()
    with CaptureQueriesContext(connection) as many:
        client.get("/search/", {"q": "催化"})
    assert len(many) == len(few)


def test_without_an_index_the_rest_is_still_found(people: People) -> None:
    refresh_cards([people.ruoxi.pk])
    found = Search(people.ruoxi, "沈若溪")
    assert [len(found.found[kind]) for kind in found.kinds] == [0, 0, 0, 1, 0]
