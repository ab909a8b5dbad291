"""The directory: what each person shows is all that anyone finds, and answers are never older than the last change."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deals.deal_world import make_deal
from tests.world import People
from yinxian.alliances.models import Card, Licence
from yinxian.alliances.operations.cards import add_licence, check_licence, drop_licence, refresh_cards, save_card
from yinxian.alliances.queries.directory import directory
from yinxian.alliances.queries.shelf import PUBLIC, SHELF, Shelf, _Side
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import Membership, User

ClientOf = Callable[..., Client]
ANYONE = AnonymousUser()
ALL = Card.Part.values


def card(user: User, **values: Any) -> Card:
    return save_card(actor=user, values={"profession": "manager", "audience": "public"} | values)


def names(reader: Any, **given: Any) -> list[str]:
    return [one.name for one in directory(reader, given).cards]


def test_nobody_outside_finds_who_has_chosen_nothing(people: People) -> None:
    refresh_cards([people.ruoxi.pk, people.mingyuan.pk])
    assert names(ANYONE) == []
    assert names(people.stray) == []
    assert sorted(names(people.heng)) == ["沈若溪", "顾明远"]


def test_what_is_not_shown_is_neither_seen_nor_found_nor_counted(people: People) -> None:
    made = card(people.ruoxi, shows=["regions"], headline="懂热水器")
    profile = people.ruoxi.manager_profile
    profile.regions, profile.tracks = ["330000"], [{"field": "06", "evidence": "三份合同"}]
    profile.save()
    refresh_cards([people.ruoxi.pk])
    (seen,) = directory(ANYONE, {}).cards
    assert (seen.name, seen.tracks, seen.regions, seen.organisation) == (made.slug, [], ["浙江"], "")
    assert names(ANYONE, field="06") == [] and names(people.heng, field="06") == ["沈若溪"]
    assert names(ANYONE, q="若溪") == [] and names(people.heng, q="若溪") == ["沈若溪"]
    assert names(ANYONE, region="330000") == [made.slug]
    facets = {facet.name: facet.choices for facet in directory(ANYONE, {}).facets}
    assert facets["field"] == [] and [choice.value for choice in facets["region"]] == ["33"]
    assert names(ANYONE, q="热水器") == [made.slug]


def test_facets_count_each_dimension_under_the_others(people: People) -> None:
    for user, region in ((people.ruoxi, "330000"), (people.mingyuan, "110000")):
        user.manager_profile.regions = [region]
        user.manager_profile.save()
        card(user, shows=ALL)
    answer = directory(ANYONE, {"region": "33", "kind": "market"})
    counts = {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in answer.facets}
    assert answer.count == 1
    assert counts["region"] == {"33": 1}, "the other region has no manager of this kind"
    assert counts["kind"] == {"market": 1}
    both = directory(ANYONE, {"profession": "manager"})
    assert both.count == 2
    assert [choice.count for facet in both.facets if facet.name == "profession" for choice in facet.choices] == [2]


def test_free_capacity_is_what_is_said_less_what_is_open(people: People) -> None:
    card(people.ruoxi, shows=ALL, capacity=2)
    card(people.mingyuan, shows=ALL, capacity=1)
    assert names(ANYONE, free="1", sort="free") == ["沈若溪", "顾明远"]
    make_deal(people)
    refresh_cards([people.ruoxi.pk, people.mingyuan.pk])
    found = {one.name: one.free for one in directory(ANYONE, {}).cards}
    assert found == {"沈若溪": 1, "顾明远": 1}
    people.ruoxi.manager_profile.open_to_work = False
    people.ruoxi.manager_profile.save()
    refresh_cards([people.ruoxi.pk])
    assert names(ANYONE, free="1") == ["顾明远"]


def test_cards_follow_the_journal(people: People, client_of: ClientOf, drain: Callable[[], None]) -> None:
    form = {"kind": "market", "years": "3", "regions": ["440000"], "open_to_work": "on"}
    client_of(people.ruoxi).post("/me/manager/", form)
    drain()
    assert names(people.heng, region="44") == ["沈若溪"]
    client_of(people.ruoxi).post("/me/", {"name": "沈若水", "language": "zh-hans"})
    drain()
    assert names(people.heng, q="若水") == ["沈若水"]


def test_another_process_reads_what_has_changed(people: People) -> None:
    other = Shelf()
    assert other.find(PUBLIC, {}).count == 0
    made = card(people.ruoxi, shows=["name"])
    assert other.find(PUBLIC, {}).keys == [made.pk]
    card(people.ruoxi, audience="nobody")
    assert other.find(PUBLIC, {}).count == 0
    assert SHELF.find(PUBLIC, {}).count == 0


@pytest.mark.parametrize(
    "values",
    [
        {"capacity": -1},
        {"capacity": 10**18},
        {"capacity": True},
        {"audience": "everybody"},
        {"profession": "lawyer"},
        {"profession": "x"},
    ],
)
def test_cards_that_cannot_be_are_refused(people: People, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        card(people.ruoxi, **values)
    assert not Card.objects.exists()


def test_only_a_profile_makes_a_manager(people: People) -> None:
    with pytest.raises(Invalid):
        card(people.stray)
    made = card(people.stray, profession="lawyer", tracks=[{"field": "04"}, {"field": "99"}], regions=["640000", "x"])
    assert (made.tracks, made.regions) == ([{"field": "04", "evidence": "", "evidence_en": ""}], ["640000"])


def test_a_body_has_a_card_that_its_administrators_keep(people: People) -> None:
    made = save_card(actor=people.lan, values={"profession": "alumni"}, organisation_id=people.supplier.pk)
    assert made.profession == Card.Profession.ALUMNI
    with pytest.raises(Forbidden):
        save_card(actor=people.heng, values={"profession": "alumni"}, organisation_id=people.supplier.pk)


def test_licences_are_said_by_their_holder_and_checked_by_an_association(people: People) -> None:
    made = card(people.stray, profession="lawyer", shows=["licences"])
    given = {"name": "律师执业证", "number": "A-1", "issuer": "司法厅", "valid_until": dt.date(2030, 1, 1)}
    one = add_licence(card_id=made.pk, actor=people.stray, values=given)
    assert add_licence(card_id=made.pk, actor=people.stray, values=given) == one
    for wrong in ({"number": ""}, {"name": "x" * 81}, {"valid_until": dt.date(9999, 1, 1)}):
        with pytest.raises(Invalid):
            add_licence(card_id=made.pk, actor=people.stray, values=given | wrong)
    with pytest.raises(Forbidden):
        add_licence(card_id=made.pk, actor=people.heng, values=given)
    with pytest.raises(Forbidden):
        check_licence(licence_id=one.pk, actor=people.stray, association_id=people.association.pk)
    checked = check_licence(licence_id=one.pk, actor=people.qiao, association_id=people.association.pk)
    assert checked.checked_for == people.association
    with pytest.raises(Forbidden):
        drop_licence(licence_id=one.pk, actor=people.heng)
    drop_licence(licence_id=one.pk, actor=people.stray)
    assert not Licence.objects.exists()


def test_pages(people: People, client_of: ClientOf) -> None:
    hostile = '<script>alert(1)</script>"&'
    people.ruoxi.name = "沈"
    people.ruoxi.save()
    made = card(people.ruoxi, shows=ALL, headline=hostile, headline_en=hostile)
    User.objects.filter(pk=people.mingyuan.pk).update(name="名" * 60)
    card(people.mingyuan, shows=ALL)
    page = Client().get("/directory/").content.decode()
    assert "<script>alert" not in page and "名" * 60 in page
    page = Client().get(f"/directory/{made.slug}/").content.decode()
    assert "<script>alert" not in page and 'content="noindex"' in page
    found = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])
    assert (found["@type"], found["name"], found["description"]) == ("Person", "沈", hostile)
    assert Client().get(f"/managers/{people.ruoxi.manager_profile.slug}/").status_code == 302
    card(people.ruoxi, audience="nobody")
    for reader in (Client(), client_of(people.heng)):
        assert reader.get(f"/directory/{made.slug}/").status_code == 404
    own = client_of(people.ruoxi)
    assert own.get(f"/directory/{made.slug}/").status_code == 200
    assert own.get("/me/card/").status_code == 200
    form = {"profession": "manager", "audience": "public", "shows": ["name", "level"], "capacity": "3"}
    assert own.post("/me/card/", form).status_code == 302
    assert own.post("/me/card/", form | {"capacity": "1e9"}).status_code == 422
    assert Card.objects.get(user=people.ruoxi).noindex is False
    for query in ("?page=x", "?page=99999999999", "?page=-1", "?field=%3Cb%3E&sort=nothing&level=99"):
        assert Client().get(f"/directory/{query}").status_code == 200
    assert Client().get("/managers/?q=1").headers["Location"].startswith("/directory/?q=1&profession=manager")
    keeper = client_of(people.qiao)
    home = f"/associations/{people.association.slug}/directory"
    assert "名" * 60 in keeper.get(f"{home}/csv/").content.decode("utf-8-sig")
    assert client_of(people.heng).get(f"{home}/csv/").status_code == 403
    assert client_of(people.stray).get(f"/organisations/{people.buyer.slug}/card/").status_code == 403


def test_endpoints(people: People, client_of: ClientOf) -> None:
    given = {"profession": "manager", "audience": "public", "shows": ["name", "tracks"], "capacity": 4}
    answer = client_of(people.ruoxi).put("/api/v1/alliances/card", given, content_type="application/json")
    assert answer.status_code == 200
    found = Client().get("/api/v1/alliances/directory?field=06").json()
    assert found["items"][0]["name"] == "沈若溪" and found["items"][0]["free"] is None
    assert found["counts"]["field"] == {"06": 1}
    slug = found["items"][0]["slug"]
    assert Client().get(f"/api/v1/alliances/directory/{slug}").json()["tracks"][0]["evidence"] == "三份合同"
    wrong = client_of(people.ruoxi).put(
        "/api/v1/alliances/card", given | {"capacity": -1}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "alliances.capacity_wrong")


def test_queries_do_not_grow_with_the_cards(people: People) -> None:
    def asked() -> int:
        SHELF.find(PUBLIC, {})
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/directory/?profession=lawyer").status_code == 200
        return len(queries)

    card(people.stray, profession="lawyer", shows=ALL)
    one = asked()
    for number in range(20):
        user = User.objects.create_user(f"1370000{number:04d}", None, name=f"律师{number}")
        Membership.objects.create(user=user, organisation=people.buyer)
        card(user, profession="lawyer", shows=ALL)
    assert asked() == one


@settings(deadline=None)
@given(
    lines=st.lists(st.text(alphabet="aab氧 化", max_size=6), max_size=8), text=st.text(alphabet="ab氧 化", max_size=5)
)
def test_words_are_sought_in_one_text_as_in_each_line(lines: list[str], text: str) -> None:
    side = _Side(np.ones(len(lines), np.bool_), words=list(lines))
    found = Shelf._with_words(side, text).tolist()
    assert found == [all(word in line for word in text.split()) for line in lines]
