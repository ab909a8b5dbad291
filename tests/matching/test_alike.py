"""Near copies and versions: told again, in the same words or in others; and the list folds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.matching.world import Market
from tests.world import People
from yinxian.market import search
from yinxian.market.models import Result
from yinxian.matching import queries
from yinxian.matching.engine.likeness import compare, runs, shared, versions

LONG = "铈锆固溶体负载铜锰氧化物在室温下氧化一氧化碳，湿度百分之六十时寿命不低于五年"


def test_shared_spans_are_those_of_both_and_long_enough() -> None:
    other = f"我们做到：{LONG}。另有保密配方。"
    found = compare(other, LONG)
    assert found.share > 0.9
    start, end = found.spans[0]
    assert other[start:end] in LONG
    assert compare("果蔬保鲜膜", LONG).spans == ()


@pytest.mark.parametrize(("first", "second"), [("", ""), ("a", LONG), ("。，", "。，"), ("𠮷" * 9000, "𠮷" * 9000)])
def test_any_two_texts_can_be_compared(first: str, second: str) -> None:
    assert 0.0 <= compare(first, second).share <= 1.0
    assert shared(runs(first), runs(second)) <= 1.0


def test_versions_stand_under_the_first() -> None:
    assert versions([LONG, "另一件事，讲的是保鲜膜的透气", LONG + "，新一代", ""]) == [0, 1, 0, 3]


def copied(market: Market, **fields: str) -> Result:
    new = Result.objects.get(pk=market.ceria.pk)
    new.pk, new.slug, new.source_key = None, "", ""
    for name, value in fields.items():
        setattr(new, name, value)
    new.save()
    search.reindex()
    return new


@pytest.mark.django_db
def test_a_list_shows_a_result_once_with_its_versions_under_it(people: People, market: Market) -> None:
    new = copied(market, title=f"{market.ceria.title}（二代）")
    found = queries.match_need(market.need, people.ruoxi)
    listed = {match.listing.pk for match in found.matches}
    assert len({market.ceria.pk, new.pk} & listed) == 1
    first = next(match for match in found.matches if match.listing.pk in (market.ceria.pk, new.pk))
    assert len(first.versions) == 1
    assert [match.rank for match in found.matches] == list(range(1, len(found.matches) + 1))


@pytest.mark.django_db
def test_a_copy_is_found_with_the_span_that_both_share(
    people: People, market: Market, client_of: Callable[..., Client]
) -> None:
    assert queries.alike(market.pump, people.ruoxi) == []
    new = copied(market)
    [row] = [one for one in queries.alike(market.ceria, people.ruoxi) if one.listing == new]
    assert row.copy
    assert "<mark>" in row.passage
    page = client_of(people.ruoxi).get(f"/results/{market.ceria.slug}/alike/").content.decode()
    assert new.slug in page
    assert client_of(people.ruoxi).get(f"/needs/{market.need.slug}/alike/").status_code == 200
    assert client_of(people.stray).get(f"/results/{market.named.slug}/alike/").status_code == 404


@pytest.mark.django_db
def test_what_a_reader_may_not_see_is_no_copy_for_them(people: People, market: Market) -> None:
    new = copied(market)
    Result.objects.filter(pk=new.pk).update(confidence="named")
    assert all(row.listing.pk != new.pk for row in queries.alike(market.ceria, people.ruoxi))


@pytest.mark.django_db
def test_why_not_asks_by_number_or_by_name(people: People, market: Market, client_of: Callable[..., Client]) -> None:
    url = f"/needs/{market.need.slug}/match/why-not/"
    browser = client_of(people.ruoxi)
    assert browser.get(url, {"q": market.pump.slug.lower()}).url.endswith(f"/{market.pump.slug}/")  # type: ignore[attr-defined]
    assert market.pump.slug in browser.get(url, {"q": market.pump.title[:4]}).content.decode()
    for asked in ("", market.named.title, market.named.slug, "<script>", "x" * 5000):
        page = browser.get(url, {"q": asked})
        assert page.status_code == 200
        assert f"/match/{market.named.slug}/" not in page.content.decode()
    answer = browser.get(f"/api/v1/matching/needs/{market.need.slug}/candidates/{market.pump.slug}/why").json()
    assert answer["slug"] == market.pump.slug
    assert answer["rank"] == 0
    assert client_of(people.stray).get(url).status_code == 404
