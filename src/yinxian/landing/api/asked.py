"""What an address names, and how it is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from yinxian.deals.http import SignedIn
from yinxian.kernel.errors import Invalid
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from ..comparing import three_years_fen
from ..models import Landing, LandingShare, Offer
from ..queries import landings as queries
from .schemas import LandingOut, OfferOut


def landing_at(request: SignedIn, slug: str) -> Landing:
    return or_404(queries.landing_for(request.user, slug))


def offer_at(request: SignedIn, landing: str, offer: str) -> Offer:
    return or_404(queries.offer_for(request.user, landing_at(request, landing), offer))


def landing_out(one: Landing) -> dict[str, Any]:
    names = LandingOut.model_fields
    return {name: getattr(one, name) for name in names} | {"team": one.team.name, "home": one.home.name}


def offer_out(one: Offer) -> dict[str, Any]:
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


def person_at(slug: str, field: str) -> User:
    found = User.objects.filter(slug=slug, is_active=True).first()
    if found is None:
        raise Invalid("landing.choice", field=field)
    return found


def organisation_at(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug)
