"""A supplier stores its reward beforehand; signing fixes the rule of the split by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from tests.deals.deal_world import make_contract, make_deal, make_signed
from tests.world import People
from yinxian.contracts.operations import approve_contract
from yinxian.deals.models import Deal, RewardRule
from yinxian.deals.operations.contracts import sign_from_contract
from yinxian.deals.operations.rewards import store_reward
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Refusal
from yinxian.network.models import Membership
from yinxian.portal.queries.todo import Person, things_to_do
from yinxian.settlement.models import SplitRule
from yinxian.settlement.rules import Role


def signed(people: People, deal: Deal) -> Deal:
    contract = make_contract(people, deal)
    for actor in (people.heng, people.lan):
        approve_contract(contract_id=contract.pk, actor=actor, revision=2)
    sign_from_contract(contract_id=contract.pk, actor=people.lan)
    return Deal.objects.get(pk=deal.pk)


def last(name: str) -> Entry:
    return Entry.objects.filter(name=name).latest("pk")


def test_signing_fixes_the_rule_from_what_the_supplier_stored(people: People) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=7000)
    deal = make_signed(people)
    assert deal.split_rule is not None and deal.split_rule.version == 1
    rule = deal.split_rule.rule
    assert (rule.reward_bp, rule.staff_bp, rule.contract_fen) == (7000, 500, 48_000_000)
    assert [share.name for share in rule.inventors] == ["江北理工大学 · 科研团队"]
    assert last("deals.split.fixed").data == {"version": 1, "stored": 1}
    assert not Entry.objects.filter(name="deals.split.left_open").exists()


def test_the_narrowest_that_is_stored_counts(people: People) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=5000)
    deal = make_deal(people, state="intent")
    team: list[tuple[object, int]] = [(people.lan, 4000), ("学生", 6000)]
    store_reward(result_id=deal.result_id, actor=people.lan, reward_bp=6000)
    store_reward(deal_id=deal.pk, actor=people.ruoxi, reward_bp=8000, inventors=team, direct_costs_fen=100)  # type: ignore[arg-type]
    store_reward(deal_id=deal.pk, actor=people.lan, reward_bp=9000, inventors=team, direct_costs_fen=100)  # type: ignore[arg-type]
    after = signed(people, deal)
    assert after.split_rule is not None
    rule = after.split_rule.rule
    assert (rule.reward_bp, rule.direct_costs_fen) == (9000, 100)
    assert [(share.party, share.bp, share.role) for share in rule.inventors] == [
        (f"party:{people.lan.slug}", 4000, Role.INVENTOR),
        (f"party:{people.supplier.slug}/team/学生", 6000, Role.INVENTOR),
    ]
    assert last("deals.split.fixed").data["stored"] == 2
    with pytest.raises(Refusal) as told:
        store_reward(deal_id=deal.pk, actor=people.lan, reward_bp=5000)
    assert told.value.code == "deals.split_fixed"


def test_with_nothing_stored_the_rule_stays_open_and_both_are_asked_for_it(people: People) -> None:
    deal = make_signed(people)
    assert (deal.state, deal.split_rule) == ("signed", None)
    assert last("deals.split.left_open").data == {"why": "nothing_stored"}
    for user, place in ((people.ruoxi, people.agency), (people.lan, people.supplier)):
        todos = things_to_do(Person(user, place, deal.signed_on))  # type: ignore[arg-type]
        assert f"/deals/{deal.slug}/split/" in [todo.url for todo in todos]
    todos = things_to_do(Person(people.heng, people.buyer, deal.signed_on))  # type: ignore[arg-type]
    assert f"/deals/{deal.slug}/split/" not in [todo.url for todo in todos]


def test_costs_above_the_contract_do_not_hold_the_signing_up(people: People) -> None:
    deal = make_deal(people, state="intent")
    store_reward(deal_id=deal.pk, actor=people.lan, reward_bp=7000, direct_costs_fen=48_000_001)
    after = signed(people, deal)
    assert (after.state, after.split_rule) == ("signed", None)
    assert last("deals.split.left_open").data == {"why": "settlement.rule_costs"}
    assert not SplitRule.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reward_bp": 10_001}, "settlement.rule_reward"),
        ({"reward_bp": -1}, "settlement.rule_reward"),
        ({"reward_bp": 7000, "staff_bp": 499}, "settlement.rule_staff"),
        ({"reward_bp": 0, "staff_bp": 10**30}, "settlement.rule_staff"),
        ({"reward_bp": 7000, "inventors": [("甲", 9999)]}, "settlement.rule_shares"),
        ({"reward_bp": 7000, "inventors": [("", 10_000)]}, "deals.reward_people"),
        ({"reward_bp": 7000, "inventors": [("长" * 41, 10_000)]}, "deals.reward_people"),
        ({"reward_bp": 7000, "inventors": [("甲", 200)] * 51}, "deals.reward_people"),
        ({"reward_bp": 7000, "direct_costs_fen": -1}, "settlement.rule_costs"),
    ],
)
def test_a_reward_that_cannot_be_is_refused_and_nothing_changes(
    people: People, given: dict[str, object], code: str
) -> None:
    store_reward(organisation_id=people.supplier.pk, actor=people.lan, reward_bp=6000)
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as told:
        store_reward(organisation_id=people.supplier.pk, actor=people.lan, **given)  # type: ignore[arg-type]
    assert told.value.code == code and told.value.sentence != code
    assert [(rule.reward_bp, rule.version) for rule in RewardRule.objects.all()] == [(6000, 1)]
    assert Entry.objects.count() == entries


def test_only_the_suppliers_own_people_store_its_reward(people: People) -> None:
    deal = make_deal(people, state="intent")
    member = Membership.objects.create(user=people.stray, organisation=people.supplier, role=Membership.Role.MEMBER)
    tries = [
        partial(store_reward, organisation_id=people.supplier.pk, actor=people.ruoxi),
        partial(store_reward, organisation_id=people.supplier.pk, actor=member.user),
        partial(store_reward, organisation_id=people.buyer.pk, actor=people.heng),
        partial(store_reward, result_id=deal.result_id, actor=people.cang),
        partial(store_reward, deal_id=deal.pk, actor=people.heng),
    ]
    found = []
    for act in tries:
        with pytest.raises(Refusal) as told:
            act(reward_bp=7000)
        found.append(told.value.code)
    assert found == [
        "deals.may_not_store_reward",
        "deals.may_not_store_reward",
        "deals.reward_not_a_supplier",
        "deals.may_not_store_reward",
        "deals.may_not_fix_split",
    ]
    assert not RewardRule.objects.exists()


FORM = {"reward": "70", "staff": "5", "inventor-TOTAL_FORMS": "1", "inventor-INITIAL_FORMS": "0"}
ROW = {"inventor-0-name": "郑砚秋", "inventor-0-share": "100"}


def test_the_pages_store_and_show_it(people: People, client_of: Callable[..., Client]) -> None:
    deal = make_deal(people, state="negotiating")
    browser = client_of(people.lan, people.supplier)
    empty = browser.get("/deals/rewards/").content.decode()
    assert "还没有存" in empty and deal.result.title in empty
    assert "定奖励规则" in browser.get(f"/deals/{deal.slug}/").content.decode()
    place, result, own = (
        f"/organisations/{people.supplier.slug}/reward/",
        f"/results/{deal.result.slug}/reward/",
        f"/deals/{deal.slug}/split/",
    )
    kept = browser.post(place, {**FORM, "reward": "120"} | ROW)
    assert kept.status_code == 422 and "120" in kept.content.decode() and "郑砚秋" in kept.content.decode()
    for address in (place, result, own):
        assert browser.get(address).status_code == 200
        assert browser.post(address, FORM | ROW).status_code == 302
    assert RewardRule.objects.count() == 3
    assert "郑砚秋 100.00%" in browser.get("/deals/rewards/").content.decode()
    assert "这个项目自己的规则" in browser.get(f"/deals/{deal.slug}/").content.decode()
    assert "郑砚秋" in browser.get(own).content.decode()
    assert "奖励" not in client_of(people.heng).get(f"/deals/{deal.slug}/").content.decode()
    assert client_of(people.heng).get(place).status_code == 403
    assert client_of(people.cang).post(result, FORM | ROW).status_code in (403, 404)
    assert "还不是哪个供方单位" in client_of(people.heng).get("/deals/rewards/").content.decode()


def test_a_program_stores_it_and_signing_fixes_it(people: People, client_of: Callable[..., Client]) -> None:
    deal, browser = make_deal(people, state="intent"), client_of(people.lan)

    def put(address: str, given: object) -> object:
        sent = browser.put(f"/api/v1/deals/{address}", json.dumps(given), content_type="application/json")
        return sent.json()

    given = {"reward_bp": 7000, "inventors": [{"name": "团队", "bp": 10_000}]}
    stored = {**given, "staff": [], "staff_bp": 500, "direct_costs_fen": 0, "version": 1}
    assert put(f"rewards/organisations/{people.supplier.slug}", given) == {"stored": stored, "fixed_version": None}
    assert put(f"rewards/results/{deal.result.slug}", given) == {"stored": stored, "fixed_version": None}
    assert put(f"{deal.slug}/split", given) == {"stored": stored, "fixed_version": None}
    assert browser.get(f"/api/v1/deals/rewards/results/{deal.result.slug}").json()["stored"] == stored
    signed(people, deal)
    assert browser.get(f"/api/v1/deals/{deal.slug}/split").json()["fixed_version"] == 1
    assert put(f"{deal.slug}/split", given)["code"] == "deals.split_fixed"  # type: ignore[index]
    outside = client_of(people.heng).get(f"/api/v1/deals/rewards/organisations/{people.supplier.slug}")
    assert outside.status_code == 403


def test_the_same_again_is_no_new_version(people: People) -> None:
    given = {"organisation_id": people.supplier.pk, "reward_bp": 7000, "inventors": [("课题组", 10_000)]}
    first = store_reward(actor=people.lan, **given)  # type: ignore[arg-type]  # as the form gives it
    again = store_reward(actor=people.lan, **given)  # type: ignore[arg-type]
    assert (first.version, again.version) == (1, 1)
    assert Entry.objects.filter(name="deals.reward.stored").count() == 1
