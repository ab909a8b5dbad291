"""From the wish to both regions' word, and what is refused on the way."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.landing.landing_world import (
    Regions,
    agreed,
    chosen,
    coast_offer,
    hills_offer,
    landed,
    make_regions,
    paper,
    parts,
    terms,
    wanted,
    wishes,
)
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.journal.verification import verify_receipt
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.landing.models import Agreement, Landing, LandingShare, Offer, Receipt
from yinxian.landing.operations import agreements, arrivals, choosing, landings, offers
from yinxian.landing.receipts import document_of

HTML = "<script>alert(1)</script>"


@pytest.fixture
def regions(people: People) -> Regions:
    return make_regions(people)


def names() -> list[str]:
    return list(Entry.objects.filter(name__startswith="landing.").order_by("pk").values_list("name", flat=True))


def test_the_whole_way_from_wish_to_confirmation(regions: Regions) -> None:
    landing, offer = landed(regions)
    paper_id = landing.evidence.get().pk
    arrivals.confirm_arrival(landing_id=landing.pk, actor=regions.people.qiao, side="home", evidence_id=paper_id)
    done = arrivals.confirm_arrival(landing_id=landing.pk, actor=regions.miao, side="receiving", evidence_id=paper_id)
    assert done.state == Landing.State.CONFIRMED
    assert names() == [
        "landing.landing.wanted",
        "landing.offer.made",
        "landing.agreement.proposed",
        "landing.share.accepted",
        "landing.agreement.agreed",
        "landing.landing.chosen",
        "landing.landing.landed",
        "landing.landing.vouched",
        "landing.landing.vouched",
        "landing.landing.confirmed",
    ]
    data = Entry.objects.get(name="landing.landing.confirmed").data
    assert data["shares"] == [
        {"holder": regions.people.ruoxi.slug, "side": "home", "bp": 6000},
        {"holder": regions.wang.slug, "side": "receiving", "bp": 4000},
    ]
    assert (data["home_manager"], data["receiving_manager"]) == (regions.people.ruoxi.slug, regions.wang.slug)
    assert data["evidence"] == "licence" and data["offer"] == offer.slug


def test_figures_are_kept_in_their_units_whatever_was_typed(regions: Regions) -> None:
    landing = wanted(regions, area="2 亩", power="1.5 MVA", clean="３００㎡")
    assert landing.figures == {"area": "1333.33", "power": "1500", "clean": "300"}
    assert landing.extra[0]["name"] == "跑道长度" and landing.extra[0]["op"] == ">="


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"area": "-5"}, "landing.quantity"),
        ({"area": "0"}, "landing.quantity"),
        ({"area": "很大"}, "landing.quantity"),
        ({"area": "10~20 亩"}, "landing.quantity"),
        ({"area": "12 kW"}, "landing.quantity"),
        ({"area": "1000000000000"}, "landing.quantity"),
        ({"area": "NaN"}, "landing.quantity"),
        ({"area": HTML}, "landing.quantity"),
        ({"extra": "没有冒号"}, "landing.line"),
        ({"extra": "面积：-5 m²"}, "landing.line"),
        ({"extra": "a：1 m\n" * 13}, "landing.too_many_lines"),
        ({"rent_fen": 10**18}, "landing.amount"),
        ({"rent_fen": -1}, "landing.amount"),
        ({"support_fen": 1.5}, "landing.amount"),
        ({"permits": ["moon"]}, "landing.choice"),
        ({"regions": ["990000"]}, "landing.choice"),
        ({"field": "99"}, "landing.choice"),
        ({"open_until": None}, "landing.date"),
        ({"needed_by": dt.date(9999, 1, 1)}, "landing.date"),
        ({"title": " "}, "landing.text_missing"),
        ({"title": "长" * 121}, "landing.text_long"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(regions: Regions, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        wanted(regions, **given)
    assert refused.value.code == code and refused.value.field is not None
    assert not Landing.objects.exists() and names() == []


def test_a_wish_for_nothing_is_refused(regions: Regions) -> None:
    nothing = {"area": "", "power": "", "extra": "", "permits": [], "rent_fen": None, "support_fen": None}
    with pytest.raises(Invalid, match="至少写一项"):
        wanted(regions, **nothing)


def test_the_same_form_twice_is_one_landing(regions: Regions) -> None:
    assert wanted(regions).pk == wanted(regions).pk
    assert Landing.objects.count() == 1


def test_who_is_outside_finds_no_place_and_makes_no_offer(regions: Regions) -> None:
    people = regions.people
    with pytest.raises(Forbidden):
        landings.want_landing(
            team_id=people.outside.pk, actor=people.outsider, manager_id=people.ruoxi.pk, values=wishes()
        )
    landing = wanted(regions)
    for organisation, actor in ((people.buyer, people.heng), (people.association, people.qiao)):
        with pytest.raises(Forbidden, match="只有协会和技术转移机构"):
            offers.make_offer(
                landing_id=landing.pk, organisation_id=organisation.pk, actor=actor, values=terms(regions.wang)
            )
    assert not Offer.objects.exists()


def test_an_offer_after_the_choice_and_a_second_one_are_refused(regions: Regions) -> None:
    landing = wanted(regions)
    offer = agreed(regions, coast_offer(regions, landing))
    with pytest.raises(Conflict, match="已经应约"):
        coast_offer(regions, landing)
    choosing.choose_offer(offer_id=offer.pk, actor=regions.people.lan, version=1)
    with pytest.raises(Conflict, match="不再收应约"):
        hills_offer(regions, landing)
    assert Offer.objects.count() == 1


def test_a_receiver_from_nowhere_is_refused(regions: Regions) -> None:
    landing = wanted(regions)
    with pytest.raises(Invalid) as refused:
        coast_offer(regions, landing, manager_id=regions.shi.pk)
    assert refused.value.field == "manager"


def test_shares_must_be_whole_and_both_regions_have_one(regions: Regions) -> None:
    offer = coast_offer(regions, wanted(regions))
    ruoxi = regions.people.ruoxi
    for shares, code in (
        (parts(regions, offer, 6000, 3999), "deals.shares_not_whole"),
        ([agreements.SidedPart(bp=10_000, user_id=ruoxi.pk, side="home")], "landing.one_side"),
    ):
        with pytest.raises(Invalid) as refused:
            agreements.propose_agreement(offer_id=offer.pk, actor=ruoxi, shares=shares)
        assert refused.value.code == code
    with pytest.raises(Invalid):
        agreements.propose_agreement(offer_id=offer.pk, actor=ruoxi, shares=parts(regions, offer), fee_fen=10**18)
    with pytest.raises(Forbidden):
        agreements.propose_agreement(offer_id=offer.pk, actor=regions.wang, shares=parts(regions, offer))
    assert not Agreement.objects.exists()


def test_nothing_is_chosen_before_everyone_has_agreed(regions: Regions) -> None:
    offer = coast_offer(regions, wanted(regions))
    lan, ruoxi = regions.people.lan, regions.people.ruoxi
    with pytest.raises(Conflict, match="先请技术经理人"):
        choosing.choose_offer(offer_id=offer.pk, actor=lan, version=1)
    agreements.propose_agreement(offer_id=offer.pk, actor=ruoxi, shares=parts(regions, offer))
    with pytest.raises(Conflict, match="还差 1 份"):
        choosing.choose_offer(offer_id=offer.pk, actor=lan, version=1)
    assert Offer.objects.get().state == Offer.State.OPEN and not Receipt.objects.exists()


def test_only_the_holder_answers_and_changed_terms_ask_again(regions: Regions) -> None:
    offer = agreed(regions, coast_offer(regions, wanted(regions)))
    changed = offers.revise_offer(
        offer_id=offer.pk, actor=regions.miao, based_on=1, values=terms(regions.wang, rent_fen=40_00)
    )
    assert changed.version == 2 and not LandingShare.objects.exclude(accepted_at=None).exists()
    share = LandingShare.objects.get(user=regions.wang)
    with pytest.raises(Forbidden):
        agreements.answer_landing_share(share_id=share.pk, actor=regions.shi, accept=True, version=2)
    with pytest.raises(Conflict, match="刚刚改过"):
        agreements.answer_landing_share(share_id=share.pk, actor=regions.wang, accept=True, version=1)
    with pytest.raises(Conflict, match="第 2 版"):
        offers.revise_offer(offer_id=offer.pk, actor=regions.miao, based_on=1, values=terms(regions.wang))


def test_two_regions_are_never_chosen(regions: Regions) -> None:
    landing = wanted(regions)
    first, second = agreed(regions, coast_offer(regions, landing)), agreed(regions, hills_offer(regions, landing))
    choosing.choose_offer(offer_id=first.pk, actor=regions.people.lan, version=1)
    with pytest.raises(Conflict):
        choosing.choose_offer(offer_id=second.pk, actor=regions.people.lan, version=1)
    assert Offer.objects.get(pk=second.pk).state == Offer.State.PASSED
    assert Receipt.objects.count() == 1


def test_the_receipt_proves_itself_and_tells_what_was_altered(regions: Regions) -> None:
    landing, _offer = chosen(regions)
    document = document_of(Receipt.objects.get(landing=landing))
    assert verify_receipt(json.loads(json.dumps(document))).signed
    document["statement"]["shares"][0]["bp"] = 9999
    told = verify_receipt(document)
    assert not told.signed
    assert {finding.path for finding in told.findings if finding.code == "altered"} == {"shares.0.bp"}


def test_evidence_needs_its_day_and_its_file(regions: Regions) -> None:
    landing, _offer = chosen(regions)
    given = {"landing_id": landing.pk, "actor": regions.people.lan, "kind": "lease", "number": "A-1"}
    for day in (clock.today() + dt.timedelta(days=1), clock.today() - dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            arrivals.report_arrival(**given, dated_on=day, upload=paper())
        assert refused.value.field == "dated_on"
    with pytest.raises(Forbidden):
        arrivals.report_arrival(**given | {"actor": regions.shi}, dated_on=clock.today(), upload=paper())
    assert Landing.objects.get().state == Landing.State.CHOSEN


def test_confirming_is_for_both_regions_and_nobody_who_earns(regions: Regions) -> None:
    landing, _offer = landed(regions)
    paper_id = landing.evidence.get().pk
    people = regions.people
    for actor, side in (
        (people.ruoxi, "home"),
        (regions.wang, "receiving"),
        (people.lan, "home"),
        (regions.shi, "receiving"),
        (people.qiao, "receiving"),
    ):
        with pytest.raises(Forbidden):
            arrivals.confirm_arrival(landing_id=landing.pk, actor=actor, side=side, evidence_id=paper_id)
    arrivals.confirm_arrival(landing_id=landing.pk, actor=people.qiao, side="home", evidence_id=paper_id)
    with pytest.raises(Conflict, match="已经确认过"):
        arrivals.confirm_arrival(landing_id=landing.pk, actor=people.qiao, side="home", evidence_id=paper_id)
    assert Landing.objects.get().state == Landing.State.LANDED
    assert "landing.landing.confirmed" not in names()


def test_a_questioned_paper_stays_on_record_and_another_is_asked_for(regions: Regions) -> None:
    landing, _offer = landed(regions)
    first = landing.evidence.get()
    with pytest.raises(Invalid):
        arrivals.question_arrival(landing_id=landing.pk, actor=regions.miao, evidence_id=first.pk, reason=" ")
    arrivals.question_arrival(landing_id=landing.pk, actor=regions.miao, evidence_id=first.pk, reason="证号不对")
    landing.refresh_from_db()
    assert landing.state == Landing.State.CHOSEN and landing.evidence.get().question == "证号不对"
    arrivals.report_arrival(
        landing_id=landing.pk,
        actor=regions.people.lan,
        kind="lease",
        number="B-2",
        dated_on=clock.today(),
        upload=paper(),
    )
    with pytest.raises(Conflict, match="凭证换过了"):
        arrivals.confirm_arrival(landing_id=landing.pk, actor=regions.miao, side="receiving", evidence_id=first.pk)


def test_what_nobody_answers_lapses_and_so_do_old_offers(
    regions: Regions, frozen: Callable[[str], None], drain: Callable[[], None]
) -> None:
    from yinxian.landing.followers import lapse

    frozen("2026-03-01T09:00")
    landing = wanted(regions)
    offer = coast_offer(regions, landing, valid_until=dt.date(2026, 3, 10))
    frozen("2026-03-11T09:00")
    lapse(clock.today())
    offer.refresh_from_db()
    landing.refresh_from_db()
    assert (offer.state, landing.state) == (Offer.State.LAPSED, Landing.State.WANTED)
    frozen("2026-05-01T09:00")
    lapse(clock.today())
    landing.refresh_from_db()
    assert landing.state == Landing.State.LAPSED
    with pytest.raises(Conflict):
        landings.withdraw_landing(landing_id=landing.pk, actor=regions.people.lan, reason="不找了")


def test_withdrawing_ends_the_offers_and_is_the_teams_alone(regions: Regions) -> None:
    landing = wanted(regions)
    coast_offer(regions, landing)
    with pytest.raises(Forbidden):
        landings.withdraw_landing(landing_id=landing.pk, actor=regions.miao, reason="x")
    landings.withdraw_landing(landing_id=landing.pk, actor=regions.people.lan, reason="不找了")
    assert Offer.objects.get().state == Offer.State.PASSED
