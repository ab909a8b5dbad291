"""A page is kept until something happens, for one session only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from tests.world import People
from yinxian import journal

KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages-of-tests", "TIMEOUT": 60}
Queries = Callable[[int], object]


@pytest.fixture(autouse=True)
def kept_pages(settings: Settings) -> None:
    settings.CACHES = settings.CACHES | {"pages": KEPT}
    caches["pages"].clear()


def queries_of(browser: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as made:
        assert browser.get(path).status_code == 200
    return len(made)


def test_a_second_look_costs_two_queries_until_something_happens(
    people: People, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.ruoxi)
    browser.get("/deals/")  # from here on the browser has its CSRF cookie
    first, second = queries_of(browser, "/deals/"), queries_of(browser, "/deals/")
    assert second == 2 < first
    with transaction.atomic():
        journal.record("tests.happened", actor=people.heng, subject=people.buyer)
    assert queries_of(browser, "/deals/") == first


def test_nobody_gets_the_page_of_another(people: People, client_of: Callable[..., Client]) -> None:
    hers, his = client_of(people.ruoxi), client_of(people.heng)
    assert "若溪" in hers.get("/").content.decode()
    page = his.get("/").content.decode()
    assert "若溪" not in page
    assert "若溪" not in Client().get("/").content.decode()


def test_signing_out_language_and_acting_change_the_page(people: People, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    chinese = browser.get("/").content.decode()
    browser.post("/language/", {"language": "en"})
    assert browser.get("/").content.decode() != chinese
    english = browser.get("/").content.decode()
    browser.post("/act-for/", {"organisation": "self"})
    assert browser.get("/").content.decode() != english
    browser.logout()
    assert "若溪" not in browser.get("/").content.decode()


def test_a_message_is_shown_once(people: People, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    before = browser.get("/").content.decode()
    browser.post("/me/", {"name": "沈若溪", "language": "zh-hans"})
    assert "已保存" in browser.get("/").content.decode()
    assert "已保存" not in browser.get("/").content.decode()
    assert "已保存" not in before


def test_a_read_notice_changes_the_bell(
    people: People, client_of: Callable[..., Client], drain: Callable[[], None]
) -> None:
    from yinxian.notifications.models import Notice

    with transaction.atomic():
        entry = journal.record("tests.happened", actor=people.heng, subject=people.buyer)
    browser = client_of(people.ruoxi)
    quiet = browser.get("/deals/").content
    notice = Notice.objects.create(user=people.ruoxi, entry=entry, created_at=entry.at)
    assert browser.get("/deals/").content != quiet
    browser.post(f"/notices/{notice.slug}/read/")
    assert Notice.objects.get().read_at is not None


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_a_kept_page_ends_with_the_right_to_come_in(
    people: People, client_of: Callable[..., Client], change: dict[str, object]
) -> None:
    """Neither is in the journal when it is done beside the product."""
    browser = client_of(people.ruoxi)
    assert [browser.get("/deals/").status_code for _time in range(2)] == [200, 200]
    type(people.ruoxi).objects.filter(pk=people.ruoxi.pk).update(**change)
    assert browser.get("/deals/").status_code == 302
