"""REST endpoints of landing: the same queries and operations as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Invalid
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from ..comparing import lines_of, three_years_fen
from ..models import Landing, LandingShare, Offer, Receipt
from ..operations import agreements, arrivals, choosing, landings, offers
from ..permissions import sees_offer
from ..queries import landings as queries
from ..receipts import document_of

router = Router()
PAGE = 50
FURTHEST = 10**15
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
ShareNumber = Annotated[int, Path(ge=0, le=FURTHEST)]


class LandingOut(Schema):
    slug: str
    title: str
    state: str
    version: int
    team: str
    home: str
    field: str
    regions: list[str]
    figures: dict[str, str]
    permits: list[str]
    rent_fen: int | None
    support_fen: int | None
    needed_by: dt.date | None
    open_until: dt.date


class LandingsOut(Schema):
    count: int
    items: list[LandingOut]


class NeedLineOut(Schema):
    """One need; ``cells`` in the order of ``offers``: what each offer says and whether it is met, fail or unknown."""

    key: str
    name: str
    asked: str
    cells: list[dict[str, str]]


class SideOut(Schema):
    id: int
    holder: str
    side: str
    bp: int
    work: str
    accepted_at: dt.datetime | None


class OfferOut(Schema):
    slug: str
    organisation: str
    manager: str
    region: str
    place: str
    state: str
    version: int
    figures: dict[str, str]
    permits: dict[str, str]
    rent_fen: int | None
    support_fen: int | None
    policies: list[dict[str, Any]]
    available_from: dt.date | None
    valid_until: dt.date
    three_years_fen: int | None
    agreement_version: int
    shares: list[SideOut]


class LandingDetailOut(Schema):
    """``offers`` are those that the reader may see: all for the team, their own for a region."""

    landing: LandingOut
    offers: list[OfferOut]
    lines: list[NeedLineOut]


class WishIn(Schema):
    """Figures are text with or without a unit ("1,200", "2 亩"); amounts integer fen."""

    title: str
    about: str
    field: str
    open_until: dt.date
    contact_name: str
    contact_phone: str
    figures: dict[str, str] = {}
    permits: list[str] = []
    regions: list[str] = []
    extra: str = ""
    rent_fen: int | None = None
    support_fen: int | None = None
    needed_by: dt.date | None = None


class LandingIn(WishIn):
    """A wish, whose it is and who refers it."""

    team: str
    manager: str


class WishEditIn(WishIn):
    """``based_on`` is the version that was read."""

    based_on: int


class PolicyIn(Schema):
    title: str
    source: str
    until: dt.date | None = None


class OfferIn(Schema):
    """``based_on`` is the version that was read, when an offer is changed."""

    organisation: str = ""
    manager: str
    region: str
    place: str
    valid_until: dt.date
    figures: dict[str, str] = {}
    permits: dict[str, str] = {}
    extra: str = ""
    rent_fen: int | None = None
    support_fen: int | None = None
    equipment: str = ""
    note: str = ""
    policies: list[PolicyIn] = []
    available_from: dt.date | None = None
    based_on: int = 0


class SideIn(Schema):
    """``holder`` is the identifier of a person (U…) or an organisation (O…); ``side`` home or receiving."""

    holder: str
    side: str
    bp: int
    work: str = ""


class AgreementIn(Schema):
    shares: list[SideIn]
    fee_fen: int = 0
    based_on: int = 0


class LandingShareIn(Schema):
    accept: bool
    version: int
    reason: str = ""


class ChooseIn(Schema):
    version: int


class VouchIn(Schema):
    """``paper`` is the number of the evidence that was read."""

    side: str
    paper: Annotated[int, Field(ge=0, le=FURTHEST)]


class WhyIn(Schema):
    reason: str


def _landing(request: SignedIn, slug: str) -> Landing:
    return or_404(queries.landing_for(request.user, slug))


def _offer(request: SignedIn, landing: str, offer: str) -> Offer:
    return or_404(queries.offer_for(request.user, _landing(request, landing), offer))


def _landing_out(one: Landing) -> dict[str, Any]:
    names = LandingOut.model_fields
    return {name: getattr(one, name) for name in names} | {"team": one.team.name, "home": one.home.name}


def _offer_out(one: Offer) -> dict[str, Any]:
    agreement = getattr(one, "agreement", None)
    shares: QuerySet[LandingShare] | list[LandingShare] = agreement.shares.all() if agreement else []
    given = {"organisation", "manager", "three_years_fen", "agreement_version", "shares"}
    return {name: getattr(one, name) for name in OfferOut.model_fields if name not in given} | {
        "organisation": one.organisation.name,
        "manager": str(one.manager),
        "three_years_fen": three_years_fen(one.landing, one),
        "agreement_version": agreement.version if agreement else 0,
        "shares": [
            {
                "id": share.pk,
                **{name: getattr(share, name) for name in ("holder", "side", "bp", "work", "accepted_at")},
            }
            for share in shares
        ],
    }


def _person(slug: str, field: str) -> User:
    found = User.objects.filter(slug=slug, is_active=True).first()
    if found is None:
        raise Invalid("landing.choice", field=field)
    return found


def _organisation(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug)


@router.get("/landings", response=LandingsOut)
def list_landings(
    request: SignedIn, state: str = "", field: str = "", region: str = "", mine: bool = False, page: PageNumber = 1
) -> dict[str, Any]:
    """Teams that look for a place, and those that one has to do with; 50 a page, newest first."""
    found = queries.listed(request.user, state=state, field=field, region=region, mine=mine)
    rows = found[(page - 1) * PAGE : page * PAGE]
    return {"count": found.count(), "items": [_landing_out(one) for one in rows]}


@router.post("/landings", response={201: LandingOut})
def want(request: SignedIn, given: LandingIn) -> Status[dict[str, Any]]:
    """A team says what it needs."""
    values = given.dict()
    made = landings.want_landing(
        team_id=_organisation(values.pop("team")).pk,
        manager_id=_person(values.pop("manager"), "manager").pk,
        actor=request.user,
        values=values | values["figures"],
    )
    return Status(201, _landing_out(made))


@router.get("/landings/{landing}", response=LandingDetailOut)
def read_landing(request: SignedIn, landing: str) -> dict[str, Any]:
    """The needs, and beside them the offers that the reader may see."""
    found = _landing(request, landing)
    shown = [one for one in queries.offers_for(request.user, found) if one.state in ("open", "chosen")]
    lines = [
        {
            "key": line.key,
            "name": line.name,
            "asked": line.asked,
            "cells": [{"shown": cell.shown, "verdict": cell.verdict} for cell in line.cells],
        }
        for line in lines_of(found, shown)
    ]
    return {"landing": _landing_out(found), "offers": [_offer_out(one) for one in shown], "lines": lines}


@router.put("/landings/{landing}", response=LandingOut)
def edit(request: SignedIn, landing: str, given: WishEditIn) -> dict[str, Any]:
    """The team says it better, while no region has offered."""
    found, values = _landing(request, landing), given.dict()
    made = landings.edit_landing(
        landing_id=found.pk,
        actor=request.user,
        values=values | values["figures"],
        based_on=values["based_on"],
    )
    return _landing_out(made)


@router.post("/landings/{landing}/withdrawal", response=LandingOut)
def withdraw(request: SignedIn, landing: str, given: WhyIn) -> dict[str, Any]:
    """The team takes it back; open offers end with it."""
    found = _landing(request, landing)
    return _landing_out(landings.withdraw_landing(landing_id=found.pk, actor=request.user, reason=given.reason))


def _terms(given: OfferIn) -> dict[str, Any]:
    values = given.dict()
    return {**values, **values["figures"], "manager_id": _person(given.manager, "manager").pk}


@router.post("/landings/{landing}/offers", response={201: OfferOut})
def make_offer(request: SignedIn, landing: str, given: OfferIn) -> Status[dict[str, Any]]:
    """A region makes its offer, in the name of one of one's own organisations."""
    found = _landing(request, landing)
    place = _organisation(given.organisation)
    made = offers.make_offer(landing_id=found.pk, organisation_id=place.pk, actor=request.user, values=_terms(given))
    return Status(201, _offer_out(made))


