"""One's own pages: name, manager's profile, tokens."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.test import Client

from tests.world import People
from yinxian.network.models import ApiToken, ManagerProfile, User


def test_a_person_saves_name_and_language(people: People, client_of: Callable[..., Client]) -> None:
    given = {"name": "路人甲", "name_en": "Passer-by", "email": "a@firm.example", "language": "en"}
    assert client_of(people.stray).post("/me/", given).status_code == 302
    stray = User.objects.get(pk=people.stray.pk)
    assert (stray.name, stray.email, stray.language) == ("路人甲", "a@firm.example", "en")


def test_an_email_of_someone_else_is_refused_and_what_was_typed_stays(
    people: People, client_of: Callable[..., Client]
) -> None:
    User.objects.filter(pk=people.heng.pk).update(email="heng@firm.example")
    given = {"name": "改了名", "email": "HENG@firm.example", "language": "en"}
    answer = client_of(people.stray).post("/me/", given)
    assert answer.status_code == 422
    assert "改了名" in answer.content.decode()
    assert User.objects.get(pk=people.stray.pk).name == "路人"


def test_a_person_becomes_a_manager_by_filling_in_the_profile(people: People, client_of: Callable[..., Client]) -> None:
    given = {"kind": "capital", "years": 3, "track_05": "两份材料合同", "regions": ["330000"], "open_to_work": "on"}
    answer = client_of(people.stray).post("/me/manager/", given)
    profile = ManagerProfile.objects.get(user=people.stray)
    assert answer.headers["Location"] == f"/managers/{profile.slug}/"
    assert profile.tracks == [{"field": "05", "evidence": "两份材料合同", "evidence_en": ""}]
    assert "两份材料合同" in client_of(people.ruoxi).get(f"/managers/{profile.slug}/").content.decode()
    assert Client().get(f"/managers/{profile.slug}/", follow=True).status_code == 404, "nothing is shown to anyone yet"


def test_a_token_is_shown_once_lets_a_program_in_and_can_be_revoked(
    people: People, client_of: Callable[..., Client]
) -> None:
    page = client_of(people.ruoxi).post("/me/tokens/", {"token-name": "每晚同步"}).content.decode()
    secret = page.split('data-copy="')[1].split('"')[0]
    token = ApiToken.objects.get()
    assert secret not in json.dumps([token.digest, token.name])
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client(headers=headers).get("/api/v1/reputation/points").status_code == 200
    assert client_of(people.heng).post(f"/me/tokens/{token.slug}/drop/").status_code == 403
    assert ApiToken.objects.exists()
    client_of(people.ruoxi).post(f"/me/tokens/{token.slug}/drop/")
    assert Client(headers=headers).get("/api/v1/reputation/points").status_code == 401


def test_acting_for_another_is_only_for_those_who_belong(people: People, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    browser.post("/act-for/", {"organisation": people.buyer.slug, "next": "https://elsewhere.example/"})
    assert browser.get("/me/").wsgi_request.acting == None  # noqa: E711  a lazy object
    answer = browser.post("/act-for/", {"organisation": people.agency.slug, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert browser.get("/me/").wsgi_request.acting == people.agency
