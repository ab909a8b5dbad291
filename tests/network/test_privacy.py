"""Everything about a person in a file; what goes, what is blanked, and what stays when they leave."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from tests.alliances.test_members import member
from tests.deals.deal_world import make_deal
from tests.world import People
from yinxian.alliances.models import Card, Licence, Member
from yinxian.alliances.operations.cards import add_licence, save_card
from yinxian.deals.models import Deal
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import ApiToken, ManagerProfile, User
from yinxian.network.operations.people import make_token
from yinxian.network.operations.personal import export_person, forget_person, hindrances
from yinxian.network.personal import ACTS, REGISTRY

ClientOf = Callable[..., Client]


def files(user: User) -> dict[str, list[dict[str, object]]]:
    with zipfile.ZipFile(io.BytesIO(export_person(user))) as archive:
        return {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist()}


def test_what_the_apps_say_is_true_of_their_tables(people: People) -> None:
    assert len(REGISTRY) > 15
    for held in REGISTRY.values():
        assert held.act in ACTS and str(held.label) and str(held.reason)
        held.rows(people.ruoxi).count()  # the lookup leads somewhere
        fields = {one.name for one in held.rows(people.ruoxi).model._meta.concrete_fields}
        assert set(held.blank) <= fields, held.model


def test_the_file_holds_everything_and_no_secret(people: People) -> None:
    make_deal(people)
    make_token(actor=people.ruoxi, name="同步")
    found = files(people.ruoxi)
    assert found["person"][0]["name"] == "沈若溪" and "password" not in found["person"][0]
    assert found["network.managerprofile"] and found["deals.deal"] and found["market.need"]
    assert "digest" not in found["network.apitoken"][0]
    assert "network.managerprofile" not in files(people.heng)


def test_nobody_leaves_a_deal_or_an_organisation_behind(people: People) -> None:
    deal = make_deal(people)
    assert hindrances(people.ruoxi) == [f"项目 {deal.number}"]
    with pytest.raises(Conflict):
        forget_person(actor=people.ruoxi, confirmation="沈若溪")
    with pytest.raises(Conflict):
        forget_person(actor=people.heng, confirmation="周衡")
    with pytest.raises(Invalid):
        forget_person(actor=people.stray, confirmation="别人")
    assert User.objects.get(pk=people.ruoxi.pk).is_active


def test_what_goes_what_is_blanked_and_what_stays(
    people: People, client_of: ClientOf, drain: Callable[[], None]
) -> None:
    deal = make_deal(people)
    Deal.objects.filter(pk=deal.pk).update(state="completed")
    card = save_card(actor=people.ruoxi, values={"profession": "manager", "audience": "public", "shows": ["name"]})
    add_licence(card_id=card.pk, actor=people.ruoxi, values={"name": "证", "number": "1", "issuer": "局"})
    make_token(actor=people.ruoxi, name="同步")
    browser = client_of(people.ruoxi)
    page = browser.get("/me/privacy/").content.decode()
    assert "名片" in page and "负责的项目" in page
    assert browser.post("/me/privacy/export/").content[:2] == b"PK"
    assert browser.post("/me/privacy/forget/", {"confirmation": "沈"}).status_code == 422
    entries = Entry.objects.count()
    assert browser.post("/me/privacy/forget/", {"confirmation": "沈若溪"}).status_code == 302
    drain()
    gone = User.objects.get(pk=people.ruoxi.pk)
    assert (gone.name, gone.phone, gone.email, gone.is_active) == ("", None, None, False)
    assert gone.get_full_name() == gone.slug and not gone.has_usable_password()
    assert not ApiToken.objects.exists() and not Licence.objects.exists()
    assert ManagerProfile.objects.get(user=gone).tracks == []
    assert Card.objects.get(user=gone).audience == "nobody"
    assert Deal.objects.get(pk=deal.pk).manager == gone
    assert Entry.objects.count() > entries
    assert browser.get("/me/").status_code == 302
    for address in ("/directory/", f"/directory/{card.slug}/"):
        assert "沈若溪" not in client_of(people.mingyuan).get(address).content.decode()


def test_the_fees_of_a_member_stay_without_the_answers(people: People) -> None:
    one = member(people)
    forget_person(actor=people.stray, confirmation="路人")
    kept = Member.objects.get(pk=one.pk)
    assert (kept.number, kept.answers, kept.phone) == (one.number, {}, "")


def test_privacy_is_for_who_is_signed_in() -> None:
    for address in ("/me/privacy/", "/me/privacy/export/", "/me/privacy/forget/"):
        assert Client().post(address).status_code in (302, 405)


def test_a_program_takes_ones_own_data_and_nobody_elses(people: People, client_of: ClientOf) -> None:
    make_deal(people)
    _token, secret = make_token(actor=people.ruoxi, name="备份")
    answer = Client().get("/api/v1/network/me/export", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert json.loads(archive.read("person.json"))[0]["name"] == "沈若溪"
        assert "deals.deal.json" in archive.namelist()
    other = client_of(people.stray).get("/api/v1/network/me/export")
    with zipfile.ZipFile(io.BytesIO(other.content)) as archive:
        assert "deals.deal.json" not in archive.namelist()
    assert Client().get("/api/v1/network/me/export").status_code == 401
