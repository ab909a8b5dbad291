"""Alliances: signed by each, joint lists that show nobody more than they may read, referrals agreed beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.introducing import make_need, make_result
from tests.world import People, organisation, person
from yinxian.alliances.models import Alliance, Ally, Referral, Shared
from yinxian.alliances.operations.alliances import (
    decline_or_leave,
    found_alliance,
    invite_ally,
    new_agreement,
    share_listing,
    sign_agreement,
    unshare,
)
from yinxian.alliances.operations.referrals import answer_referral, end_referral, offer_referral, withdraw_referral
from yinxian.alliances.queries.alliances import alliances, joint_list, places
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Membership, Organisation, User

ClientOf = Callable[..., Client]
TEXT = "各成员共用名单，互相转介；\n转介的分成在办事以前说好，写进本系统。"


def coast(people: People) -> tuple[Organisation, User]:
    place = organisation("沧洲技术市场协会", Organisation.Kind.ASSOCIATION)
    return place, person("苗青", "13800000039", (place, "admin"))


def alliance(people: People, **values: Any) -> Alliance:
    Membership.objects.filter(user=people.qiao).update(role="admin")
    given = {"name": "沿江联盟", "text": TEXT, "share_bp": 3000} | values
    return found_alliance(organisation_id=people.association.pk, actor=people.qiao, values=given)


def joined(people: People) -> tuple[Alliance, Organisation, User]:
    one, (place, miao) = alliance(people), coast(people)
    invite_ally(alliance_id=one.pk, actor=people.qiao, organisation_id=place.pk)
    sign_agreement(alliance_id=one.pk, actor=miao, organisation_id=place.pk, version=1)
    return one, place, miao


def offer(people: People, one: Alliance, place: Organisation, **change: Any) -> Referral:
    given: dict[str, Any] = {"giver_id": people.association.pk, "taker_id": place.pk, "share_bp": 3000}
    given |= {"listing": change.pop("listing", None) or make_need(people)}
    return offer_referral(alliance_id=one.pk, actor=people.qiao, **(given | change))


def test_an_alliance_stands_once_two_have_signed(people: People, drain: Callable[[], None]) -> None:
    one, (place, miao) = alliance(people), coast(people)
    assert not alliances().exists()
    invite_ally(alliance_id=one.pk, actor=people.qiao, organisation_id=place.pk)
    invite_ally(alliance_id=one.pk, actor=people.qiao, organisation_id=place.pk)
    assert Ally.objects.count() == 2
    with pytest.raises(Forbidden):
        sign_agreement(alliance_id=one.pk, actor=people.heng, organisation_id=place.pk, version=1)
    with pytest.raises(Conflict):
        sign_agreement(alliance_id=one.pk, actor=miao, organisation_id=place.pk, version=2)
    for _ in range(2):
        sign_agreement(alliance_id=one.pk, actor=miao, organisation_id=place.pk, version=1)
    assert alliances().get() == one
    signed = Entry.objects.filter(name="alliances.agreement.signed")
    assert signed.count() == 2
    assert {entry.data["agreement"] for entry in signed} == {one.agreements.get().sha256}
    assert all(row.current for row in places(one))


def test_a_new_version_is_signed_anew(people: People) -> None:
    one, place, miao = joined(people)
    values = {"text": TEXT + "\n新增一条。", "share_bp": 2500}
    with pytest.raises(Forbidden):
        new_agreement(alliance_id=one.pk, actor=miao, values=values, based_on=1)
    new_agreement(alliance_id=one.pk, actor=people.qiao, values=values, based_on=1)
    with pytest.raises(Conflict):
        new_agreement(alliance_id=one.pk, actor=people.qiao, values=values, based_on=1)
    assert {row.ally.organisation: row.current for row in places(one)} == {people.association: True, place: False}
    with pytest.raises(Conflict):
        sign_agreement(alliance_id=one.pk, actor=miao, organisation_id=place.pk, version=1)
    sign_agreement(alliance_id=one.pk, actor=miao, organisation_id=place.pk, version=2)
    assert one.agreements.get(number=1).text == TEXT


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"name": "名" * 61}, {"text": "短"}, {"text": "x" * 40_001}, {"share_bp": -1}, {"share_bp": 10**18}],
)
def test_what_no_alliance_can_be(people: People, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        alliance(people, **values)
    assert not Alliance.objects.exists()


def test_who_may_found_and_who_may_join(people: People) -> None:
    for place, actor in ((people.buyer, people.heng), (people.association, people.ruoxi)):
        with pytest.raises(Forbidden):
            found_alliance(organisation_id=place.pk, actor=actor, values={"name": "甲", "text": TEXT})
    one = alliance(people, name="甲")
    for place in (people.buyer, people.outside):
        with pytest.raises(Invalid):
            invite_ally(alliance_id=one.pk, actor=people.qiao, organisation_id=place.pk)
    with pytest.raises(Conflict):
        alliance(people, name="甲")


def test_the_joint_list_shows_nobody_more_than_the_market_does(people: People) -> None:
    one, _place, miao = joined(people)
    network = make_need(people, confidence="network")
    with pytest.raises(Forbidden):
        share_listing(alliance_id=one.pk, actor=miao, listing=network)
    share_listing(alliance_id=one.pk, actor=people.heng, listing=network)
    share_listing(alliance_id=one.pk, actor=people.heng, listing=network)
    assert Shared.objects.get().organisation == people.association
    assert [row.listing.level for row in joint_list(one, miao)] == ["network"]
    assert "contact_phone" not in joint_list(one, miao)[0].listing
    network.confidence = "named"
    network.save()
    assert joint_list(one, miao) == [], "it was made confidential since"
    with pytest.raises(Conflict):
        share_listing(alliance_id=one.pk, actor=people.heng, listing=network)
    with pytest.raises(Forbidden):
        unshare(shared_id=Shared.objects.get().pk, actor=miao)
    unshare(shared_id=Shared.objects.get().pk, actor=people.heng)
    assert not Shared.objects.exists()


def test_a_referral_is_taken_with_the_share_that_was_read(people: People) -> None:
    one, place, miao = joined(people)
    made = offer(people, one, place)
    with pytest.raises(Conflict):
        offer(people, one, place, listing=made.need)
    with pytest.raises(Forbidden):
        answer_referral(referral_id=made.pk, actor=people.qiao, take=True, share_bp=3000)
    with pytest.raises(Conflict):
        answer_referral(referral_id=made.pk, actor=miao, take=True, share_bp=2999)
    answer_referral(referral_id=made.pk, actor=miao, take=True, share_bp=3000)
    with pytest.raises(Conflict):
        withdraw_referral(referral_id=made.pk, actor=people.qiao)
    with pytest.raises(Conflict) as refused:
        decline_or_leave(alliance_id=one.pk, actor=miao, organisation_id=place.pk, reason="换届")
    assert refused.value.code == "alliances.open_obligations"
    with pytest.raises(Invalid):
        end_referral(referral_id=made.pk, actor=miao, done=True, outcome=" ")
    end_referral(referral_id=made.pk, actor=miao, done=True, outcome="已签约")
    with pytest.raises(Conflict):
        end_referral(referral_id=made.pk, actor=miao, done=False, outcome="又没成")
    with pytest.raises(Invalid):
        decline_or_leave(alliance_id=one.pk, actor=miao, organisation_id=place.pk)
    left = decline_or_leave(alliance_id=one.pk, actor=miao, organisation_id=place.pk, reason="换届")
    assert left.state == Ally.State.LEFT
    assert Entry.objects.filter(name__startswith="alliances.referral.").count() == 3


@pytest.mark.parametrize("change", [{"share_bp": -1}, {"share_bp": 10**18}, {"taker_id": 10**6}])
def test_referrals_that_cannot_be(people: People, change: dict[str, Any]) -> None:
    one, place, _miao = joined(people)
    with pytest.raises(Invalid):
        offer(people, one, place, **change)
    with pytest.raises(Invalid):
        offer(people, one, place, taker_id=people.association.pk)
    assert not Referral.objects.exists()


def test_nobody_refers_what_they_cannot_see(people: People) -> None:
    one, place, miao = joined(people)
    hidden = make_result(people, confidence="named")
    with pytest.raises(Forbidden):
        offer(people, one, place, listing=hidden)
    with pytest.raises(Forbidden):
        offer_referral(
            alliance_id=one.pk,
            actor=people.heng,
            giver_id=people.association.pk,
            taker_id=place.pk,
            listing=hidden,
            share_bp=1,
        )
    del miao


def test_the_founder_stays_while_others_are_in(people: People) -> None:
    one, _place, _miao = joined(people)
    with pytest.raises(Conflict):
        decline_or_leave(alliance_id=one.pk, actor=people.qiao, organisation_id=people.association.pk, reason="不办了")


def test_pages(people: People, client_of: ClientOf) -> None:
    keeper = client_of(people.qiao)
    Membership.objects.filter(user=people.qiao).update(role="admin")
    place, miao = coast(people)
    form = {"name": "<b>沿江</b>", "text": TEXT, "share": "30", "founder": people.association.slug}
    assert keeper.post("/alliances/new/", form | {"share": "101"}).status_code == 422
    assert keeper.post("/alliances/new/", form).status_code == 302
    one = Alliance.objects.get()
    home = f"/alliances/{one.slug}/"
    assert Client().get(home).status_code == 404
    assert keeper.post(f"{home}invite/", {"organisation": place.slug}).status_code == 302
    other = client_of(miao)
    page = other.get(home).content.decode()
    assert "互相转介" in page and "<b>沿江" not in page
    given = {"organisation": place.slug, "version": "1", "act": "sign"}
    assert client_of(people.heng).post(f"{home}sign/", given).status_code == 404
    assert other.post(f"{home}sign/", given | {"version": "x"}).status_code == 409
    assert other.post(f"{home}sign/", given).status_code == 302
    outside = Client().get(home).content.decode()
    assert place.name in outside and "互相转介" not in outside and "苗青" not in outside
    assert client_of(people.heng).get(f"{home}agreements/1/").status_code == 403
    file = other.get(f"{home}agreements/1/")
    assert file.content.startswith(b"%PDF") and file["Content-Type"] == "application/pdf"
    need = make_need(people, owner=people.association, manager=people.qiao)
    assert keeper.post(f"{home}share/", {"listing": f"need:{need.slug}"}).status_code == 302
    assert keeper.post(f"{home}share/", {"listing": "need:nothing"}).status_code == 422
    assert need.title in other.get(home).content.decode()
    referred = {"listing": f"need:{need.slug}", "giver": people.association.slug, "taker": place.slug, "share": "25"}
    assert keeper.post(f"{home}refer/", referred | {"share": "-1"}).status_code == 422
    address = keeper.post(f"{home}refer/", referred).headers["Location"]
    assert client_of(people.heng).get(address).status_code == 404
    assert "25.00%" in other.get(address).content.decode()
    assert other.post(f"{address}answer/", {"act": "take", "share_bp": "2400"}).status_code == 422
    assert other.post(f"{address}answer/", {"act": "take", "share_bp": "2500"}).status_code == 302
    assert other.post(f"{address}end/", {"act": "done", "outcome": ""}).status_code == 422
    assert other.post(f"{address}end/", {"act": "done", "outcome": "成了"}).status_code == 302
    assert Referral.objects.get().state == Referral.State.DONE
    assert Client().get("/alliances/?q=沿江").status_code == 200


def test_endpoints(people: People, client_of: ClientOf) -> None:
    one, place, miao = joined(people)
    api, keeper, other = "/api/v1/alliances", client_of(people.qiao), client_of(miao)
    seen = Client().get(f"{api}/alliances/{one.slug}").json()
    assert seen["agreement"] == "" and len(seen["allies"]) == 2
    assert other.get(f"{api}/alliances/{one.slug}").json()["agreement"] == TEXT
    need = make_need(people)
    given = {"giver": people.association.slug, "taker": place.slug, "kind": "need", "slug": need.slug}
    wrong = keeper.post(
        f"{api}/alliances/{one.slug}/referrals", given | {"share_bp": 10**18}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "kernel.percent")
    made = keeper.post(
        f"{api}/alliances/{one.slug}/referrals", given | {"share_bp": 100}, content_type="application/json"
    ).json()
    answered = other.post(
        f"{api}/referrals/{made['slug']}/answer", {"take": True, "share_bp": 100}, content_type="application/json"
    )
    assert answered.json()["state"] == "taken"
    assert client_of(people.heng).get(f"{api}/alliances/{one.slug}/referrals").status_code == 403
    shared = client_of(people.heng).post(
        f"{api}/alliances/{one.slug}/listings", {"kind": "need", "slug": need.slug}, content_type="application/json"
    )
    assert shared.status_code == 403, "the company itself is no member"
    assert other.get(f"{api}/alliances/{one.slug}/listings").json() == []
    assert Client().get(f"{api}/alliances").json()["items"] == [one.slug]


@pytest.mark.parametrize("name", ["", "O\x00", "\x00", "名" * 300])
def test_signing_for_what_is_no_organisation(people: People, client_of: ClientOf, name: str) -> None:
    one, _place, miao = joined(people)
    given = {"act": "sign", "organisation": name, "version": "1"}
    assert client_of(miao).post(f"/alliances/{one.slug}/sign/", given).status_code == 404
