"""Offers of regions, their shares, and the choice."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Path, Router, Status

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Invalid
from yinxian.network.models import Organisation, User

from ..models import LandingShare
from ..operations import agreements, choosing, offers
from .asked import landing_at, landing_out, offer_at, offer_out, organisation_at, person_at
from .schemas import AgreementIn, ChooseIn, LandingOut, LandingShareIn, OfferIn, OfferOut

router = Router()
ShareNumber = Annotated[int, Path(ge=0, le=10**15)]


def _terms(given: OfferIn) -> dict[str, Any]:
    values = given.dict()
    return {**values, **values["figures"], "manager_id": person_at(given.manager, "manager").pk}


@router.post("/landings/{landing}/offers", response={201: OfferOut})
def make_offer(request: SignedIn, landing: str, given: OfferIn) -> Status[dict[str, Any]]:
    """A region makes its offer, in the name of one of one's own organisations."""
    found = landing_at(request, landing)
    place = organisation_at(given.organisation)
    made = offers.make_offer(landing_id=found.pk, organisation_id=place.pk, actor=request.user, values=_terms(given))
    return Status(201, offer_out(made))


@router.put("/landings/{landing}/offers/{offer}", response=OfferOut)
def change_offer(request: SignedIn, landing: str, offer: str, given: OfferIn) -> dict[str, Any]:
    """Other terms; ``based_on`` is the version that was read."""
    found = offer_at(request, landing, offer)
    return offer_out(
        offers.revise_offer(offer_id=found.pk, actor=request.user, based_on=given.based_on, values=_terms(given))
    )


@router.delete("/landings/{landing}/offers/{offer}", response=OfferOut)
def take_offer_back(request: SignedIn, landing: str, offer: str) -> dict[str, Any]:
    found = offer_at(request, landing, offer)
    return offer_out(offers.withdraw_offer(offer_id=found.pk, actor=request.user))


@router.put("/landings/{landing}/offers/{offer}/agreement", response=OfferOut)
def propose(request: SignedIn, landing: str, offer: str, given: AgreementIn) -> dict[str, Any]:
    """The shares between the two regions, by the manager at home; they add up to 10,000 basis points."""
    found = offer_at(request, landing, offer)
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
    return offer_out(offer_at(request, landing, offer))


@router.post("/landings/{landing}/offers/{offer}/shares/{landingshare}", response=OfferOut)
def answer(
    request: SignedIn, landing: str, offer: str, landingshare: ShareNumber, given: LandingShareIn
) -> dict[str, Any]:
    """Accept or decline one's share of the agreement's version that was read."""
    found = offer_at(request, landing, offer)
    share = get_object_or_404(LandingShare, pk=landingshare, agreement__offer=found)
    agreements.answer_landing_share(
        share_id=share.pk, actor=request.user, accept=given.accept, version=given.version, reason=given.reason
    )
    return offer_out(offer_at(request, landing, offer))


@router.post("/landings/{landing}/offers/{offer}/choice", response=LandingOut)
def choose(request: SignedIn, landing: str, offer: str, given: ChooseIn) -> dict[str, Any]:
    """The team takes this offer in the version that it read."""
    found = offer_at(request, landing, offer)
    return landing_out(choosing.choose_offer(offer_id=found.pk, actor=request.user, version=given.version))
