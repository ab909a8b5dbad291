"""The API of results and needs: the pages' levels, filters and refusals, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.market.listings import NETWORK_WORDS, SECRETS, make_need, make_result
from tests.market.test_levels import LEVELS
from tests.world import People
from yinxian.market.models import Result
from yinxian.market.search import reindex

pytestmark = pytest.mark.django_db
BASE = "/api/v1/market"


def send(client: Client, method: str, address: str, body: dict[str, Any]) -> Any:
    return getattr(client, method)(f"{BASE}{address}", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("name", [name for name in LEVELS if name != "nobody"])
def test_answers_hold_only_what_the_level_holds(people: People, name: str, client_of: Callable[..., Client]) -> None:
    result = make_result(people)
    make_need(people)
    reindex()
    client = client_of(getattr(people, name))
    one = client.get(f"{BASE}/results/{result.slug}")
    found = client.get(f"{BASE}/results?q=一氧化碳")
    text = json.dumps([one.json(), found.json()], ensure_ascii=False)
    assert one.json()["level"] == LEVELS[name]
    for secret in (*SECRETS, "876543200"):
        assert secret == "876.54" or (secret in text) == (LEVELS[name] == "named"), secret
    for word in NETWORK_WORDS:
        assert (word in text) == (LEVELS[name] != "public"), word
    assert ("contact_phone" in one.json()) == (LEVELS[name] == "named")
    assert ("description" in one.json()) == (LEVELS[name] != "public")
    needs = client.get(f"{BASE}/needs").json()
    assert needs["count"] == 1
    assert ("raw_words" in needs["items"][0]) == (LEVELS[name] != "public")


def test_nobody_is_asked_to_sign_in(people: People) -> None:
    assert Client().get(f"{BASE}/results").status_code == 401


def test_unknown_and_unseen_are_the_same_404(people: People, client_of: Callable[..., Client]) -> None:
    hidden = make_result(people, confidence="named")
    client = client_of(people.heng)
    unseen, unknown = (client.get(f"{BASE}/results/{slug}") for slug in (hidden.slug, "RNOTHING22"))
    assert unseen.status_code == unknown.status_code == 404
    assert unseen.content.replace(hidden.slug.encode(), b"") == unknown.content.replace(b"RNOTHING22", b"")


def test_draft_goes_to_the_market_through_the_api(people: People, client_of: Callable[..., Client]) -> None:
    lan, qiao = client_of(people.lan), client_of(people.qiao)
    made = send(lan, "post", "/results", {"owner": people.supplier.slug, "title": "催化剂", "modes": ["licence"]})
    assert made.status_code == 201
    slug, version = made.json()["slug"], made.json()["version"]
    changed = send(lan, "patch", f"/results/{slug}", {"version": version, "trl": 7})
    assert changed.status_code == 200
    stale = send(lan, "patch", f"/results/{slug}", {"version": version, "title": "旧"})
    assert stale.status_code == 409 and stale.json()["code"] == "market.changed_meanwhile"
    assert send(lan, "post", f"/results/{slug}/submit", {}).json()["state"] == "pending"
    assert send(lan, "post", f"/results/{slug}/review", {"decision": "publish"}).status_code == 403
    assert send(qiao, "post", f"/results/{slug}/review", {"decision": "hold"}).status_code == 422
    assert send(qiao, "post", f"/results/{slug}/review", {"decision": "publish"}).json()["state"] == "published"
    result = Result.objects.get()
    assert (result.title, result.trl, result.modes) == ("催化剂", 7, ["licence"])


def test_strangers_write_nothing(people: People, client_of: Callable[..., Client]) -> None:
    result = make_result(people)
    heng = client_of(people.heng)
    refused = send(heng, "post", "/results", {"owner": people.supplier.slug, "title": "甲"})
    assert refused.status_code == 403 and refused.json()["message"]
    assert send(heng, "patch", f"/results/{result.slug}", {"version": "x", "title": "甲"}).status_code == 403
    assert send(heng, "post", f"/results/{result.slug}/withdraw", {}).status_code == 403
    assert list(Result.objects.values_list("title", "state")) == [(result.title, "published")]


@pytest.mark.parametrize(
    "body", [{"price_low_fen": -1}, {"price_low_fen": 10**30}, {"trl": 99}, {"title": ""}, {"modes": "x"}]
)
def test_values_that_cannot_be_right_are_422(
    people: People, body: dict[str, Any], client_of: Callable[..., Client]
) -> None:
    given = {"owner": people.supplier.slug, "title": "甲"} | body
    assert send(client_of(people.lan), "post", "/results", given).status_code == 422
    assert Result.objects.count() == 0


def test_list_filters_sorts_and_pages(people: People, client_of: Callable[..., Client]) -> None:
    for place in range(3):
        make_result(people, trl=place + 1, field="05" if place else "06")
    client = client_of(people.heng)
    page = client.get(f"{BASE}/results?field=05&sort=trl&size=1&page=2").json()
    assert (page["count"], page["pages"], page["items"][0]["trl"]) == (2, 2, 2)
    assert client.get(f"{BASE}/results?size=999999").json()["count"] == 3
