"""Alliances by the endpoints: from founding to leaving, refused as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.alliances.test_alliances import TEXT, coast
from tests.deals.introducing import make_need
from tests.world import People
from yinxian.alliances.models import Alliance, Ally, Referral, Shared
from yinxian.alliances.operations.alliances import share_listing
from yinxian.network.models import Membership, User

ROOT = "/api/v1/alliances"


def test_an_alliance_from_its_founding_to_the_last_who_leaves(people: People, client_of: Callable[..., Client]) -> None:
    Membership.objects.filter(user=people.qiao).update(role="admin")
    place, miao = coast(people)

    def send(user: User, path: str, status: int, body: Any = None, method: str = "post") -> Any:
        call = getattr(client_of(user), method)
        answer = call(f"{ROOT}{path}", body or {}, content_type="application/json")
        assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:300])
        return answer.json() if answer.content else None

    given = {"founder": people.association.slug, "name": "沿江联盟", "text": TEXT, "share_bp": 3000}
    send(people.heng, "/alliances", 403, given)
    for wrong in ({"text": "短"}, {"name": ""}, {"share_bp": 10**30}):
        send(people.qiao, "/alliances", 422, given | wrong)
    assert not Alliance.objects.exists()
    one = send(people.qiao, "/alliances", 201, given)
    assert (one["version"], one["agreement"], one["allies"][0]["current"]) == (1, TEXT, True)
    send(people.qiao, "/alliances", 409, given)
    path = f"/alliances/{one['slug']}"

    send(miao, f"{path}/invitations", 404, {"organisation": place.slug})
    for _ in range(2):
        assert len(send(people.qiao, f"{path}/invitations", 201, {"organisation": place.slug})["allies"]) == 2
    send(people.qiao, f"{path}/invitations", 422, {"organisation": people.buyer.slug})
    send(miao, f"{path}/invitations", 403, {"organisation": people.agency.slug})
    send(miao, f"{path}/signatures", 200, {"organisation": place.slug, "version": 1})

    new = {"text": TEXT + "\n再加一条。", "share_bp": 2500, "based_on": 1}
    send(miao, f"{path}/agreements", 403, new)
    assert send(people.qiao, f"{path}/agreements", 201, new)["version"] == 2
    assert send(people.qiao, f"{path}/agreements", 409, new)["code"] == "alliances.agreement_changed"

    need = make_need(people, confidence="network")
    share_listing(alliance_id=Alliance.objects.get().pk, actor=people.heng, listing=need)
    shared = send(miao, f"{path}/listings", 200, method="get")[0]["id"]
    send(miao, f"/listings/{shared}", 403, method="delete")
    send(people.heng, f"/listings/{10**20}", 404, method="delete")
    send(people.heng, f"/listings/{shared}", 204, method="delete")
    assert not Shared.objects.exists()

    offer = {"giver": people.association.slug, "taker": place.slug, "kind": "need", "slug": need.slug, "share_bp": 3000}
    made = send(people.qiao, f"{path}/referrals", 201, offer)["slug"]
    send(miao, f"/referrals/{made}/withdrawal", 403)
    assert send(people.qiao, f"/referrals/{made}/withdrawal", 200)["state"] == "withdrawn"
    send(people.qiao, f"/referrals/{made}/withdrawal", 409)
    assert Referral.objects.get().state == "withdrawn"

    send(people.heng, f"{path}/departures", 403, {"organisation": place.slug, "reason": "别人的事"})
    founder = {"organisation": people.association.slug, "reason": "不办了"}
    assert send(people.qiao, f"{path}/departures", 409, founder)["code"] == "alliances.founder_stays"
    left = send(miao, f"{path}/departures", 200, {"organisation": place.slug, "reason": "方向不同"})
    assert [ally["organisation"] for ally in left["allies"] if ally["state"] == "joined"] == [people.association.slug]
    assert Ally.objects.get(organisation=place).reason == "方向不同"
