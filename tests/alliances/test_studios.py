"""Studios: nobody is named who has not agreed, cases are facts of the register, messages show no addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.deal_world import make_deal
from tests.world import People
from yinxian.alliances.models import Studio, StudioMessage
from yinxian.alliances.operations.studios import (
    MOST_AN_HOUR,
    add_case,
    answer_invitation,
    drop_case,
    invite,
    leave_message,
    save_studio,
)
from yinxian.alliances.queries.studios import cases_of
from yinxian.deals.models import Deal
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

ClientOf = Callable[..., Client]


def studio(people: People, **values: Any) -> Studio:
    return save_studio(actor=people.ruoxi, values={"name": "若溪工作室", "published": True} | values)


def test_names_of_one_and_of_sixty_characters(people: People) -> None:
    for name in ("溪", "名" * 60):
        assert studio(people, name=name).name == name
    for name in ("", " ", "名" * 61):
        with pytest.raises(Invalid):
            studio(people, name=name)
    with pytest.raises(Conflict):
        studio(people, name="溪")
    with pytest.raises(Forbidden):
        save_studio(actor=people.heng, values={"name": "不是经理人"})


def test_who_is_named_is_each_persons_choice(people: People, client_of: ClientOf) -> None:
    one = studio(people)
    address = f"/studios/{one.slug}/"
    assert "沈若溪" not in Client().get(address).content.decode()
    invite(studio_id=one.pk, actor=people.ruoxi, user_id=people.mingyuan.pk, role="成果挖掘")
    invite(studio_id=one.pk, actor=people.ruoxi, user_id=people.mingyuan.pk)
    assert one.members.count() == 2
    assert "顾明远" not in Client().get(address).content.decode()
    with pytest.raises(Forbidden):
        answer_invitation(studio_id=one.pk, actor=people.heng, join=True, shown=True)
    answer_invitation(studio_id=one.pk, actor=people.mingyuan, join=True, shown=True)
    page = Client().get(address).content.decode()
    assert "顾明远" in page and "沈若溪" not in page
    answer_invitation(studio_id=one.pk, actor=people.mingyuan, join=False)
    assert "顾明远" not in Client().get(address).content.decode()
    with pytest.raises(Conflict):
        answer_invitation(studio_id=one.pk, actor=people.ruoxi, join=False)
    with pytest.raises(Invalid):
        invite(studio_id=one.pk, actor=people.ruoxi, user_id=people.heng.pk)


def test_a_case_is_a_registered_deal_of_ones_own_without_its_parties(people: People) -> None:
    one, deal = studio(people), make_deal(people)
    with pytest.raises(Invalid):
        add_case(studio_id=one.pk, actor=people.ruoxi, deal_id=deal.pk)
    Deal.objects.filter(pk=deal.pk).update(
        state="registered", registered_on=dt.date(2025, 5, 1), amount_fen=180_0000_00
    )
    with pytest.raises(Forbidden):
        add_case(studio_id=one.pk, actor=people.mingyuan, deal_id=deal.pk)
    made = add_case(studio_id=one.pk, actor=people.ruoxi, deal_id=deal.pk)
    assert add_case(studio_id=one.pk, actor=people.ruoxi, deal_id=deal.pk) == made
    (shown,) = cases_of(one)
    assert (shown.year, shown.amount) == (2025, "50 万至 200 万元")
    page = Client().get(f"/studios/{one.slug}/").content.decode()
    assert people.buyer.name not in page and people.supplier.name not in page and deal.title not in page
    with pytest.raises(Forbidden):
        drop_case(case_id=made.pk, actor=people.mingyuan)
    drop_case(case_id=made.pk, actor=people.ruoxi)
    assert cases_of(one) == []


def test_html_in_every_field_is_text(people: People) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    one = studio(people, name=hostile, name_en=hostile, about=hostile, about_en=hostile)
    User.objects.filter(pk=people.ruoxi.pk).update(name=hostile)
    answer_invitation(studio_id=one.pk, actor=people.ruoxi, join=True, shown=True)
    for address in (f"/studios/{one.slug}/", "/studios/"):
        assert "<img src=x" not in Client().get(address).content.decode()


def test_messages_reach_the_members_only(people: People, client_of: ClientOf) -> None:
    one = studio(people)
    address, given = (
        f"/studios/{one.slug}/contact/",
        {"name": "王工", "contact": "13900002222", "text": "有一个热泵需求"},
    )
    for _ in range(2):
        assert Client().post(address, given).status_code == 302
    assert StudioMessage.objects.count() == 1, "the same words twice are one"
    assert Client().post(address, given | {"text": ""}).status_code == 422
    assert Client().post(address, given | {"text": "机器写的", "website": "http://x"}).status_code == 302
    assert StudioMessage.objects.count() == 1
    assert "13900002222" in client_of(people.ruoxi).get(f"/studios/{one.slug}/").content.decode()
    outside = Client().get(f"/studios/{one.slug}/").content.decode()
    assert "13900002222" not in outside and "@" not in outside.split("<main")[1].split("</main>")[0]
    for number in range(MOST_AN_HOUR - 1):
        leave_message(studio_id=one.pk, actor=None, name="甲", contact="1", text=str(number))
    with pytest.raises(Conflict):
        leave_message(studio_id=one.pk, actor=None, name="甲", contact="1", text="再来一封")


def test_what_is_not_published_is_not_there(people: People, client_of: ClientOf) -> None:
    one = studio(people, published=False)
    assert Client().get(f"/studios/{one.slug}/").status_code == 404
    assert Client().post(f"/studios/{one.slug}/contact/", {}).status_code == 404
    assert Client().get(f"/api/v1/alliances/studios/{one.slug}").status_code == 404
    assert client_of(people.ruoxi).get(f"/studios/{one.slug}/").status_code == 200
    studio(people, name="公开的", noindex=True)
    found = Client().get("/api/v1/alliances/studios").json()
    assert found["count"] == 1
    page = Client().get(f"/studios/{found['items'][0]}/").content.decode()
    assert '"Organization"' in page and 'content="noindex"' in page
    with pytest.raises(Forbidden):
        leave_message(studio_id=one.pk, actor=None, name="甲", contact="1", text="x")


def test_owner_edits_and_nobody_else(people: People, client_of: ClientOf) -> None:
    own, other = client_of(people.ruoxi), client_of(people.mingyuan)
    answer = own.post("/studios/new/", {"name": "若溪工作室", "tracks": ["06"], "published": "on"})
    one = Studio.objects.get()
    assert answer.headers["Location"] == f"/studios/{one.slug}/" and one.noindex is False
    assert other.post(f"/studios/{one.slug}/edit/", {"name": "改掉"}).status_code == 403
    assert other.post(f"/studios/{one.slug}/invite/", {}).status_code == 403
    assert own.post(f"/studios/{one.slug}/invite/", {"manager": "13800000003"}).status_code == 422
    assert own.post(f"/studios/{one.slug}/invite/", {"manager": "13800000002"}).status_code == 302
    assert other.post(f"/studios/{one.slug}/answer/", {"act": "join", "shown": "on"}).status_code == 302
    assert own.post(f"/studios/{one.slug}/edit/", {"name": "若溪与明远"}).status_code == 302
    assert client_of(people.heng).get("/studios/new/").status_code == 403