@router.put("/landings/{landing}/offers/{offer}", response=OfferOut)
def change_offer(request: SignedIn, landing: str, offer: str, given: OfferIn) -> dict[str, Any]:
    """Other terms; ``based_on`` is the version that was read."""
    found = _offer(request, landing, offer)
    return _offer_out(
        offers.revise_offer(offer_id=found.pk, actor=request.user, based_on=given.based_on, values=_terms(given))
    )


@router.delete("/landings/{landing}/offers/{offer}", response=OfferOut)
def take_offer_back(request: SignedIn, landing: str, offer: str) -> dict[str, Any]:
    found = _offer(request, landing, offer)
    return _offer_out(offers.withdraw_offer(offer_id=found.pk, actor=request.user))


@router.put("/landings/{landing}/offers/{offer}/agreement", response=OfferOut)
def propose(request: SignedIn, landing: str, offer: str, given: AgreementIn) -> dict[str, Any]:
    """The shares between the two regions, by the manager at home; they add up to 10,000 basis points."""
    found = _offer(request, landing, offer)
    people = dict(User.objects.filter(slug__in=[one.holder for one in given.shares]).values_list("slug", "pk"))
    places = dict(Organisation.objects.filter(slug__in=[one.holder for one in given.shares]).values_list("slug", "pk"))
    if any(one.holder not in people and one.holder not in places for one in given.shares):
        raise Invalid("landing.share_unknown", field="shares")
    parts = [
        agreements.SidedPart(
            bp=one.bp,
            user_id=people.get(one.holder),
            organisation_id=places.get(one.holder),
            work=one.work,
            side=one.side,
        )
        for one in given.shares
    ]
    agreements.propose_agreement(
        offer_id=found.pk, actor=request.user, shares=parts, fee_fen=given.fee_fen, based_on=given.based_on
    )
    return _offer_out(_offer(request, landing, offer))


