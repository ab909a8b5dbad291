"""An association's administrators keep its own edition; everyone reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import People, Role, person
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User
from yinxian.policies.models import Edition
from yinxian.policies.operations import revise
from yinxian.policies.queries import book_of, rewards_in_force

KEY = "zhejiang-37"


@pytest.fixture
def head(people: People) -> User:
    return person("秘书长", "13800000031", (people.association, Role.ADMIN))


def change(actor: User, **given: Any) -> Edition:
    wanted: dict[str, Any] = {"changes": {"mark": "M"}, "calc": {}, "based_on": 1, **given}
    return revise(key=KEY, actor=actor, **wanted)


def test_an_administrator_makes_a_version_that_holds_for_the_association_alone(people: People, head: User) -> None:
    made = change(head, calc={"bp": 8000}, changes={"valid_from": dt.date(2026, 1, 1)})
    assert made.version == 2
    assert book_of(people.association.pk)[KEY].calc["bp"] == 8000
    assert book_of(None)[KEY].calc["bp"] == 7000
    assert [one.calc["bp"] for one in rewards_in_force(people.supplier, dt.date(2026, 3, 1))] == [8000, 5000, 5000]
    assert [one.calc["bp"] for one in rewards_in_force(people.supplier, dt.date(2025, 3, 1))] == [7000, 5000, 5000]
    assert Entry.objects.get(name="policies.policy.revised").data == {"key": KEY, "version": 2}


def test_a_version_that_corrects_leaves_no_day_to_the_wrong_one(people: People, head: User) -> None:
    change(head, calc={"bp": 8000}, changes={"valid_from": dt.date(2026, 1, 1)}, corrects=True)
    assert [one.calc["bp"] for one in rewards_in_force(people.supplier, dt.date(2025, 3, 1))] == [5000, 5000]


@pytest.mark.parametrize("who", ["ruoxi", "heng", "qiao", "yuan", "stray"])
def test_others_are_refused_and_nothing_changes(people: People, who: str) -> None:
    with pytest.raises(Forbidden):
        change(getattr(people, who))
    assert not Edition.objects.exists() and not Entry.objects.filter(name__startswith="policies.").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"calc": {"bp": 10_001}},
        {"calc": {"bp": -1}},
        {"calc": {"bp": "70"}},
        {"changes": {"source": "  "}},
        {"changes": {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}},
        {"changes": {}},
    ],
)
def test_what_cannot_be_is_refused(head: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        change(head, **wrong)
    assert not Edition.objects.exists()


def test_steps_that_do_not_rise_are_refused(head: User) -> None:
    tiers = [{"up_to_fen": 5, "bp": 1}, {"up_to_fen": 4, "bp": 1}, {"bp": 1}]
    with pytest.raises(Invalid):
        revise(key="income-tax-2015", actor=head, changes={}, calc={"tiers": tiers}, based_on=1)


def test_the_second_of_two_is_told(head: User) -> None:
    change(head)
    with pytest.raises(Conflict):
        change(head, changes={"mark": "F", "text": "另一种说法"})
    assert Edition.objects.count() == 1


def test_pages_are_open_and_compute(client: Client) -> None:
    assert "印花税" in client.get("/policies/", {"subject": "tax"}).content.decode()
    assert "没有符合条件" in client.get("/policies/", {"q": "没有的词"}).content.decode()
    page = client.get("/policies/income-tax-2015/", {"gain": "700万"}).content.decode()
    assert "250,000.00" in page
    assert client.get("/policies/income-tax-2015/", {"gain": "-1"}).status_code == 422
    assert client.get("/policies/nothing/").status_code == 404
    whole = client.get("/policies/calculator/", {"amount": "100万", "region": "330000", "on": "2026-03-01"})
    assert "700,000.00" in whole.content.decode() and "300.00" in whole.content.decode()
    assert client.get("/policies/", {"export": "csv"}).content.decode("utf-8-sig").count("\n") >= 39


def test_an_administrator_revises_in_the_browser(people: People, head: User, client_of: Callable[..., Client]) -> None:
    form = {
        "mark": "F",
        "source": "新条例",
        "text": "新内容",
        "based_on": 1,
        "bp": "75",
        "main_bp": "70",
        "staff_bp": "5",
    }
    assert client_of(people.heng).post(f"/policies/{KEY}/revise/", form).status_code == 403
    answer = client_of(head).post(f"/policies/{KEY}/revise/", form)
    assert answer.status_code == 302
    assert book_of(people.association.pk)[KEY].calc["bp"] == 7500
    again = client_of(head).post(f"/policies/{KEY}/revise/", form)
    assert again.status_code == 422 and "新内容" in again.content.decode()
    assert "本协会第 2 版" in client_of(people.heng).get(f"/policies/{KEY}/").content.decode()


def test_the_api_searches_and_computes(people: People, client_of: Callable[..., Client]) -> None:
    api = client_of(people.ruoxi)
    assert [one["policy"] for one in api.get("/api/v1/policies/", {"q": "印花税"}).json()] == ["stamp-duty"]
    body = {"given": {"turnover": 100_000_000}}
    found = api.post("/api/v1/policies/stamp-duty/compute", body, content_type="application/json").json()
    assert (found["fen"], found["mark"]) == (30_000, "M")
    wrong = {"given": {"turnover": -1}}
    assert api.post("/api/v1/policies/stamp-duty/compute", wrong, content_type="application/json").status_code == 422
    assert api.post("/api/v1/policies/compute", body, content_type="application/json").status_code == 200
