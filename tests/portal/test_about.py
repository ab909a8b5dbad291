"""Pages that need nobody."""

from __future__ import annotations

from unittest.mock import patch
from xml.etree import ElementTree

from django.db import DatabaseError, connection
from django.test import Client

from tests.market.listings import SECRETS, TEASER, make_need, make_result
from tests.world import People
from yinxian import __version__
from yinxian.kernel import assets
from yinxian.market.models import Result


def test_about_names_the_parties_the_licence_the_version_and_the_api(db: None) -> None:
    page = Client().get("/about/").content.decode()
    for word in ("需求方", "供给方", "技术转移机构", "协会", "Apache-2.0", __version__, "/api/v1/docs", "/verify/"):
        assert word in page


def test_about_speaks_english(db: None) -> None:
    page = Client().get("/about/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in main), main


def test_the_icon_is_found_where_programs_ask_for_it(db: None) -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, assets.url("favicon.svg"))


def test_robots_keep_out_of_what_is_private_and_find_the_map(db: None, settings: object) -> None:
    settings.YINXIAN_URL = "https://yinxian.example"  # type: ignore[attr-defined]  # pytest-django's wrapper
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /i/" in text
    assert "Sitemap: https://yinxian.example/sitemap.xml" in text


def test_the_map_lists_public_listings_and_nothing_else(people: People, settings: object) -> None:
    settings.YINXIAN_URL = "https://yinxian.example"  # type: ignore[attr-defined]  # as above
    public, need = make_result(people), make_need(people)
    hidden = [
        make_result(people, confidence="network"),
        make_result(people, confidence="named"),
        make_result(people, state=Result.State.DRAFT),
        make_need(people, state="translating"),
    ]
    answer = Client().get("/sitemap.xml")
    found = {node.text for node in ElementTree.fromstring(answer.content).iter() if node.tag.endswith("}loc")}
    assert f"https://yinxian.example/results/{public.slug}/" in found
    assert f"https://yinxian.example/needs/{need.slug}/" in found
    assert not any(listing.slug in str(found) for listing in hidden)


def test_well_while_the_database_answers(db: None) -> None:
    assert Client().get("/healthz").status_code == 200


def test_not_well_when_it_does_not(db: None) -> None:
    with patch.object(connection, "cursor", side_effect=DatabaseError("gone")):
        assert Client().get("/healthz").status_code == 503


def test_the_public_home_teases_and_keeps_secrets(people: People) -> None:
    make_result(people)
    make_need(people)
    make_result(people, title="只给网络看的", confidence="network")
    make_result(people, title="只给指定人看的", confidence="named")
    page = Client().get("/").content.decode()
    assert "一氧化碳低温催化氧化" in page
    assert TEASER in page
    assert "燃气热水器一氧化碳消除" in page
    assert "只给网络看的" not in page
    assert "只给指定人看的" not in page
    assert not any(secret in page for secret in SECRETS)
    assert 'class="thread"' in page
    assert 'property="og:title"' in page
