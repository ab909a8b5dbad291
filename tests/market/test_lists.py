"""Lists: filters, facets, sorts, files, and the same number of queries whatever the number of rows."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.market.listings import make_need, make_result
from tests.world import People
from yinxian.kernel.ids import new_slug
from yinxian.market.models import Need, Result
from yinxian.market.queries.lists import Market
from yinxian.market.search import reindex

pytestmark = pytest.mark.django_db


def market(reader: Any, model: type[Result] | type[Need] = Result, **given: Any) -> Market:
    return Market(model, reader, given)


def slugs(found: Market) -> list[str]:
    return [row.shown.slug for row in found.page(1).object_list]


def facets(found: Market) -> dict[str, dict[str, int]]:
    return {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in found.facets()}


@pytest.fixture
def shelf(people: People) -> list[Result]:
    price = {"price_confidential": False}
    return [
        make_result(people, title="甲", field="06", trl=3, region="330100", price_low_fen=8_000_000, **price),
        make_result(people, title="乙", field="06", trl=7, region="370000", price_low_fen=30_000_000, **price),
        make_result(people, title="丙", field="05", trl=7, modes=["joint"], industry="A", price_low_fen=None, **price),
    ]


def test_each_filter_narrows_and_facets_count_under_the_others(people: People, shelf: list[Result]) -> None:
    a, b, c = (result.slug for result in shelf)
    reader = people.heng
    assert set(slugs(market(reader, field="06"))) == {a, b}
    assert set(slugs(market(reader, trl=["7"], field=["06"]))) == {b}
    assert set(slugs(market(reader, mode="joint"))) == {c}
    assert set(slugs(market(reader, region="33"))) == {a, c}
    assert set(slugs(market(reader, industry="A"))) == {c}
    assert set(slugs(market(reader, price="10-50"))) == {b}
    counts = facets(market(reader, field="06"))
    assert counts["field"] == {"06": 2, "05": 1}
    assert counts["trl"] == {"3": 1, "7": 1}
    assert counts["region"] == {"33": 1, "37": 1}
    assert counts["price"] == {"0-10": 1, "10-50": 1}


def test_facets_count_only_what_the_reader_may_see(people: People) -> None:
    make_result(people, field="06")
    make_result(people, field="05", confidence="network")
    make_result(people, field="04", confidence="named")
    make_result(people, field="03", state="draft")
    assert facets(market(people.stray))["field"] == {"06": 1}
    assert facets(market(people.heng))["field"] == {"05": 1, "06": 1}
    assert facets(market(people.lan))["field"] == {"04": 1, "05": 1, "06": 1}
    assert "price" not in facets(market(people.stray)) and "industry" not in facets(market(people.stray))


def test_sorts(people: People, shelf: list[Result]) -> None:
    assert slugs(market(people.heng, sort="price"))[:2] == [shelf[0].slug, shelf[1].slug]
    assert slugs(market(people.heng, sort="trl"))[-1] == shelf[0].slug
    assert slugs(market(people.stray, sort="price")) == slugs(market(people.stray))


def test_text_query_ranks_marks_and_crosses_scripts(people: People, client_of: Callable[..., Client]) -> None:
    better = make_result(people, title="燃气热水器催化器", teaser="热水器")
    make_result(people, title="锅炉", teaser="一句话提到熱水器")
    reindex()
    found = market(people.heng, q="燃氣熱水器")
    assert slugs(found) == [better.slug]
    page = client_of(people.heng).get("/results/?q=熱水器").content.decode()
    assert "<mark>热水器</mark>" in page and "<mark>熱水器</mark>" in page


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999", "sort=x", "field=zz", "trl=x"])
def test_odd_addresses_are_answered(people: People, query: str) -> None:
    make_result(people)
    assert Client().get(f"/results/?{query}").status_code == 200
    assert Client().get(f"/needs/?{query}").status_code == 200


def test_empty_lists_say_what_comes_here(people: People) -> None:
    assert "这里会是各家的成果" in Client().get("/results/").content.decode()
    assert "没有找到" in Client().get("/needs/?q=x").content.decode()


def test_files_follow_the_filters_and_hold_no_formula(people: People, client_of: Callable[..., Client]) -> None:
    make_result(people, title="=HYPERLINK(1)", field="05", price_confidential=False, price_text="", price_low_fen=100)
    make_result(people, field="06")
    client = client_of(people.heng)
    book = load_workbook(io.BytesIO(client.get("/results/export/xlsx/?field=05").content)).active
    rows = list(book.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][1] == "=HYPERLINK(1)" and book.cell(2, 2).data_type == "s"
    assert client.get("/results/export/pdf/").status_code == 404
    assert "'=HYPERLINK" in client.get("/results/export/csv/").content.decode("utf-8-sig")


def grow(people: People, model: type[Result] | type[Need], count: int) -> None:
    today = dt.date(2026, 3, 4)
    words: dict[str, Any] = {"raw_words": "原话"} if model is Need else {"trl": 6}
    model.objects.bulk_create(  # type: ignore[attr-defined]  # both have the default manager
        [
            model(
                slug=new_slug(model.PREFIX),
                title=f"催化 {place}",
                owner=people.supplier,
                created_by=people.lan,
                state="published",
                published_on=today,
                fresh_until=dt.date(2099, 1, 1),
                field=f"{place % 11 + 1:02d}",
                region="330000",
                modes=["licence"],
                **words,
            )
            for place in range(count)
        ],
        batch_size=2000,
    )


@pytest.mark.parametrize(("model", "address"), [(Result, "/results/"), (Need, "/needs/")])
def test_same_number_of_queries_for_20_rows_and_20000(
    people: People, model: type[Result] | type[Need], address: str, client_of: Callable[..., Client]
) -> None:
    def count(query: str) -> int:
        client = client_of(people.heng)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address + query).status_code == 200
        return len(queries)

    grow(people, model, 30)
    few = [count(query) for query in ("", "?field=03", "?sort=fresh&page=2")]
    grow(people, model, 20_000)
    many = [count(query) for query in ("", "?field=03", "?sort=fresh&page=2")]
    assert few == many
    assert max(many) <= 25


def test_text_queries_cost_the_same_for_many_rows(people: People, client_of: Callable[..., Client]) -> None:
    def count() -> int:
        reindex()
        client = client_of(people.heng)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/results/?q=催化").status_code == 200
        return len(queries)

    grow(people, Result, 30)
    few = count()
    grow(people, Result, 300)
    assert count() == few
    make_need(people)
