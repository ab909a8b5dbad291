"""Alliances, joint lists and referrals."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_needs, visible_results
from yinxian.network.models import Organisation, User

from ..models import Alliance, Referral
from ..operations import referrals as operations
from ..operations.alliances import share_listing, sign_agreement
from ..permissions import ally_ids, can_see_alliance
from ..queries import alliances as queries

router = Router()
MOST = 100


class AlliesOut(Schema):
    organisation: str
    state: str
    version: int | None
    current: bool
    sealed: bool


class AllianceOut(Schema):
    """``agreement`` is empty for who is neither a member nor asked to sign."""

    slug: str
    name: str
    founder: str
    version: int
    sha256: str
    agreement: str
    share_bp: int
    allies: list[AlliesOut]


class AlliancesOut(Schema):
    count: int
    page: int
    pages: int
    items: list[str]


class SignIn(Schema):
    organisation: str
    version: int


class JointIn(Schema):
    """``kind``: need or result."""

    kind: str
    slug: str


class JointOut(Schema):
    """``id`` is what takes it off the list again."""

    id: int
    kind: str
    slug: str
    title: str
    organisation: str


class HandOnIn(Schema):
    """``share_bp``: basis points of the manager's fee for the giver."""

    giver: str
    taker: str
    kind: str
    slug: str
    share_bp: int
    note: str = ""


class HandOnOut(Schema):
    slug: str
    giver: str
    taker: str
    kind: str
    listing: str
    state: str
    share_bp: int
    outcome: str


class HandOnsOut(Schema):
    count: int
    page: int
    pages: int
    items: list[HandOnOut]


class HandOnAnswerIn(Schema):
    take: bool
    share_bp: int
    answer: str = ""


class HandOnEndIn(Schema):
    done: bool
    outcome: str


def _actor(request: HttpRequest) -> User:
    return cast(User, request.user)


def _inside(request: HttpRequest, slug: str) -> Alliance:
    found = or_404(queries.visible_alliance(request.user, slug))
    if not ally_ids(request.user, found):
        raise Forbidden("alliances.not_in_alliance")
    return found


def _listing(request: HttpRequest, kind: str, slug: str) -> Need | Result:
    if kind == "need":
        return get_object_or_404(visible_needs(request.user), slug=slug)
    return get_object_or_404(visible_results(request.user), slug=slug)


def _alliance_out(request: HttpRequest, one: Alliance) -> dict[str, Any]:
    latest, inside = queries.latest_agreement(one), can_see_alliance(request.user, one)
    places = [place for place in queries.places(one) if inside or place.ally.state == "joined"]
    return {
        "slug": one.slug,
        "name": one.shown_name,
        "founder": one.founder.slug,
        "version": latest.number,
        "sha256": latest.sha256,
        "agreement": latest.text if inside else "",
        "share_bp": latest.share_bp,
        "allies": [
            {
                "organisation": place.ally.organisation.slug,
                "state": place.ally.state,
                "version": place.signature.agreement.number if place.signature else None,
                "current": place.current,
                "sealed": place.sealed,
            }
            for place in places
        ],
    }


def _referral_out(one: Referral) -> dict[str, Any]:
    listing = one.need or one.result
    return {
        "giver": one.giver.slug,
        "taker": one.taker.slug,
        "kind": "need" if one.need_id else "result",
        "listing": listing.slug if listing else "",
        **{name: getattr(one, name) for name in ("slug", "state", "share_bp", "outcome")},
    }


@router.get("/alliances", response=AlliancesOut, auth=None)
def list_alliances(request: HttpRequest, q: str = "", sort: str = "", page: int = 1, size: int = 25) -> dict[str, Any]:
    """Numbers of the alliances that stand. ``sort``: name, members, new."""
    at = Paginator(queries.alliances(q[:60], sort), max(1, min(size, MOST))).get_page(page)
    items = [one.slug for one in at.object_list]
    return {"count": at.paginator.count, "page": at.number, "pages": at.paginator.num_pages, "items": items}


@router.get("/alliances/{alliance}", response=AllianceOut, auth=None)
def read_alliance(request: HttpRequest, alliance: str) -> dict[str, Any]:
    """Who is in an alliance and has signed which version."""
    return _alliance_out(request, or_404(queries.visible_alliance(request.user, alliance)))


