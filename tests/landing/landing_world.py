"""What the tests of landings begin from: the supplier's team, two regions that offer, the managers between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.world import Kind, People, Role, make_people, organisation, person
from yinxian.kernel import clock
from yinxian.landing.models import Landing, Offer
from yinxian.landing.operations.agreements import SidedPart, answer_landing_share, propose_agreement
from yinxian.landing.operations.arrivals import report_arrival
from yinxian.landing.operations.choosing import choose_offer
from yinxian.landing.operations.landings import want_landing
from yinxian.landing.operations.offers import make_offer
from yinxian.network.models import ManagerProfile, Organisation, User

TEAM_PHONE = "13711110000"


@dataclass
class Regions:
    """Two regions elsewhere, each with its own people; ``people`` are those of every test."""

    people: People
    coast: Organisation  # association
    hills: Organisation  # association
    wang: User  # manager of the coast, member of its association
    miao: User  # admin of the coast
    shi: User  # admin of the hills, its manager


def make_regions(people: People | None = None) -> Regions:
    people = people or make_people()
    coast, hills = organisation("沧洲协会", Kind.ASSOCIATION), organisation("远岫协会", Kind.ASSOCIATION)
    Organisation.objects.filter(pk=coast.pk).update(region="370200")
    Organisation.objects.filter(pk=hills.pk).update(region="510100")
    wang = person("汪川", "13800000021", (coast, Role.MEMBER))
    miao = person("苗青", "13800000022", (coast, Role.ADMIN))
    shi = person("石雨", "13800000023", (hills, Role.ADMIN))
    ManagerProfile.objects.create(user=wang, kind="market", association=coast)
    return Regions(people, coast, hills, wang, miao, shi)


def wishes(**given: Any) -> dict[str, Any]:
    today = clock.today()
    values = {
        "title": "心脏导管产线",
        "about": "样机已过型检，要建中试线。",
        "field": "04",
        "area": "1,200",
        "power": "630 kVA",
        "rent_fen": 45_00,
        "support_fen": 2_000_000_00,
        "permits": ["gmp"],
        "extra": "跑道长度：≥ 800 m",
        "needed_by": today + dt.timedelta(days=200),
        "open_until": today + dt.timedelta(days=40),
        "contact_name": "林岚",
        "contact_phone": TEAM_PHONE,
    }
    return values | given


def wanted(world: Regions, **given: Any) -> Landing:
    people = world.people
    return want_landing(
        team_id=people.supplier.pk, actor=people.lan, manager_id=people.ruoxi.pk, values=wishes(**given)
    )


def terms(manager: User, **given: Any) -> dict[str, Any]:
    values = {
        "region": "370000",
        "place": "海岸医疗器械园",
        "manager_id": manager.pk,
        "area": "2 亩",
        "power": "800",
        "free": "24",
        "rent_fen": 30_00,
        "support_fen": 3_000_000_00,
        "permits": {"gmp": "has"},
        "extra": "跑道长度：1,200 m",
        "policies": [{"title": "落地补贴", "source": "沧政发〔2026〕3号", "until": clock.today()}],
        "available_from": clock.today() + dt.timedelta(days=60),
        "valid_until": clock.today() + dt.timedelta(days=50),
    }
    return values | given


def coast_offer(regions: Regions, landing: Landing, **given: Any) -> Offer:
    return make_offer(
        landing_id=landing.pk,
        organisation_id=regions.coast.pk,
        actor=regions.miao,
        values=terms(regions.wang, **given),
    )


def hills_offer(regions: Regions, landing: Landing, **given: Any) -> Offer:
    values = terms(regions.shi, region="510000", place="川桥园区", area="900", rent_fen=20_00, **given)
    return make_offer(landing_id=landing.pk, organisation_id=regions.hills.pk, actor=regions.shi, values=values)


def parts(regions: Regions, offer: Offer, home: int = 6000, receiving: int = 4000) -> list[SidedPart]:
    return [
        SidedPart(bp=home, user_id=regions.people.ruoxi.pk, work="引荐", side="home"),
        SidedPart(bp=receiving, user_id=offer.manager_id, work="接应", side="receiving"),
    ]


def agreed(regions: Regions, offer: Offer) -> Offer:
    agreement = propose_agreement(offer_id=offer.pk, actor=regions.people.ruoxi, shares=parts(regions, offer))
    for share in agreement.shares.filter(accepted_at=None).select_related("user"):
        assert share.user is not None
        answer_landing_share(share_id=share.pk, actor=share.user, accept=True, version=agreement.version)
    return Offer.objects.get(pk=offer.pk)


def chosen(regions: Regions) -> tuple[Landing, Offer]:
    landing = wanted(regions)
    offer = agreed(regions, coast_offer(regions, landing))
    return choose_offer(offer_id=offer.pk, actor=regions.people.lan, version=offer.version), offer


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("执照.pdf", b"%PDF-1.7 a licence", content_type="application/pdf")


def landed(regions: Regions) -> tuple[Landing, Offer]:
    landing, offer = chosen(regions)
    report_arrival(
        landing_id=landing.pk,
        actor=regions.people.lan,
        kind="licence",
        number="91370200MA3X",
        dated_on=clock.today(),
        upload=paper(),
    )
    return Landing.objects.get(pk=landing.pk), offer
