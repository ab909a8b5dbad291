"""An association adds rules of its own; what is signed on a day goes by the version in force on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.milestone_world import refused, signed_deal
from tests.world import People, Role, person
from yinxian.contracts.models import Contract
from yinxian.deals import floors
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import User
from yinxian.policies.models import Edition
from yinxian.policies.operations import add_policy, revise
from yinxian.policies.queries import book_of, outcomes, rewards_in_force

FLOOR = {
    "subject": "reward",
    "who": ["supplier", "inventor"],
    "name": "本协会奖励下限",
    "source": "协会〔2026〕3 号第五条",
    "article": "协会〔2026〕3 号第 5 条",
    "text": "会员单位转让、许可成果，奖励不低于净收入的 70%。",
    "valid_from": dt.date(2026, 2, 1),
    "mark": "F",
}
SEVENTY = {"kind": "reward", "bp": 7000, "main_bp": 6000, "staff_bp": 800, "binds": "all"}


@pytest.fixture
def head(people: People) -> User:
    return person("秘书长", "13800000031", (people.association, Role.ADMIN))


def floor(head: User, **calc: Any) -> Edition:
    return add_policy(actor=head, words=FLOOR, calc={**SEVENTY, **calc})


def transfer(people: People, day: dt.date) -> Any:
    deal = signed_deal(people)
    deal.contract = Contract.objects.create(
        number="HT-1",
        kind=Contract.Kind.ASSIGNMENT,
        title="转让",
        buyer=people.buyer,
        supplier=people.supplier,
        created_by=people.ruoxi,
    )
    deal.signed_on = day
    deal.save()
    return deal


def test_the_rule_holds_from_its_day_on_for_the_association_alone(people: People, head: User) -> None:
    made = floor(head)
    assert made.version == 1 and made.policy.own and made.key not in book_of(None)
    before = rewards_in_force(people.supplier, dt.date(2026, 1, 31))
    after = rewards_in_force(people.supplier, dt.date(2026, 2, 1))
    assert made.key not in [one.key for one in before]
    assert after[0].key == made.key and floors.suggested(people.supplier, dt.date(2026, 2, 1))[0] == after[0]
    assert Entry.objects.get(name="policies.policy.added").data == {"key": made.key, "version": 1}


def test_a_split_is_held_to_the_version_of_the_signing_day_and_names_it(people: People, head: User) -> None:
    made = floor(head)
    revise(
        key=made.key,
        actor=head,
        changes={"valid_from": dt.date(2026, 4, 1)},
        calc={"bp": 8000},
        based_on=1,
    )
    deal = transfer(people, dt.date(2026, 3, 20))
    low: dict[str, Any] = {"deal_id": deal.pk, "actor": people.lan, "staff_bp": 800}
    refused("deals.reward_below_own_rule", lambda: verbs.fix_split(**low, reward_bp=6999))
    refused("deals.part_below_the_rule", lambda: verbs.fix_split(**{**low, "staff_bp": 700}, reward_bp=7000))
    team = [("甲", 5000, True), ("乙", 5000, False)]
    refused("deals.part_below_the_rule", lambda: verbs.fix_split(**low, reward_bp=7000, inventors=team))
    verbs.fix_split(**low, reward_bp=7000)
    deal.refresh_from_db()
    assert deal.split_rule.rule.basis == f"{made.key}/1"
    later = floors.Declared(7000, 800)
    with pytest.raises(Invalid, match="80"):
        floors.hold(people.supplier, dt.date(2026, 4, 1), later, True)


def test_before_the_first_day_of_the_rule_a_lower_share_is_fixed(people: People, head: User) -> None:
    floor(head)
    deal = transfer(people, dt.date(2026, 1, 31))
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=5000)
    deal.refresh_from_db()
    assert deal.split_rule.rule.basis == ""


def test_what_is_only_advised_is_said_and_left(people: People, head: User) -> None:
    floor(head, binds="may")
    said = floors.hold(people.supplier, dt.date(2026, 3, 1), floors.Declared(6000, 500), True)
    assert any("协会〔2026〕3 号" in one and "70.00%" in one for one in said)
    assert any("转移人员" in one and "8.00%" in one for one in said)


def test_a_subsidy_of_ones_own_is_worked_out(head: User, people: People) -> None:
    words = {**FLOOR, "subject": "subsidy", "name": "中试补贴", "who": ["buyer"], "article": ""}
    tiers = [{"up_to_fen": 10_000_000, "bp": 500}, {"up_to_fen": None, "bp": 200}]
    calc = {"kind": "tiers", "base": "paid", "tiers": tiers, "cap_fen": 800_000, "cap_per": "firm_year", "most": True}
    made = add_policy(actor=head, words=words, calc=calc).policy
    day = dt.date(2026, 3, 1)
    found = outcomes([made], given={"paid": 30_000_000}, region="330000", on=day)
    assert [(one.fen, one.most) for one in found] == [(800_000, True)]
    assert made.article == "中试补贴"


def test_the_same_again_is_the_same_rule(head: User) -> None:
    assert floor(head).pk == floor(head).pk and Edition.objects.count() == 1


@pytest.mark.parametrize("who", ["ruoxi", "heng", "lan", "qiao", "stray"])
def test_others_are_refused_and_nothing_changes(people: People, who: str) -> None:
    with pytest.raises(Forbidden):
        floor(getattr(people, who))
    assert not Edition.objects.exists() and not Entry.objects.filter(name__startswith="policies.").exists()


@pytest.mark.parametrize(
    ("words", "calc"),
    [
        ({}, {"kind": "reward", "bp": 10_001}),
        ({}, {"kind": "reward", "bp": 0}),
        ({}, {"kind": "reward", "bp": 7000, "binds": "some"}),
        ({}, {"kind": "percent", "bp": 500, "base": "moon"}),
        ({}, {"kind": "percent", "bp": "5", "base": "paid"}),
        ({}, {"kind": "tiers", "base": "paid", "tiers": []}),
        ({}, {"kind": "range", "base": "paid"}),
        ({}, {"kind": "fixed", "amount_fen": 10**18}),
        ({"source": " "}, {}),
        ({"name": ""}, {}),
        ({"subject": "weather"}, {}),
        ({"who": ["king"]}, {}),
        ({"region": "999999"}, {}),
        ({"valid_to": dt.date(2025, 1, 1)}, {}),
    ],
)
def test_what_cannot_be_is_refused(head: User, words: dict[str, Any], calc: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as found:
        add_policy(actor=head, words={**FLOOR, **words}, calc=calc)
    assert found.value.sentence != found.value.code and not Edition.objects.exists()


def test_an_administrator_adds_one_in_the_browser(people: People, head: User, client_of: Callable[..., Client]) -> None:
    form = {**FLOOR, "kind": "reward", "bp": "70", "binds": "all", "valid_from": "2026-02-01"}
    assert client_of(people.heng).post("/policies/add/", form).status_code == 403
    wrong = client_of(head).post("/policies/add/", {**form, "kind": "tiers", "base": "paid", "tiers": "100万 五"})
    assert wrong.status_code == 422 and "第 1 档看不懂" in wrong.content.decode()
    answer = client_of(head).post("/policies/add/", form)
    made = Edition.objects.get()
    assert answer.status_code == 302 and made.policy.calc["bp"] == 7000
    client_of(head).post("/policies/add/", form)
    assert Edition.objects.count() == 1
    page = client_of(people.heng).get(f"/policies/{made.key}/").content.decode()
    assert "本协会规则" in page and "随系统提供" not in page
    assert client_of(people.stray).get(f"/policies/{made.key}/").status_code == 404
    assert "本协会奖励下限" in client_of(people.heng).get("/policies/", {"on": "2026-03-01"}).content.decode()
    assert "本协会奖励下限" not in client_of(people.heng).get("/policies/", {"on": "2026-01-01"}).content.decode()


def test_the_api_adds_and_revises(people: People, head: User, client_of: Callable[..., Client]) -> None:
    api, json = client_of(head), {"content_type": "application/json"}
    body = {**FLOOR, "valid_from": "2026-02-01", "calc": SEVENTY}
    assert client_of(people.heng).post("/api/v1/policies/", body, **json).status_code == 403
    made = api.post("/api/v1/policies/", body, **json).json()
    assert made["own"] and made["version"] == 1
    url = f"/api/v1/policies/{made['policy']}/editions"
    change = {"based_on": 1, "calc": {"bp": 7500}, "valid_from": "2026-05-01"}
    assert client_of(people.heng).post(url, change, **json).status_code == 403
    assert api.post(url, change, **json).json()["calc"]["bp"] == 7500
    assert api.post(url, change, **json).status_code == 409
    on = {"q": "奖励下限", "on": "2026-04-01"}
    assert [one["version"] for one in api.get("/api/v1/policies/", on).json()] == [1]
