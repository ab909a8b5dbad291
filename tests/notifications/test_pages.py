"""One's own notices: reading, marking, choosing; nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.market.listings import make_result
from tests.world import People
from yinxian.market.models import Result
from yinxian.market.operations.results import submit_result
from yinxian.notifications.models import Group, Notice, Preference
from yinxian.notifications.operations.reading import mark_read

ClientOf = Callable[..., Client]


@pytest.fixture
def notice(people: People, drain: Callable[[], None]) -> Notice:
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    drain()
    return Notice.objects.get(user=people.qiao)


def test_the_list_shows_what_happened_and_the_bell_counts_it(
    notice: Notice, people: People, client_of: ClientOf
) -> None:
    page = client_of(people.qiao).get("/notices/").content.decode()
    assert "一氧化碳低温催化氧化" in page
    assert 'class="bell"' in page and "1 条未读通知" in page
    assert "一氧化碳低温催化氧化" not in client_of(people.heng).get("/notices/").content.decode()


def test_opening_marks_it_read_and_goes_on(notice: Notice, people: People, client_of: ClientOf) -> None:
    answer = client_of(people.qiao).post(f"/notices/{notice.slug}/open/")
    assert (answer.status_code, answer["Location"]) == (302, notice.url)
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("verb", ["open", "read"])
def test_someone_elses_notice_is_not_found_and_nothing_changes(
    notice: Notice, people: People, client_of: ClientOf, verb: str
) -> None:
    for other in (people.lan, people.heng, people.stray):
        assert client_of(other).post(f"/notices/{notice.slug}/{verb}/").status_code == 404
        assert client_of(other).post(f"/api/v1/notifications/notices/{notice.slug}/read").status_code in (403, 404)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_someone_elses_is_refused_below_the_pages_too(notice: Notice, people: People) -> None:
    from yinxian.kernel.errors import Forbidden

    with pytest.raises(Forbidden, match="不是发给您的"):
        mark_read(notice_id=notice.pk, actor=people.stray)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_twice_keeps_the_first_time(
    notice: Notice, people: People, client_of: ClientOf, frozen: Callable[[str], None]
) -> None:
    client = client_of(people.qiao)
    client.post(f"/notices/{notice.slug}/read/")
    notice.refresh_from_db()
    first = notice.read_at
    frozen("2031-03-04T09:00")
    client_of(people.qiao).post(f"/notices/{notice.slug}/read/")
    notice.refresh_from_db()
    assert notice.read_at == first


def test_marking_all_marks_only_ones_own(notice: Notice, people: People, client_of: ClientOf) -> None:
    client_of(people.heng).post("/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is None
    client_of(people.qiao).post("/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "都看过了" in client_of(people.qiao).get("/notices/?unread=1").content.decode()


@pytest.mark.parametrize("path", ["/notices/", "/notices/preferences/"])
def test_nobody_sees_notices_without_signing_in(path: str, db: None) -> None:
    assert Client().get(path)["Location"].startswith("/accounts/login/")


def test_changing_things_by_get_is_refused(notice: Notice, people: People, client_of: ClientOf) -> None:
    for path in (f"/notices/{notice.slug}/open/", f"/notices/{notice.slug}/read/", "/notices/read/"):
        assert client_of(people.qiao).get(path).status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


def test_choices_are_kept_for_each_person(people: People, client_of: ClientOf) -> None:
    ticked = {f"{value}_in_product": "on" for value in Group.values if value != "deals"}
    client_of(people.lan).post("/notices/preferences/", {**ticked, "money_by_mail": "on"})
    rows = {row.group: (row.in_product, row.by_mail) for row in Preference.objects.filter(user=people.lan)}
    assert rows["deals"] == (False, False)
    assert rows["money"] == (True, True)
    assert rows["network"] == (True, False)
    assert not Preference.objects.exclude(user=people.lan).exists()
    page = client_of(people.lan).get("/notices/preferences/").content.decode()
    assert page.count(" checked") == len(Group.values)


def test_the_list_asks_as_often_for_forty_as_for_two(notice: Notice, people: People, client_of: ClientOf) -> None:
    client = client_of(people.qiao)
    client.get("/notices/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/notices/")
    for number in range(40):
        result = make_result(
            people, state=Result.State.DRAFT, published_on=None, fresh_until=None, title=f"成果 {number}"
        )
        submit_result(result_id=result.pk, actor=people.lan)
    from yinxian.journal.operations.work import drain

    drain()
    with CaptureQueriesContext(connection) as many:
        client.get("/notices/")
    assert len(many) <= len(few) + 1


def test_the_api_lists_ones_own_and_marks_them(notice: Notice, people: People, client_of: ClientOf) -> None:
    client = client_of(people.qiao)
    got = client.get("/api/v1/notifications/notices").json()
    assert got["unread"] == 1
    assert got["items"][0]["kind"] == "market.result.submitted"
    marked = client.post(f"/api/v1/notifications/notices/{notice.slug}/read").json()
    assert marked["read_at"]
    assert client.get("/api/v1/notifications/notices?unread=true").json() == {"unread": 0, "items": []}
    assert client_of(people.heng).get("/api/v1/notifications/notices").json()["items"] == []
