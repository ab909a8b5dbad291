"""The same by program."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.reputation.earning import registered
from tests.world import People
from yinxian.deals.operations.rewards import store_reward
from yinxian.kernel import clock
from yinxian.reputation.models import Point, Scheme

BASE = "/api/v1/reputation"
RULE = {"event": "contract_registered", "base": 9, "per": 0, "cap": 9}


def send(browser: Client, address: str, given: object, method: str = "POST") -> Any:
    return browser.generic(method, f"{BASE}{address}", json.dumps(given), content_type="application/json")


def test_a_scheme_is_drafted_tried_and_started(people: People, client_of: Callable[..., Client]) -> None:
    registered(people)
    browser, place = client_of(people.qiao), f"/schemes/{people.association.slug}"
    made = send(browser, place, {"rules": [RULE], "yearly_bp": 8000, "year_cap": 500})
    assert made.json()["version"] == 2 and made.json()["starts_at"] is None
    assert browser.get(f"{BASE}{place}/2/trial").status_code == 200
    assert [one["version"] for one in client_of(people.ruoxi).get(f"{BASE}{place}").json()] == [1]
    assert [one["version"] for one in browser.get(f"{BASE}{place}").json()] == [2, 1]
    assert send(client_of(people.ruoxi), f"{place}/2/start", {"on": str(clock.today())}).status_code == 403
    assert send(browser, f"{place}/2/start", {"on": str(clock.today())}).status_code == 200
    assert send(browser, f"{place}/2/start", {"on": str(clock.today())}).status_code == 409
    assert send(browser, f"{place}/{10**30}/start", {"on": str(clock.today())}).status_code == 404
    assert Client().get(f"{BASE}{place}").status_code == 401
    assert client_of(people.stray).get(f"{BASE}{place}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"rules": []},
        {"rules": [RULE | {"base": -1}]},
        {"rules": [RULE | {"base": 10**18}]},
        {"rules": [RULE | {"base": "nine"}]},
        {"rules": [RULE | {"base": 1.5}]},
        {"rules": [{"event": "reward_paid", "as_": "reward_paid", "as_bp": 5000}]},
        {"rules": [RULE], "yearly_bp": 0},
        {"rules": [RULE], "yearly_bp": 10_001},
        {"rules": [RULE], "year_cap": -5},
        {"rules": "all"},
    ],
)
def test_nonsense_is_422_and_leaves_nothing(people: People, client_of: Callable[..., Client], wrong: object) -> None:
    answer = send(client_of(people.qiao), f"/schemes/{people.association.slug}", wrong)
    assert answer.status_code == 422
    assert not Scheme.objects.filter(version=2).exists()


def test_appeals_and_credit_by_program(people: People, client_of: Callable[..., Client]) -> None:
    registered(people)
    own, reviewer = client_of(people.ruoxi), client_of(people.qiao)
    item = own.get(f"{BASE}/points").json()["items"][0]
    assert (item["points"], item["held"], item["why"]) == (41, 0, "")
    assert send(client_of(people.heng), f"/points/{item['id']}/appeal", {"reason": "x"}).status_code == 404
    made = send(own, f"/points/{item['id']}/appeal", {"reason": "少算了"}).json()
    assert send(own, f"/points/{item['id']}/appeal", {"reason": "少算了"}).status_code == 409
    place = f"/appeals/{made['appeal']}"
    assert send(own, f"{place}/decide", {"uphold": True, "decision": "x", "change": 1}).status_code == 403
    assert send(reviewer, f"{place}/decide", {"uphold": True, "decision": "x", "change": 10**18}).status_code == 422
    decided = send(reviewer, f"{place}/decide", {"uphold": True, "decision": "核过", "change": 4})
    assert decided.json()["change"] == 4
    assert own.get(f"{BASE}{place}").json()["state"] == "upheld"
    assert own.get(f"{BASE}/points").json()["total"] == 45
    assert Point.objects.filter(corrects__isnull=False).count() == 1
    told = client_of(people.cang).get(f"{BASE}/credit/{people.ruoxi.manager_profile.slug}").json()
    assert [one["measure"] for one in told] == ["closed", "answer", "disputes", "evidence"]
    assert all(one["small"] for one in told)
    assert client_of(people.stray).get(f"{BASE}/credit/{people.ruoxi.manager_profile.slug}").status_code == 403
    nowhere = "00000000-0000-0000-0000-000000000000"
    assert send(own, f"/credit/closed/{nowhere}/contest", {"reason": "x"}).status_code == 404


def test_staff_by_program(people: People, client_of: Callable[..., Client]) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    today = str(clock.today())
    given = {"people": [people.lan.slug], "since": today, "until": today}
    browser, place = client_of(people.lan), f"/staff/{people.supplier.slug}"
    tried = send(browser, f"{place}/try", given | {"reward_fen": -(10**30)})
    assert [(one["name"], one["points"], one["bp"]) for one in tried.json()] == [("林岚", 0, 0)]
    assert send(browser, place, given, "PUT").status_code == 422
    assert send(browser, place, given | {"people": ["nobody"]}, "PUT").status_code == 422
    assert send(client_of(people.heng), place, given, "PUT").status_code == 403
