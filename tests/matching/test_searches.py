"""Saved searches: found again every night, told once, stopped by their owner only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.matching.world import Market
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.market import search as market_index
from yinxian.market.models import Need, Result
from yinxian.matching import operations, queries
from yinxian.matching.models import Find, SavedSearch
from yinxian.network.models import User

pytestmark = pytest.mark.django_db
WORDS = "燃气热水器低温启动时一氧化碳偏高，要在烟道里催化氧化掉。"


def saved(actor: User, **given: str) -> SavedSearch:
    return operations.save_search(actor=actor, **{"kind": "result", "words": WORDS, **given})  # type: ignore[arg-type]


def published(market: Market, day: dt.date) -> Result:
    """A new result, in the index."""
    new = Result.objects.get(pk=market.ceria.pk)
    new.pk, new.slug, new.source_key, new.published_on = None, "", "", day
    new.save()
    market_index.reindex()
    return new


def told() -> list[Entry]:
    return list(Entry.objects.filter(name="matching.search.found"))


def test_what_was_there_is_no_news_and_what_comes_is_told_once(
    people: People, market: Market, frozen: Callable[[str], None]
) -> None:
    search = saved(people.ruoxi)
    assert Find.objects.filter(search=search, known=True, result=market.ceria).exists()
    frozen("2026-03-05T02:00")
    assert operations.look_again(dt.date(2026, 3, 5)) == 0
    new = published(market, dt.date(2026, 3, 5))
    assert operations.look_again(dt.date(2026, 3, 5)) == 1
    assert operations.look_again(dt.date(2026, 3, 5)) == 0
    assert [entry.data["count"] for entry in told()] == [1]
    [fresh] = queries.fresh_finds(people.ruoxi)
    assert (fresh.listing, fresh.search) == (new, search)
    assert queries.fresh_finds(people.heng) == []


def test_nothing_is_told_after_stopping_and_only_its_owner_stops_it(
    people: People, market: Market, frozen: Callable[[str], None], client_of: Callable[..., Client]
) -> None:
    search = saved(people.ruoxi)
    with pytest.raises(Forbidden):
        operations.stop_search(search_id=search.pk, actor=people.heng)
    assert SavedSearch.objects.get(pk=search.pk).stopped_at is None
    assert client_of(people.heng).post(f"/searches/{search.slug}/stop/").status_code == 404
    assert client_of(people.ruoxi).post(f"/searches/{search.slug}/stop/").status_code == 302
    operations.stop_search(search_id=search.pk, actor=people.ruoxi)
    assert Entry.objects.filter(name="matching.search.stopped").count() == 1
    frozen("2026-03-06T02:00")
    published(market, dt.date(2026, 3, 6))
    assert operations.look_again(dt.date(2026, 3, 6)) == 0
    assert told() == []


def test_what_may_no_longer_be_seen_is_left_out(people: People, market: Market, frozen: Callable[[str], None]) -> None:
    search = saved(people.ruoxi)
    frozen("2026-03-05T02:00")
    new = published(market, dt.date(2026, 3, 5))
    operations.look_again(dt.date(2026, 3, 5))
    Result.objects.filter(pk=new.pk).update(confidence="named")
    assert queries.fresh_finds(people.ruoxi) == []
    assert queries.finds_of(search, people.ruoxi) == []


def test_by_a_need_and_for_needs(people: People, market: Market, frozen: Callable[[str], None]) -> None:
    by_need = saved(people.ruoxi, words="", need_slug=market.need.slug)
    assert by_need.name == market.need.title
    for_needs = saved(people.ruoxi, kind="need")
    assert Find.objects.filter(search=for_needs, need=market.need, known=True).exists()
    again = saved(people.ruoxi, words="", need_slug=market.need.slug)
    assert again.pk == by_need.pk


@pytest.mark.parametrize("given", [{"kind": "x"}, {"words": " \u200b"}, {"words": "长" * 2001}, {"name": "n" * 81}])
def test_what_cannot_be_looked_for_is_refused(people: People, market: Market, given: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        saved(people.ruoxi, **given)
    assert not SavedSearch.objects.exists()


def test_strangers_save_nothing_and_nobody_reads_another_s(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    with pytest.raises(Forbidden):
        saved(people.outsider)
    with pytest.raises(Need.DoesNotExist):
        saved(people.ruoxi, need_slug="NNOSUCHNEED")
    search = saved(people.ruoxi)
    assert client_of(people.heng).get(f"/searches/{search.slug}/").status_code == 404
    assert client_of(people.outsider).get("/searches/").status_code == 200


def test_no_more_than_fifty_run(people: People, market: Market) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(slug=f"S{n:09d}", user=people.ruoxi, name=str(n), words=str(n)) for n in range(50)
    )
    with pytest.raises(Invalid, match="50"):
        saved(people.ruoxi)
    assert SavedSearch.objects.count() == 50


def test_pages_and_endpoints(people: People, market: Market, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    assert browser.get("/searches/new/").status_code == 200
    assert browser.post("/searches/new/", {"kind": "result", "words": ""}).status_code == 422
    done = browser.post("/searches/new/", {"kind": "result", "need": market.need.slug}, follow=True)
    assert market.need.title in done.content.decode()
    made = browser.post(
        "/api/v1/matching/searches", {"words": WORDS, "kind": "need"}, content_type="application/json"
    ).json()
    assert made["running"]
    assert browser.get("/api/v1/matching/searches").json()[0]["slug"] == made["slug"]
    assert browser.get(f"/api/v1/matching/searches/{made['slug']}").json() == []
    assert not browser.post(f"/api/v1/matching/searches/{made['slug']}/stop").json()["running"]
    wrong = browser.post("/api/v1/matching/searches", {"kind": "moon"}, content_type="application/json")
    assert wrong.status_code == 422


def test_the_list_is_narrowed_sorted_and_taken_away_as_a_file(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    first = saved(people.ruoxi, name="乙")
    second = saved(people.ruoxi, name="甲", kind="need")
    operations.stop_search(search_id=first.pk, actor=people.ruoxi)
    client = client_of(people.ruoxi)

    def names(query: str) -> list[str]:
        return [row.name for row in client.get(f"/searches/?{query}").context["page"]]

    assert names("") == ["甲", "乙"] and names("sort=name") == ["乙", "甲"]
    assert names("kind=need") == ["甲"] and names("state=stopped") == ["乙"] and names("state=running") == ["甲"]
    assert names("kind=x&state=x&sort=x") == ["甲", "乙"]
    assert "没有这样的找法" in client.get("/searches/?kind=need&state=stopped").content.decode()
    rows = client.get("/searches/?export=csv&kind=need").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2 and rows[1].split(",")[:2] == [second.slug, "甲"]
    assert client.get("/searches/?export=xlsx").content[:2] == b"PK"
    assert client.get("/searches/?export=pdf").status_code == 404
    assert client_of(people.heng).get("/searches/?export=csv").content.decode("utf-8-sig").count("\n") == 1
    answer = client.get("/api/v1/matching/searches?state=running").json()
    assert [row["name"] for row in answer] == ["甲"]


def test_what_was_found_is_sorted_and_taken_away(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    search = saved(people.ruoxi)
    Find.objects.filter(search=search).delete()
    Find.objects.create(search=search, result=market.ceria, score=40)
    Find.objects.create(search=search, result=market.hopcalite, score=60)
    client = client_of(people.ruoxi)
    best = client.get(f"/searches/{search.slug}/?sort=score").context["page"]
    assert [row.score for row in best] == [60, 40]
    rows = client.get(f"/searches/{search.slug}/?export=csv&sort=score").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [market.hopcalite.slug, market.ceria.slug]
    found = client.get(f"/api/v1/matching/searches/{search.slug}?sort=score").json()
    assert [row["score"] for row in found] == [60, 40]


def test_what_was_there_already_stands_below_what_is_new(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    search = saved(people.ruoxi)
    page = client_of(people.ruoxi).get(f"/searches/{search.slug}/")
    assert "还没有新的" in page.content.decode() and "存下时已经有的" in page.content.decode()
    assert page.context["known"][0].listing == market.ceria
    assert client_of(people.ruoxi).get(f"/api/v1/matching/searches/{search.slug}").json() == []
    Result.objects.filter(pk=market.ceria.pk).update(state=Result.State.WITHDRAWN)
    page = client_of(people.ruoxi).get(f"/searches/{search.slug}/")
    assert market.ceria not in [row.listing for row in page.context["known"]]