@router.post("/alliances/{alliance}/signatures", response=AllianceOut)
def sign(request: HttpRequest, alliance: str, given: SignIn) -> dict[str, Any]:
    """An organisation's yes to the version that was read; 409 where there is a newer one."""
    found = or_404(queries.visible_alliance(request.user, alliance))
    place = get_object_or_404(Organisation, slug=given.organisation)
    sign_agreement(alliance_id=found.pk, actor=_actor(request), organisation_id=place.pk, version=given.version)
    return _alliance_out(request, found)


@router.get("/alliances/{alliance}/listings", response=list[JointOut])
def joint_list(request: HttpRequest, alliance: str) -> list[dict[str, Any]]:
    """The joint list, each listing as you may see it."""
    rows = queries.joint_list(_inside(request, alliance), request.user)
    return [
        {
            "id": row.shared.pk,
            "kind": row.listing.kind,
            "slug": row.listing.slug,
            "title": row.listing.heading,
            "organisation": row.shared.organisation.slug,
        }
        for row in rows
    ]


@router.post("/alliances/{alliance}/listings", response={201: JointOut})
def share(request: HttpRequest, alliance: str, given: JointIn) -> Status[dict[str, Any]]:
    """Put a listing that you may edit on the joint list."""
    found, listing = _inside(request, alliance), _listing(request, given.kind, given.slug)
    made = share_listing(alliance_id=found.pk, actor=_actor(request), listing=listing)
    shown = {"id": made.pk, "kind": given.kind, "slug": listing.slug, "title": listing.shown_title}
    return Status(201, shown | {"organisation": made.organisation.slug})


@router.get("/alliances/{alliance}/referrals", response=list[HandOnOut])
def list_referrals(request: HttpRequest, alliance: str) -> list[dict[str, Any]]:
    """Given or taken by your organisations, newest 100."""
    return [_referral_out(one) for one in queries.referrals_of(_inside(request, alliance), request.user)[:MOST]]


@router.get("/referrals", response=HandOnsOut)
def list_all_referrals(
    request: HttpRequest,
    q: str = "",
    state: str = "",
    side: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 25,
) -> dict[str, Any]:
    """Of every alliance. ``side``: given or taken by your organisations; ``sort``: new, old, share, state."""
    rows = queries.all_referrals(request.user, text=q[:60], state=state, side=side, sort=sort)
    at = Paginator(rows, max(1, min(size, MOST))).get_page(page)
    items = [_referral_out(one) for one in at.object_list]
    return {"count": at.paginator.count, "page": at.number, "pages": at.paginator.num_pages, "items": items}


@router.post("/alliances/{alliance}/referrals", response={201: HandOnOut})
def refer(request: HttpRequest, alliance: str, given: HandOnIn) -> Status[dict[str, Any]]:
    """Offer a need or a result to another member, with the share agreed beforehand."""
    found = _inside(request, alliance)
    made = operations.offer_referral(
        alliance_id=found.pk,
        actor=_actor(request),
        giver_id=get_object_or_404(Organisation, slug=given.giver).pk,
        taker_id=get_object_or_404(Organisation, slug=given.taker).pk,
        listing=_listing(request, given.kind, given.slug),
        share_bp=given.share_bp,
        note=given.note,
    )
    return Status(201, _referral_out(made))


@router.post("/referrals/{referral}/answer", response=HandOnOut)
def answer(request: HttpRequest, referral: str, given: HandOnAnswerIn) -> dict[str, Any]:
    """Take it, agreeing to the share as read, or decline."""
    found = or_404(queries.visible_referral(request.user, referral))
    made = operations.answer_referral(
        referral_id=found.pk, actor=_actor(request), take=given.take, share_bp=given.share_bp, answer=given.answer
    )
    return _referral_out(made)


@router.post("/referrals/{referral}/end", response=HandOnOut)
def end(request: HttpRequest, referral: str, given: HandOnEndIn) -> dict[str, Any]:
    """How it ended, by the taker."""
    found = or_404(queries.visible_referral(request.user, referral))
    made = operations.end_referral(referral_id=found.pk, actor=_actor(request), done=given.done, outcome=given.outcome)
    return _referral_out(made)
