"""The lists of alliances, studios and referrals: filter, sort, pages and files; nobody reads others' referrals."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.alliances.test_alliances import alliance, joined, offer
from tests.alliances.test_studios import studio
from tests.world import People
from yinxian.alliances.operations.referrals import answer_referral, withdraw_referral

ClientOf = Callable[..., Client]


def lines(browser: Client, address: str) -> list[list[str]]:
    """What the CSV says, the head first; the XLSX says the same."""
    given = browser.get(f"{address}format=csv")
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(browser.get(f"{address}format=xlsx").content)).active
    assert sheet is not None and [sheet.max_row, sheet.max_column] == [len(rows), len(rows[0])]
    return rows


def test_alliances_as_a_list_and_as_a_file(people: People, client_of: ClientOf) -> None:
    one, _place, _miao = joined(people)
    alliance(people, name="没有人来的联盟")
    rows = lines(Client(), "/alliances/?")
    assert [row[1] for row in rows[1:]] == ["沿江联盟"]
    assert rows[1][0] == one.slug and rows[1][4] == "2"
    assert lines(Client(), "/alliances/?q=没有&")[1:] == []
    for sort in ("name", "members", "new", "nonsense"):
        assert "沿江联盟" in Client().get(f"/alliances/?sort={sort}").content.decode()
    assert "没有找到" in Client().get("/alliances/?q=没有").content.decode()
    assert Client().get("/alliances/?format=exe").status_code == 404
    items = Client().get("/api/v1/alliances/alliances?sort=members").json()["items"]
    assert items == [one.slug]


def test_studios_as_a_list_and_as_a_file(people: People, client_of: ClientOf) -> None:
    one = studio(people, tracks=["04"], region="330100")
    hidden = lines(Client(), "/studios/?q=没有&")
    assert hidden[1:] == []
    rows = lines(Client(), "/studios/?sort=cases&")
    assert rows[1][:2] == [one.slug, "若溪工作室"] and rows[1][5:] == ["0", "是"]
    studio(people, name="还没公开的", published=False)
    assert len(lines(Client(), "/studios/?")) == 2
    own = lines(client_of(people.ruoxi), "/studios/?sort=new&")
    assert [row[6] for row in own[1:]] == ["否", "是"]
    assert "2 个工作室" in client_of(people.ruoxi).get("/studios/").content.decode()


def test_referrals_of_ones_own_organisations_only(people: People, client_of: ClientOf) -> None:
    one, place, miao = joined(people)
    first, second = offer(people, one, place), offer(people, one, place, share_bp=1250)
    answer_referral(referral_id=first.pk, actor=miao, take=True, share_bp=3000)
    withdraw_referral(referral_id=second.pk, actor=people.qiao)
    mine, theirs = client_of(people.qiao), client_of(miao)
    rows = lines(mine, "/referrals/?sort=share&")
    assert [(row[0], row[5], row[6]) for row in rows[1:]] == [
        (first.slug, "30.00", "已接下"),
        (second.slug, "12.50", "已撤回"),
    ]
    for query, found in (
        ("state=taken", [first]),
        ("side=given", [second, first]),
        ("side=taken", []),
        (f"q={second.slug}", [second]),
        ("state=nonsense", [second, first]),
    ):
        assert [row[0] for row in lines(mine, f"/referrals/?{query}&")[1:]] == [x.slug for x in found], query
        api = mine.get(f"/api/v1/alliances/referrals?{query}").json()
        assert [row["slug"] for row in api["items"]] == [x.slug for x in found], query
    assert len(lines(theirs, "/referrals/?side=taken&")) == 3
    assert first.slug in theirs.get("/referrals/").content.decode()
    for stranger in (people.heng, people.stray):
        page = client_of(stranger).get("/referrals/").content.decode()
        assert first.slug not in page and "没有转介" in page
        assert client_of(stranger).get("/api/v1/alliances/referrals").json()["count"] == 0
    assert Client().get("/referrals/").status_code == 302


@pytest.mark.parametrize("page", ["-1", "0", "10000000000000000000", "x"])
def test_a_page_that_is_none(people: People, client_of: ClientOf, page: str) -> None:
    for address in ("/referrals/", "/studios/", "/alliances/"):
        assert client_of(people.qiao).get(f"{address}?page={page}").status_code == 200