@router.post("/landings/{landing}/offers/{offer}/shares/{landingshare}", response=OfferOut)
def answer(
    request: SignedIn, landing: str, offer: str, landingshare: ShareNumber, given: LandingShareIn
) -> dict[str, Any]:
    """Accept or decline one's share of the agreement's version that was read."""
    found = _offer(request, landing, offer)
    share = get_object_or_404(LandingShare, pk=landingshare, agreement__offer=found)
    agreements.answer_landing_share(
        share_id=share.pk, actor=request.user, accept=given.accept, version=given.version, reason=given.reason
    )
    return _offer_out(_offer(request, landing, offer))


@router.post("/landings/{landing}/offers/{offer}/choice", response=LandingOut)
def choose(request: SignedIn, landing: str, offer: str, given: ChooseIn) -> dict[str, Any]:
    """The team takes this offer in the version that it read."""
    found = _offer(request, landing, offer)
    return _landing_out(choosing.choose_offer(offer_id=found.pk, actor=request.user, version=given.version))


@router.post("/landings/{landing}/confirmations", response=LandingOut)
def vouch(request: SignedIn, landing: str, given: VouchIn) -> dict[str, Any]:
    """One region's word for the evidence; with both the referral has landed."""
    found = _landing(request, landing)
    done = arrivals.confirm_arrival(landing_id=found.pk, actor=request.user, side=given.side, evidence_id=given.paper)
    return _landing_out(done)


@router.get("/landings/{landing}/receipt")
def receipt(request: SignedIn, landing: str) -> dict[str, Any]:
    """The signed statement of the choice and its shares, with the proof once it is sealed."""
    found = _landing(request, landing)
    chosen = queries.chosen_offer(found)
    if chosen is None or not sees_offer(request.user, chosen):
        raise Http404
    kept = get_object_or_404(Receipt.objects.select_related("entry"), landing=found)
    return document_of(kept)
