"""A month before a protection period ends, its manager is told, once; the pair is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.deals.introducing import acknowledged, offered
from tests.world import People
from yinxian.deals.models import Introduction
from yinxian.deals.operations.protection import remind_managers
from yinxian.journal.models import Entry
from yinxian.notifications.models import Notice

ENDING = "deals.introduction.ending"


@pytest.fixture
def introduction(people: People, frozen: Callable[[str], None]) -> Introduction:
    frozen("2026-08-10T10:00")
    return acknowledged(people)


def test_the_manager_is_told_once_a_month_ahead(
    introduction: Introduction, people: People, frozen: Callable[[str], None], drain: Callable[[], None]
) -> None:
    assert introduction.protected_until == dt.date(2028, 8, 10)
    for today, told in (("2028-07-10", 0), ("2028-07-11", 1), ("2028-07-12", 1), ("2028-08-10", 1)):
        frozen(f"{today}T10:00")
        drain()
        assert Entry.objects.filter(name=ENDING).count() == told, today
    entry = Entry.objects.get(name=ENDING)
    assert (entry.subject_slug, entry.data, entry.actor) == (introduction.slug, {"until": "2028-08-10"}, None)
    assert [notice.user for notice in Notice.objects.filter(entry=entry)] == [people.ruoxi]


def test_what_is_over_or_never_came_to_stand_tells_nobody(introduction: Introduction, people: People) -> None:
    assert remind_managers(today=dt.date(2028, 8, 11)) == 0
    Introduction.objects.filter(pk=introduction.pk).update(state=Introduction.State.OFFERED)
    assert remind_managers(today=dt.date(2028, 8, 1)) == 0
    assert not Entry.objects.filter(name=ENDING).exists()


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "保护期至 2028年8月10日"), ("en", "10 Aug 2028")])
def test_the_thread_writes_the_day_as_the_reader_does(
    introduction: Introduction, people: People, client_of: Callable[..., Client], language: str, shown: str
) -> None:
    browser = client_of(people.ruoxi)
    browser.cookies["django_language"] = language
    page = browser.get(f"/introductions/{introduction.slug}/").content.decode()
    assert shown in page and "2028-08-10" not in page


def test_the_inputs_of_each_way_to_pay_say_when_they_show(people: People, client_of: Callable[..., Client]) -> None:
    waiting = offered(people)
    page = client_of(people.ruoxi).get(f"/needs/{waiting.need.slug}/results/{waiting.result.slug}/introduce/")
    for kind in Introduction.FeeKind.values:
        assert f'data-show-when="fee_kind={kind}"' in page.content.decode()
