"""The frame of every page: menu, phone tabs, for whom one acts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.market.listings import make_result
from tests.world import People
from yinxian.market.models import Result
from yinxian.portal.menu import GROUPS, TABS, address, chosen

ClientOf = Callable[..., Client]


def labels(page: str) -> list[str]:
    side = page[page.index('<nav class="side"') :]
    side = side[: side.index("</nav>")]
    return re.findall(r"</svg><span>([^<]+)</span>", side)


def test_everyone_who_signed_in_has_the_same_menu_and_reviewers_have_four_more(
    people: People, client_of: ClientOf
) -> None:
    common = [
        "工作台",
        "需求",
        "成果",
        "撮合",
        "引荐",
        "项目",
        "落地",
        "合同",
        "结算",
        "政策",
        "协作网络",
        "协会与联盟",
        "证书",
        "考试",
        "培训",
        "积分",
    ]
    for user in (people.ruoxi, people.heng, people.stray):
        assert labels(client_of(user).get("/").content.decode()) == common
    assert labels(client_of(people.qiao).get("/").content.decode()) == [*common, "审核", "导入", "课务", "术语"]


def test_every_place_of_the_menu_is_a_page_that_opens(people: People, client_of: ClientOf) -> None:
    client = client_of(people.qiao)
    for place in [place for _label, group in GROUPS for place in group] + list(TABS):
        assert address(place.name), place.name
        assert client.get(address(place.name)).status_code == 200, place.name


def test_nobody_sees_a_menu_without_signing_in(db: None) -> None:
    page = Client().get("/").content.decode()
    assert 'class="side"' not in page
    assert 'class="tabbar"' not in page


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "portal:home"),
        ("/todo/", "portal:home"),
        ("/needs/", "market:needs"),
        ("/needs/N4K7Q2XWZD/", "market:needs"),
        ("/needs/N4K7Q2XWZD/match/", "portal:matches"),
        ("/needs/N4K7Q2XWZD/results/R4K7Q2XWZD/introduce/", "deals:introductions"),
        ("/results/R4K7Q2XWZD/match/", "portal:matches"),
        ("/results/R4K7Q2XWZD/", "market:results"),
        ("/deals/D4K7Q2XWZD/", "deals:deals"),
        ("/milestones/S4K7Q2XWZD/", "deals:deals"),
        ("/organisations/", "alliances:directory"),
        ("/studios/", "alliances:directory"),
        ("/me/", "network:profile"),
        ("/review/", "market:review_queue"),
    ],
)
def test_the_item_that_a_page_belongs_to_is_marked(path: str, name: str) -> None:
    place = chosen(path)
    assert place is not None
    assert place.name == name


def test_an_unknown_page_belongs_to_no_item() -> None:
    assert chosen("/somewhere/else/") is None


def test_the_reviewer_sees_how_much_waits_and_nobody_else_does(people: People, client_of: ClientOf) -> None:
    for number in range(3):
        make_result(people, title=f"成果 {number}", state=Result.State.PENDING, published_on=None, fresh_until=None)
    queue = client_of(people.qiao).get("/directory/").content.decode()
    assert re.search(r'审核</span><span class="n">3<', queue)
    assert "审核</span>" not in client_of(people.heng).get("/directory/").content.decode()


def test_who_acts_for_an_organisation_is_told_so(people: People, client_of: ClientOf) -> None:
    page = client_of(people.heng, acting=people.buyer).get("/").content.decode()
    assert f"<b>{people.buyer.name}</b>" in page


def test_the_frame_asks_as_often_whatever_there_is(people: People, client_of: ClientOf) -> None:
    client = client_of(people.qiao)
    client.get("/about/")
    with CaptureQueriesContext(connection) as few:
        client.get("/about/")
    for number in range(12):
        make_result(people, title=f"成果 {number}", state=Result.State.PENDING, published_on=None, fresh_until=None)
    with CaptureQueriesContext(connection) as many:
        client.get("/about/")
    assert len(many) == len(few) <= 10


def test_a_page_for_anyone_asks_nothing_of_the_database(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        Client().get("/about/")
    assert len(asked) == 0
