"""The pages and endpoints of landings: what each reader sees, what a form that is refused keeps."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.landing.landing_world import (
    TEAM_PHONE,
    Regions,
    agreed,
    coast_offer,
    hills_offer,
    landed,
    make_regions,
    paper,
    parts,
    wanted,
)
from tests.world import People
from yinxian.kernel import clock
from yinxian.landing.models import Landing, Offer
from yinxian.landing.operations.agreements import propose_agreement
from yinxian.landing.operations.choosing import choose_offer
from yinxian.landing.queries.landings import waiting_confirmations

HTML = "<script>alert(1)</script>"
Browse = Callable[..., Client]


@pytest.fixture
def regions(people: People) -> Regions:
    return make_regions(people)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def wish_form(people: People, **given: str) -> dict[str, str]:
    day = clock.today() + dt.timedelta(days=30)
    values = {
        "team": str(people.supplier.pk),
        "manager": str(people.ruoxi.pk),
        "title": "低空巡检机型试飞",
        "about": "要试飞空域和机库。",
        "field": "02",
        "area": "800 m²",
        "rent": "35",
        "support": "200万",
        "open_until": day.isoformat(),
        "contact_name": "林岚",
        "contact_phone": TEAM_PHONE,
    }
    return values | given


def test_competing_regions_see_nothing_of_each_other(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    coast, hills = coast_offer(regions, landing), hills_offer(regions, landing)
    address = f"/landings/{landing.slug}/"
    seen = text(client_of(regions.shi), address)
    assert "川桥园区" in seen and "海岸医疗器械园" not in seen and regions.wang.name not in seen
    team = text(client_of(regions.people.lan), address)
    assert "川桥园区" in team and "海岸医疗器械园" in team
    for part in ("", "shares/"):
        text(client_of(regions.shi), f"{address}offers/{coast.slug}/{part}", 404)
    exported = client_of(regions.shi).get(address + "?export=csv").content.decode()
    assert "川桥园区" in exported and "海岸医疗器械园" not in exported
    answer = client_of(regions.shi).get(f"/api/v1/landing/landings/{landing.slug}").json()
    assert [one["slug"] for one in answer["offers"]] == [hills.slug]


def test_the_contact_opens_to_the_chosen_region_alone(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    coast = agreed(regions, coast_offer(regions, landing))
    hills_offer(regions, landing)
    address = f"/landings/{landing.slug}/"
    for reader in (regions.miao, regions.shi, regions.people.qiao):
        assert TEAM_PHONE not in text(client_of(reader), address)
    choose_offer(offer_id=coast.pk, actor=regions.people.lan, version=1)
    assert TEAM_PHONE in text(client_of(regions.miao), address)
    for reader in (regions.shi, regions.people.qiao):
        page = text(client_of(reader), address)
        assert TEAM_PHONE not in page
    assert "海岸医疗器械园" not in text(client_of(regions.shi), address)


def test_strangers_find_nothing(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    for reader in (regions.people.stray, regions.people.outsider):
        text(client_of(reader), f"/landings/{landing.slug}/", 404)
        assert landing.title not in text(client_of(reader), "/landings/")
        assert client_of(reader).get("/landings/new/").status_code == 403
    assert Client().get("/landings/").status_code == 302


def test_a_wish_by_form_and_what_is_refused_is_kept(regions: Regions, client_of: Browse) -> None:
    browser = client_of(regions.people.lan)
    wrong = browser.post("/landings/new/", wish_form(regions.people, area="很大", title=HTML))
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "请写一个大于零的数" in page and HTML not in page and "&lt;script&gt;" in page
    assert not Landing.objects.exists()
    done = browser.post("/landings/new/", wish_form(regions.people, about=HTML, permits="flight"))
    made = Landing.objects.get()
    assert done.status_code == 302 and made.support_fen == 2_000_000_00 and made.permits == ["flight"]
    assert HTML not in text(browser, f"/landings/{made.slug}/")


def offer_form(regions: Regions, **given: str) -> dict[str, str]:
    until = (clock.today() + dt.timedelta(days=20)).isoformat()
    values = {
        "organisation": str(regions.coast.pk),
        "manager": str(regions.wang.pk),
        "region": "370000",
        "place": "海岸园",
        "area": "2 亩",
        "rent": "28",
        "valid_until": until,
        "policies-TOTAL_FORMS": "1",
        "policies-INITIAL_FORMS": "0",
        "policies-0-title": "租金补贴",
        "policies-0-source": "沧政发〔2026〕3号",
        "policies-0-until": until,
    }
    return values | given


def test_an_offer_by_form_is_changed_and_taken_back(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    browser, address = client_of(regions.miao), f"/landings/{landing.slug}/"
    assert browser.post(address + "offer/", offer_form(regions, rent="-3")).status_code == 422
    assert browser.post(address + "offer/", offer_form(regions, **{"policies-0-source": ""})).status_code == 422
    assert browser.post(address + "offer/", offer_form(regions, permit_gmp="has")).status_code == 302
    assert browser.post(address + "offer/", offer_form(regions)).status_code == 422
    offer = Offer.objects.get()
    assert offer.policies[0]["title"] == "租金补贴" and offer.permits == {"gmp": "has"}
    changed = offer_form(regions, rent="26", version="1")
    assert browser.post(f"{address}offers/{offer.slug}/", changed).status_code == 302
    assert browser.post(f"{address}offers/{offer.slug}/", changed).status_code == 422
    assert client_of(regions.people.lan).post(f"{address}offers/{offer.slug}/withdraw/").status_code == 403
    assert browser.post(f"{address}offers/{offer.slug}/withdraw/").status_code == 302
    assert Offer.objects.get().state == Offer.State.WITHDRAWN


def part_form(regions: Regions, second: str = "40.00") -> dict[str, str]:
    return {
        "version": "0",
        "fee": "3万",
        "shares-TOTAL_FORMS": "2",
        "shares-INITIAL_FORMS": "0",
        "shares-0-holder": f"u{regions.people.ruoxi.pk}",
        "shares-0-side": "home",
        "shares-0-bp": "60.00",
        "shares-1-holder": f"u{regions.wang.pk}",
        "shares-1-side": "receiving",
        "shares-1-bp": second,
    }


def test_the_agreement_by_form_then_the_choice_and_the_arrival(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    offer = coast_offer(regions, landing)
    address = f"/landings/{landing.slug}/"
    own = f"{address}offers/{offer.slug}/"
    manager, team, receiver = (client_of(one) for one in (regions.people.ruoxi, regions.people.lan, regions.wang))
    short = manager.post(own + "shares/", part_form(regions, "39.99"))
    assert short.status_code == 422 and "99.99%" in short.content.decode()
    assert manager.post(own + "shares/", part_form(regions)).status_code == 302
    assert team.post(own + "choose/", {"version": "1"}).status_code == 409
    share = Offer.objects.get().agreement.shares.get(user=regions.wang)
    assert "等您答复" in text(receiver, "/landings/")
    answered = receiver.post(f"{own}shares/{share.pk}/", {"version": "1", "accept": "1"})
    assert answered.status_code == 302
    assert team.post(own + "choose/", {"version": "x"}).status_code == 409
    assert team.post(own + "choose/", {"version": "1"}).status_code == 302
    assert team.post(own + "choose/", {"version": "1"}).status_code == 409
    assert "30,000.00" in text(team, address)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
    given = {"kind": "licence", "number": "91370200", "dated_on": clock.today().isoformat(), "file": file}
    assert team.post(address + "arrival/", {**given, "dated_on": "2020-01-01"}).status_code == 422
    file.seek(0)
    assert team.post(address + "arrival/", given).status_code == 302
    number = str(landing.evidence.get().pk)
    for who, side in ((regions.people.qiao, "home"), (regions.miao, "receiving")):
        page = text(client_of(who), address)
        assert "确认属实" in page
        done = client_of(who).post(address + "arrival/confirm/", {"side": side, "paper": number})
        assert done.status_code == 302
    assert Landing.objects.get().state == Landing.State.CONFIRMED
    receipt = client_of(regions.miao).get(address + "receipt.json")
    assert json.loads(receipt.content)["type"] == "yinxian.landing.receipt"
    told = Client().post("/verify/", {"text": receipt.content.decode()})
    assert "这张凭据成立" in told.content.decode() and "心脏导管产线" in told.content.decode()
    assert client_of(regions.shi).get(address + "receipt/").status_code == 404


def test_the_paper_is_for_the_team_and_both_regions(regions: Regions, client_of: Browse) -> None:
    landing, _offer = landed(regions)
    address = f"/landings/{landing.slug}/papers/{landing.evidence.get().pk}/"
    for reader in (regions.people.qiao, regions.miao):
        assert list(waiting_confirmations(reader)) == [landing]
    for reader in (regions.people.lan, regions.people.ruoxi, regions.wang, regions.shi, regions.people.stray):
        assert list(waiting_confirmations(reader)) == []
    for reader in (regions.people.lan, regions.people.qiao, regions.miao, regions.wang):
        assert b"".join(client_of(reader).get(address).streaming_content) == paper().read()
    assert client_of(regions.shi).get(address).status_code == 404


def test_the_endpoints_go_the_same_way(regions: Regions, client_of: Browse) -> None:
    people = regions.people

    def send(user: Any, method: str, path: str, body: dict[str, Any]) -> Any:
        answer = client_of(user).generic(
            method, f"/api/v1/landing/landings{path}", json.dumps(body), content_type="application/json"
        )
        return answer.status_code, answer.json()

    until = (clock.today() + dt.timedelta(days=30)).isoformat()
    wish = {
        "team": people.supplier.slug,
        "manager": people.ruoxi.slug,
        "title": "低温储罐",
        "about": "要空地。",
        "field": "06",
        "open_until": until,
        "contact_name": "林岚",
        "contact_phone": TEAM_PHONE,
        "figures": {"area": "3 亩"},
    }
    assert send(people.lan, "POST", "", wish | {"figures": {"area": "-3"}})[0] == 422
    status, made = send(people.lan, "POST", "", wish)
    assert status == 201 and made["figures"] == {"area": "2000"} and TEAM_PHONE not in json.dumps(made)
    offer = {
        "organisation": regions.coast.slug,
        "manager": regions.wang.slug,
        "region": "370000",
        "place": "港区",
        "valid_until": until,
        "figures": {"area": "1,000"},
    }
    status, offered = send(regions.miao, "POST", f"/{made['slug']}/offers", offer)
    assert status == 201
    assert send(regions.miao, "POST", f"/{made['slug']}/offers", offer)[0] == 409
    path = f"/{made['slug']}/offers/{offered['slug']}"
    shares = [
        {"holder": people.ruoxi.slug, "side": "home", "bp": 5000},
        {"holder": regions.wang.slug, "side": "receiving", "bp": 5000},
    ]
    assert send(people.ruoxi, "PUT", f"{path}/agreement", {"shares": shares, "fee_fen": 10**18})[0] == 422
    status, proposed = send(people.ruoxi, "PUT", f"{path}/agreement", {"shares": shares})
    assert status == 200
    waiting = next(one for one in proposed["shares"] if one["accepted_at"] is None)
    assert send(regions.wang, "POST", f"{path}/shares/{waiting['id']}", {"accept": True, "version": 1})[0] == 200
    assert send(people.lan, "POST", f"{path}/choice", {"version": 2})[0] == 409
    status, chosen = send(people.lan, "POST", f"{path}/choice", {"version": 1})
    assert status == 200 and chosen["state"] == "chosen"
    line = client_of(people.lan).get(f"/api/v1/landing/landings/{made['slug']}").json()["lines"][0]
    assert line["cells"] == [{"shown": "1000 m²", "verdict": "fail"}]
    assert client_of(regions.wang).get(f"/api/v1/landing/landings/{made['slug']}/receipt").status_code == 200
    assert client_of(regions.shi).get(f"/api/v1/landing/landings/{made['slug']}/receipt").status_code == 404


def test_the_list_filters_sorts_and_exports(regions: Regions, client_of: Browse) -> None:
    wanted(regions)
    browser = client_of(regions.shi)
    for query, found in (("q=导管", True), ("q=没有", False), ("field=04", True), ("region=370000", True)):
        assert ("心脏导管产线" in text(browser, f"/landings/?{query}&sort=deadline")) is found
    assert "没有符合的项目" in text(browser, "/landings/?mine=on")
    assert "心脏导管产线" in browser.get("/landings/?export=csv").content.decode()
    assert browser.get("/landings/?export=xlsx").status_code == 200
    assert browser.get("/landings/?export=exe").status_code == 404


def test_what_waits_for_an_answer_stands_on_the_workbench(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    offer = coast_offer(regions, landing)
    propose_agreement(offer_id=offer.pk, actor=regions.people.ruoxi, shares=parts(regions, offer))
    assert "看分成并答复" in text(client_of(regions.wang), "/")
    assert "看分成并答复" not in text(client_of(regions.shi), "/")


def test_markup_in_every_field_of_an_offer_is_only_words(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    fields = dict.fromkeys(("place", "equipment", "note", "policies-0-title", "policies-0-source"), HTML)
    answer = client_of(regions.miao).post(f"/landings/{landing.slug}/offer/", offer_form(regions, **fields))
    assert answer.status_code == 302
    for reader in (regions.miao, regions.people.lan):
        page = text(client_of(reader), f"/landings/{landing.slug}/")
        assert HTML not in page and page.count("&lt;script&gt;alert(1)") >= 5
    for name in ("area", "extra", "rent"):
        wrong = offer_form(regions, version="1", **{name: HTML})
        own = f"/landings/{landing.slug}/offers/{Offer.objects.get().slug}/"
        refused = client_of(regions.miao).post(own, wrong)
        assert refused.status_code == 422 and HTML not in refused.content.decode()
