"""Alliances come to be: founding, a new agreement, invitations, leaving; what was shared or offered is taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation

from ..models import Alliance, Shared
from ..operations import alliances as operations
from ..operations.referrals import withdraw_referral
from ..permissions import can_keep_alliance, can_see_alliance
from ..queries import alliances as queries
from .alliances import AllianceOut, HandOnOut, _actor, _alliance_out, _referral_out, router

MOST_ID = 2**62


class FoundIn(Schema):
    """``founder`` is an association or agency that you administer; ``share_bp`` the usual share in basis points."""

    founder: str
    name: str
    name_en: str = ""
    about: str = ""
    text: str
    share_bp: int = 0


class AgreementTextIn(Schema):
    """``based_on`` is the version that was read; another in between is a conflict."""

    text: str
    share_bp: int
    based_on: int


class InvitationIn(Schema):
    organisation: str


class DepartureIn(Schema):
    organisation: str
    reason: str = ""


def _kept(request: HttpRequest, slug: str) -> Alliance:
    found = or_404(queries.visible_alliance(request.user, slug))
    if not can_keep_alliance(request.user, found):
        raise Forbidden("alliances.not_alliance_keeper")
    return found


@router.post("/alliances", response={201: AllianceOut})
def found_alliance(request: HttpRequest, given: FoundIn) -> Status[dict[str, Any]]:
    """Found an alliance; the founder signs the first version of its agreement with it."""
    values = given.dict()
    founder = get_object_or_404(Organisation, slug=values.pop("founder"))
    made = operations.found_alliance(organisation_id=founder.pk, actor=_actor(request), values=values)
    return Status(201, _alliance_out(request, made))


@router.post("/alliances/{alliance}/agreements", response={201: AllianceOut})
def write_agreement(request: HttpRequest, alliance: str, given: AgreementTextIn) -> Status[dict[str, Any]]:
    """A new version, by the founder; every member signs anew."""
    found, values = _kept(request, alliance), given.dict()
    based_on = values.pop("based_on")
    operations.new_agreement(alliance_id=found.pk, actor=_actor(request), values=values, based_on=based_on)
    return Status(201, _alliance_out(request, found))


@router.post("/alliances/{alliance}/invitations", response={201: AllianceOut})
def invite(request: HttpRequest, alliance: str, given: InvitationIn) -> Status[dict[str, Any]]:
    """Ask an association or agency to sign; asked twice, it is asked once."""
    found = _kept(request, alliance)
    place = get_object_or_404(Organisation, slug=given.organisation)
    operations.invite_ally(alliance_id=found.pk, actor=_actor(request), organisation_id=place.pk)
    return Status(201, _alliance_out(request, found))


@router.post("/alliances/{alliance}/departures", response=AllianceOut)
def leave(request: HttpRequest, alliance: str, given: DepartureIn) -> dict[str, Any]:
    """Decline an invitation, or leave once the referrals are settled; by the organisation's administrators."""
    found = or_404(queries.visible_alliance(request.user, alliance))
    if not can_see_alliance(request.user, found):
        raise Forbidden("alliances.not_in_alliance")
    place = get_object_or_404(Organisation, slug=given.organisation)
    operations.decline_or_leave(
        alliance_id=found.pk, actor=_actor(request), organisation_id=place.pk, reason=given.reason
    )
    return _alliance_out(request, found)


@router.delete("/listings/{sharedlisting}", response={204: None})
def unshare(request: HttpRequest, sharedlisting: int) -> Status[None]:
    """Take a listing off the joint list, by who may edit it."""
    found = get_object_or_404(Shared, pk=sharedlisting if 0 < sharedlisting < MOST_ID else 0)
    operations.unshare(shared_id=found.pk, actor=_actor(request))
    return Status(204, None)


@router.post("/referrals/{referral}/withdrawal", response=HandOnOut)
def withdraw(request: HttpRequest, referral: str) -> dict[str, Any]:
    """The giver takes an offer back that nobody has answered."""
    found = or_404(queries.visible_referral(request.user, referral))
    return _referral_out(withdraw_referral(referral_id=found.pk, actor=_actor(request)))
