"""Whoever watches a build sees it move and end without pressing anything."""

from __future__ import annotations

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.hands import says
from tests.browser.test_brief_and_match import picture
from tests.market.listings import make_result
from tests.market.test_index_page import begun, somebody_is_at_it
from tests.world import make_people
from yinxian.kernel import indexbuild
from yinxian.market import indexing
from yinxian.market.search import reindex


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_build_is_watched_to_its_end(open_as: Open) -> None:
    with transaction.atomic():
        people = make_people()
        make_result(people)
    reindex()
    begun()
    page, phone = open_as(people.qiao), open_as(people.qiao, phone=True)
    with somebody_is_at_it():
        page.goto("/review/")
        page.get_by_role("link", name="检索的索引").click()
        says(page, "正在重建", "300 / 1,200 条（25%）")
        picture(page, "index-1440")
        (indexing.index().root / indexbuild.SIGN).write_text("900")
        says(page, "900 / 1,200 条（75%）")
        phone.goto("/review/index/")
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        picture(phone, "index-390")
    says(page, "重建停在半路", "yinxian index --rebuild")
    picture(page, "index-stopped-1440")
    for name in (indexbuild.STATE, indexbuild.SIGN):
        (indexing.index().root / name).unlink()
    says(page, "齐全")
    expect(page.locator("#index [hx-get], #index[hx-get]")).to_have_count(0)
