"""Teams proposed for a need: who is in, who is out and why, and the invitations."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.introducing import acknowledged, make_need, make_result
from tests.world import People, Role, person
from yinxian.alliances.models import Licence
from yinxian.alliances.operations.cards import save_card
from yinxian.deals.models import Deal, TeamMember
from yinxian.deals.operations.deals import open_deal
from yinxian.deals.operations.records import add_member
from yinxian.deals.terms import Part
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.landing.models import Invitation
from yinxian.landing.operations.teams import answer_invitation, invite_team, withdraw_invitation
from yinxian.landing.queries.teams import Proposal, propose_team, suppliers_of
from yinxian.market.models import Need
from yinxian.network.models import ManagerProfile, Membership

Browse = Callable[..., Client]


@pytest.fixture
def need(people: People) -> Need:
    """In the field of 07, for which three managers stand ready: near the buyer, near the supplier, without evidence."""
    for user, regions, evidence in (
        (people.ruoxi, ["330000"], "五份环保合同"),
        (people.mingyuan, ["320000"], "三份合同"),
    ):
        ManagerProfile.objects.filter(user=user).update(
            tracks=[{"field": "07", "evidence": evidence}], regions=regions, years=8
        )
    people.supplier.region = "320500"
    people.supplier.save(update_fields=["region"])
    return make_need(people)


def proposal_for(people: People, need: Need, *professions: str) -> Proposal:
    return propose_team(need, people.ruoxi, supplier=people.supplier, professions=professions)


def parts(found: Proposal) -> dict[str, str]:
    return {choice.part: str(choice.user) for choice in found.choices}


def why(found: Proposal, name: str) -> str:
    return next(one.why for one in found.left if str(one.user) == name)


def manager(people: People, name: str, phone: str, evidence: str = "一份合同", **given: Any) -> ManagerProfile:
    return ManagerProfile.objects.create(
        user=person(name, phone),
        kind="market",
        association=people.association,
        tracks=[{"field": "07", "evidence": evidence}],
        **given,
    )


def test_the_lead_knows_the_trade_and_each_side_has_somebody_near(people: People, need: Need) -> None:
    found = proposal_for(people, need)
    assert parts(found) == {"lead": "沈若溪", "supplier": "顾明远"}
    assert any("五份环保合同" in reason for reason in found.choices[0].because)
    assert any("江苏" in reason for reason in found.choices[1].because)
    assert found.missing == ()


def test_conflicts_leave_people_out_and_say_so(people: People, need: Need) -> None:
    manager(people, "甲", "13800000031", regions=["320000"])
    Membership.objects.create(user=people.mingyuan, organisation=people.supplier, role=Role.MEMBER)
    found = proposal_for(people, need)
    assert parts(found) == {"lead": "沈若溪", "supplier": "甲"}
    assert why(found, "顾明远") == "是江北理工大学的人"


def test_whoever_acts_for_the_other_side_elsewhere_is_left_out(people: People, need: Need) -> None:
    other = make_result(people, title="另一项成果")
    alone = [Part(bp=10_000, user_id=people.ruoxi.pk)]
    introduction = acknowledged(people, need=make_need(people, title="另一条需求"), result=other, shares=alone)
    deal = open_deal(introduction.pk, people.ruoxi)
    add_member(
        deal_id=deal.pk, actor=people.lan, name="", profession="lawyer", side="supplier", user_id=people.mingyuan.pk
    )
    found = proposal_for(people, need)
    assert "替江北理工大学办事" in why(found, "顾明远")
    Deal.objects.filter(pk=deal.pk).update(state=Deal.State.TERMINATED)
    assert parts(proposal_for(people, need))["supplier"] == "顾明远"


def test_an_earlier_protected_introduction_of_the_pair_leaves_its_manager_out(people: People, need: Need) -> None:
    from tests.deals.introducing import parts as shares

    acknowledged(
        people,
        need=make_need(people, title="旧需求", manager=people.mingyuan),
        result=make_result(people, title="旧成果"),
        actor=people.mingyuan,
        agency_id=None,
        shares=shares(people),
    )
    assert "仍在保护期的引荐" in why(proposal_for(people, need), "顾明远")


def test_who_is_full_is_left_out_and_nobody_with_evidence_is_said(people: People, need: Need) -> None:
    ManagerProfile.objects.all().update(open_to_work=False)
    manager(people, "乙", "13800000032", evidence="")
    found = proposal_for(people, need)
    assert found.choices == () and why(found, "沈若溪") == "自己标明已排满"
    assert any("佐证" in line for line in found.missing)


def test_other_professions_come_from_what_they_did_on_deals(people: People, need: Need) -> None:
    introduction = acknowledged(people, need=make_need(people, title="第三条"), result=make_result(people))
    deal = open_deal(introduction.pk, people.ruoxi)
    lawyer = person("严明", "13800000033")
    add_member(deal_id=deal.pk, actor=people.ruoxi, name="", profession="lawyer", user_id=lawyer.pk)
    found = proposal_for(people, need, "lawyer", "appraiser")
    assert parts(found)["lawyer"] == "严明"
    assert found.missing == ("没有找到评估师",)


def test_asking_twice_asks_once_and_the_answer_stands(people: People, need: Need) -> None:
    given = {"need_id": need.pk, "actor": people.ruoxi, "supplier_id": people.supplier.pk}
    asked = [people.ruoxi.slug, people.mingyuan.slug]
    assert len(invite_team(**given, people=asked)) == 2
    assert invite_team(**given, people=asked) == []
    mine = Invitation.objects.get(user=people.mingyuan)
    with pytest.raises(Forbidden):
        answer_invitation(invitation_id=mine.pk, actor=people.ruoxi, accept=True)
    answer_invitation(invitation_id=mine.pk, actor=people.mingyuan, accept=False, reason="出差")
    with pytest.raises(Conflict):
        answer_invitation(invitation_id=mine.pk, actor=people.mingyuan, accept=True)
    assert len(invite_team(**given, people=[people.mingyuan.slug])) == 1
    names = Entry.objects.filter(name__startswith="landing.invitation").values_list("name", flat=True)
    assert [name.rsplit(".")[-1] for name in names.order_by("pk")] == ["asked", "asked", "declined", "asked"]


def test_a_conflict_that_came_up_meanwhile_stops_the_asking(people: People, need: Need) -> None:
    given = {"need_id": need.pk, "actor": people.ruoxi, "supplier_id": people.supplier.pk}
    Membership.objects.create(user=people.mingyuan, organisation=people.supplier, role=Role.MEMBER)
    with pytest.raises(Conflict, match="不在现在的建议里"):
        invite_team(**given, people=[people.ruoxi.slug, people.mingyuan.slug])
    with pytest.raises(Invalid):
        invite_team(**given, people=[])
    with pytest.raises(Forbidden):
        invite_team(**given | {"actor": people.lan}, people=[people.ruoxi.slug])
    assert not Invitation.objects.exists()


def test_who_accepts_joins_the_team_of_the_deal(people: People, need: Need) -> None:
    deal = open_deal(acknowledged(people, need=need, result=make_result(people)).pk, people.ruoxi)
    assert suppliers_of(need, people.ruoxi) == [people.supplier]
    made = invite_team(
        need_id=need.pk, actor=people.ruoxi, supplier_id=people.supplier.pk, people=[people.mingyuan.slug]
    )[0]
    answer_invitation(invitation_id=made.pk, actor=people.mingyuan, accept=True)
    assert TeamMember.objects.filter(deal=deal, user=people.mingyuan, side="manager", left_at=None).count() == 1
    with pytest.raises(Conflict):
        withdraw_invitation(invitation_id=made.pk, actor=people.ruoxi)


def test_the_page_proposes_asks_and_is_answered(people: People, need: Need, client_of: Browse) -> None:
    manager_browser, address = client_of(people.ruoxi), f"/needs/{need.slug}/team/"
    page = manager_browser.get(address).content.decode()
    assert "沈若溪" in page and "五份环保合同" in page
    assert manager_browser.post(address, {"set": "1"}).status_code == 422
    assert manager_browser.post(address, {"set": "1", "people": [people.ruoxi.slug]}).status_code == 302
    assert client_of(people.lan).get(address).status_code in (403, 404)
    assert client_of(people.stray).get(address).status_code in (403, 404)
    mine = Invitation.objects.get()
    assert mine.slug in manager_browser.get("/team-invitations/").content.decode()
    assert client_of(people.lan).post(f"/team-invitations/{mine.slug}/", {"accept": "1"}).status_code == 404
    assert manager_browser.post(f"/team-invitations/{mine.slug}/", {"accept": "1"}).status_code == 302
    assert manager_browser.post(f"/team-invitations/{mine.slug}/", {"accept": "1"}).status_code == 409
    assert Invitation.objects.get().state == Invitation.State.ACCEPTED


def test_the_endpoints_propose_ask_and_answer(people: People, need: Need, client_of: Browse) -> None:
    address = f"/api/v1/landing/needs/{need.slug}/team"
    browser = client_of(people.ruoxi)
    found = browser.get(address, {"professions": "lawyer"}).json()
    assert found["choices"][0]["name"] == "沈若溪" and found["missing"] == ["没有找到律师"]
    body = json.dumps({"people": [found["choices"][0]["person"]]})
    made = browser.post(address, body, content_type="application/json")
    assert made.status_code == 201 and made.json()[0]["need"] == need.slug
    listed = browser.get("/api/v1/landing/invitations").json()
    answer = browser.post(
        f"/api/v1/landing/invitations/{listed[0]['slug']}",
        json.dumps({"accept": True}),
        content_type="application/json",
    )
    assert answer.json()["state"] == "accepted"
    assert client_of(people.lan).get(address).status_code in (403, 404)


def test_the_directory_proposes_whose_licence_was_checked_before_who_only_says_so(people: People, need: Need) -> None:
    for name, phone, capacity in (("严明", "13800000034", 3), ("高满", "13800000035", 0), ("白丁", "13800000036", 5)):
        user = person(name, phone)
        values = {"profession": "lawyer", "headline": "技术合同", "capacity": capacity, "audience": "network"}
        card = save_card(actor=user, values=values)
        if name == "严明":
            licence = Licence.objects.create(card=card, name="律师执业证", number="1330", issuer="司法厅")
            Licence.objects.filter(pk=licence.pk).update(checked_for=people.association, checked_by=people.qiao)
    found = proposal_for(people, need, "lawyer")
    assert parts(found)["lawyer"] == "严明"
    chosen = next(choice for choice in found.choices if choice.part == "lawyer")
    assert any("澜江技术经理人协会 · 律师执业证" in reason for reason in chosen.because)
    assert "还能接 3 个项目" in chosen.because
    assert why(found, "高满") == "自己标明已排满" and "严明" in why(found, "白丁")
