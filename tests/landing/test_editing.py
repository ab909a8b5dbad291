"""A team says its wish better while nobody has offered: by page and endpoint, in versions, at once with an offer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.concurrency.races import Meeting, at_once
from tests.landing.landing_world import Regions, coast_offer, make_regions, wanted, wishes
from tests.world import Role, person
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.landing.models import Landing
from yinxian.landing.operations import landings
from yinxian.landing.operations.landings import edit_landing
from yinxian.landing.operations.offers import withdraw_offer

Browse = Callable[..., Client]


@pytest.fixture
def regions(db: None) -> Regions:
    return make_regions()


def edited(regions: Regions, landing: Landing, based_on: int = 1, who: Any = None, **given: Any) -> Landing:
    values = wishes(**given)
    return edit_landing(landing_id=landing.pk, actor=who or regions.people.lan, values=values, based_on=based_on)


def test_the_team_edits_in_versions_and_the_journal_names_the_fields(regions: Regions) -> None:
    landing = wanted(regions)
    for who in (regions.people.ruoxi, regions.miao, regions.people.stray):
        with pytest.raises(Forbidden):
            edited(regions, landing, who=who, area="900")
    with pytest.raises(Invalid):
        edited(regions, landing, area="-1")
    made = edited(regions, landing, area="3 亩", rent_fen=None)
    assert (made.version, made.figures["area"], made.rent_fen) == (2, "2000", None)
    entry = Entry.objects.get(name="landing.landing.edited")
    assert entry.data == {"version": 2, "fields": ["figures", "rent_fen"]}
    assert edited(regions, landing, area="3 亩", rent_fen=None).version == 2, "sent twice it is one"
    with pytest.raises(Conflict, match="第 2 版"):
        edited(regions, landing, area="4 亩")
    assert Entry.objects.filter(name="landing.landing.edited").count() == 1


def test_an_offer_answers_what_its_region_has_read(regions: Regions) -> None:
    landing = wanted(regions)
    offer = coast_offer(regions, landing)
    with pytest.raises(Conflict):
        edited(regions, landing, area="900")
    withdraw_offer(offer_id=offer.pk, actor=regions.miao)
    assert edited(regions, landing, area="900").version == 2
    Landing.objects.filter(pk=landing.pk).update(state="withdrawn")
    with pytest.raises(Conflict):
        edited(regions, landing, based_on=2, area="800")


def test_the_form_comes_filled_in_and_keeps_what_is_refused(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions, regions=["370000"], needed_by=None)
    address, team = f"/landings/{landing.slug}/edit/", client_of(regions.people.lan)
    assert address in team.get(f"/landings/{landing.slug}/").content.decode()
    assert address not in client_of(regions.miao).get(f"/landings/{landing.slug}/").content.decode()
    form = team.get(address).context["form"]
    given = {name: value for name, value in form.initial.items() if value not in (None, "", [])}
    assert given["area"] == "1200" and given["rent"] == "45.00" and given["extra"] == "跑道长度：≥ 800 m"
    assert team.post(address, given).status_code == 302
    landing.refresh_from_db()
    assert landing.version == 1, "what was not touched makes no version"
    refused = team.post(address, given | {"area": "-5", "title": "改过的名字"})
    assert refused.status_code == 422 and "改过的名字" in refused.content.decode()
    assert team.post(address, given | {"title": "改过的名字"}).status_code == 302
    assert team.post(address, given | {"title": "另一个名字"}).status_code == 422
    landing.refresh_from_db()
    assert (landing.title, landing.version) == ("改过的名字", 2)
    assert client_of(regions.miao).get(address).status_code == 403
    assert client_of(regions.people.stray).get(address).status_code == 404
    coast_offer(regions, landing)
    assert team.get(address).status_code == 409
    assert address not in team.get(f"/landings/{landing.slug}/").content.decode()


def test_the_endpoint_refuses_as_the_page_does(regions: Regions, client_of: Browse) -> None:
    landing = wanted(regions)
    body = {
        "title": "心脏导管产线",
        "about": "要建中试线。",
        "field": "04",
        "open_until": landing.open_until.isoformat(),
        "contact_name": "林岚",
        "contact_phone": "13711110000",
        "figures": {"area": "2 亩"},
        "based_on": 1,
    }

    def put(who: Any, change: dict[str, Any] | None = None) -> Any:
        path = f"/api/v1/landing/landings/{landing.slug}"
        return client_of(who).put(path, body | (change or {}), content_type="application/json")

    assert put(regions.miao).status_code == 403
    assert put(regions.people.stray).status_code == 404
    assert put(regions.people.lan, {"figures": {}}).status_code == 422
    made = put(regions.people.lan)
    assert made.status_code == 200 and made.json()["version"] == 2 and made.json()["figures"] == {"area": "1333.33"}
    assert put(regions.people.lan, {"title": "别的"}).json()["code"] == "landing.wish_changed"


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    regions = make_regions()
    landing = wanted(regions)
    second = person("林二", "13800000042", (regions.people.supplier, Role.ADMIN))
    Meeting().at(monkeypatch, landings, "_wishes")
    outcomes = at_once(
        partial(edited, regions, landing, area="900"), partial(edited, regions, landing, who=second, area="700")
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Landing"]
    assert Landing.objects.get().version == 2
