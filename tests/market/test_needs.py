"""A need's way, except its briefs: words kept, review, states by hand, manager, freshness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.market.listings import make_need
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.market.models import Need
from yinxian.market.operations import needs as operations
from yinxian.market.operations.listings import version

pytestmark = pytest.mark.django_db


def submitted(people: People, **given: Any) -> Need:
    return operations.create_need(
        owner_id=people.buyer.pk,
        actor=people.heng,
        raw_words=given.pop("raw_words", "水垢太多"),
        values={"title": "除垢", **given},
    )


@pytest.mark.parametrize("words", ["  原话 \n\t 带空白 ", "垢", "字" * 200_000, "<b>&'\"\u202e👩\u200d🔬"])
def test_words_are_kept_as_written(people: People, words: str, client_of: Callable[..., Client]) -> None:
    need = submitted(people, raw_words=words)
    need.refresh_from_db()
    assert need.raw_words == words
    operations.edit_need(
        need_id=need.pk, actor=people.heng, values={"raw_words": "改", "scene": "新"}, seen=version(need)
    )
    need.refresh_from_db()
    assert (need.raw_words, need.scene) == (words, "新")
    page = client_of(people.heng).get(f"/needs/{need.slug}/")
    assert page.status_code == 200 and b"<b>&'" not in page.content


def test_nul_and_lone_surrogates_are_all_that_is_taken_out(people: People) -> None:
    assert submitted(people, raw_words="甲\x00乙\ud800丙").raw_words == "甲乙丙"


@pytest.mark.parametrize("words", ["", " \n", "\x00", "字" * 200_001])
def test_no_words_or_too_many_are_refused(people: People, words: str) -> None:
    with pytest.raises(Invalid):
        submitted(people, raw_words=words)
    assert Need.objects.count() == 0 and Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"deadline": dt.date(2026, 3, 3)}, "deadline"),
        ({"deadline": dt.date(9999, 1, 1)}, "deadline"),
        ({"deadline": "31 February"}, "deadline"),
        ({"budget_low_fen": -1}, "budget_low_fen"),
        ({"budget_high_fen": 2**63}, "budget_high_fen"),
        ({"budget_low_fen": 2, "budget_high_fen": 1}, "budget_high_fen"),
    ],
)
def test_past_dates_and_impossible_budgets_are_refused(
    people: People, values: dict[str, Any], field: str, frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-04T09:00")
    with pytest.raises(Refusal) as refused:
        submitted(people, **values)
    assert refused.value.field == field and Need.objects.count() == 0
    assert submitted(people, deadline=dt.date(2026, 3, 4)).deadline == dt.date(2026, 3, 4)


def test_association_publishes_what_the_client_confirmed_and_nothing_else(
    people: People, client_of: Callable[..., Client]
) -> None:
    need = submitted(people)
    with pytest.raises(Conflict):
        operations.review_need(need_id=need.pk, actor=people.qiao, decision="publish")
    Need.objects.filter(pk=need.pk).update(state="confirmed")
    for who in (people.heng, people.ruoxi, people.lan, people.stray):
        with pytest.raises(Forbidden):
            operations.review_need(need_id=need.pk, actor=who, decision="publish")
    assert need.title in client_of(people.qiao).get("/review/").content.decode()
    client_of(people.qiao).post(f"/needs/{need.slug}/review/", {"decision": "publish"})
    need.refresh_from_db()
    assert need.state == "published" and need.fresh_until is not None
    assert need.title in Client().get("/needs/").content.decode()


@pytest.mark.parametrize("state", ["confirmed", "published", "expired", "hold", "rejected", "submitted", "nonsense"])
def test_states_of_others_cannot_be_set_by_hand(people: People, state: str) -> None:
    need = submitted(people)
    with pytest.raises(Forbidden):
        operations.move_need(need_id=need.pk, actor=people.heng, state=state)
    need.refresh_from_db()
    assert need.state == "submitted"


def test_manager_moves_it_along_and_strangers_do_not(people: People, client_of: Callable[..., Client]) -> None:
    need = make_need(people)
    for who in (people.lan, people.mingyuan, people.qiao, people.stray):
        with pytest.raises(Forbidden):
            operations.move_need(need_id=need.pk, actor=who, state="matching")
    client_of(people.ruoxi).post(f"/needs/{need.slug}/move/", {"state": "matching"})
    operations.move_need(need_id=need.pk, actor=people.ruoxi, state="published")
    operations.move_need(need_id=need.pk, actor=people.heng, state="matching")
    operations.move_need(need_id=need.pk, actor=people.heng, state="solved")
    with pytest.raises(Conflict):
        operations.move_need(need_id=need.pk, actor=people.heng, state="matching")
    response = client_of(people.heng).post(f"/needs/{need.slug}/move/", {"state": "matching"}, follow=True)
    assert "没有改动" in response.content.decode()
    need.refresh_from_db()
    assert need.state == "solved"


def test_change_that_others_would_read_goes_back_to_the_client(people: People) -> None:
    need = make_need(people)
    operations.edit_need(need_id=need.pk, actor=people.ruoxi, values={"contact_phone": "1"}, seen=version(need))
    need.refresh_from_db()
    assert need.state == "published"
    operations.edit_need(need_id=need.pk, actor=people.ruoxi, values={"teaser": "新简介"}, seen=version(need))
    need.refresh_from_db()
    assert need.state == "translating"


def test_stale_edit_is_refused_and_what_was_typed_is_kept(people: People, client_of: Callable[..., Client]) -> None:
    need = make_need(people)
    seen = version(need)
    operations.edit_need(need_id=need.pk, actor=people.ruoxi, values={"contact_name": "先"}, seen=seen)
    given = {"seen": seen, "title": "后", "scene": "没丢的字", "confidence": "public"}
    response = client_of(people.heng).post(f"/needs/{need.slug}/edit/", given)
    assert response.status_code == 422 and "没丢的字" in response.content.decode()
    need.refresh_from_db()
    assert (need.scene, need.contact_name) == ("", "先")


def test_edit_page_keeps_a_deadline_that_has_passed_meanwhile(
    people: People, client_of: Callable[..., Client], frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-04T09:00")
    need = make_need(people, deadline=dt.date(2026, 3, 10), fresh_until=dt.date(2027, 3, 4))
    frozen("2026-04-01T09:00")
    given = {"seen": version(need), "title": need.title, "deadline": "2026-03-10", "contact_name": "新人"}
    response = client_of(people.heng).post(f"/needs/{need.slug}/edit/", given | {"confidence": "public"})
    assert response.status_code == 302
    need.refresh_from_db()
    assert (need.deadline, need.contact_name) == (dt.date(2026, 3, 10), "新人")


def test_owner_chooses_the_manager_who_then_sees_everything(people: People, client_of: Callable[..., Client]) -> None:
    need = make_need(people, manager=None)
    assert "机密配方甲" not in client_of(people.mingyuan).get(f"/needs/{need.slug}/").content.decode()
    with pytest.raises(Forbidden):
        operations.assign_manager(need_id=need.pk, actor=people.mingyuan, manager_id=people.mingyuan.pk)
    with pytest.raises(Invalid):
        operations.assign_manager(need_id=need.pk, actor=people.heng, manager_id=people.lan.pk)
    client_of(people.heng).post(f"/needs/{need.slug}/manager/", {"manager": people.mingyuan.slug})
    assert "机密配方甲" in client_of(people.mingyuan).get(f"/needs/{need.slug}/").content.decode()


def test_my_listings_show_every_state_of_mine_only(people: People, client_of: Callable[..., Client]) -> None:
    make_need(people, title="草创的需求", state="submitted")
    page = client_of(people.heng).get("/listings/").content.decode()
    assert "草创的需求" in page
    assert "草创的需求" not in client_of(people.lan).get("/listings/?kind=needs").content.decode()
    assert "草创的需求" not in client_of(people.heng).get("/listings/?kind=needs&state=closed").content.decode()
    assert Client().get("/listings/").status_code == 302


def test_words_that_are_too_long_are_kept_in_the_form_and_said_once(
    people: People, client_of: Callable[..., Client]
) -> None:
    given = {"raw_words": "密封" * 100_001, "owner": people.buyer.slug}
    page = client_of(people.ruoxi).post("/needs/new/", given).content.decode()
    assert "太长了：最多 200000 字，现在是 200002 字" in page and "密封" * 100_001 in page
    assert "请贴上企业原话" not in page and not Need.objects.exists()


def test_an_empty_file_is_said_once(people: People, client_of: Callable[..., Client]) -> None:
    given = {"raw_file": SimpleUploadedFile("a.txt", b""), "owner": people.buyer.slug}
    page = client_of(people.ruoxi).post("/needs/new/", given).content.decode()
    assert "这个文件是空的" in page and "请贴上企业原话" not in page and not Need.objects.exists()
