"""The directory, cards and studios."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Router, Schema, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import User

from ..models import Card, Studio
from ..operations.cards import save_card
from ..operations.studios import leave_message
from ..queries import directory as queries
from ..queries import studios as studio_queries

router = Router()
MOST = 100


class TrackOut(Schema):
    name: str
    evidence: str


class CardOut(Schema):
    """A part that its owner does not show you is empty; ``free`` is how many more deals they take."""

    slug: str
    profession: str
    name: str
    organisation: str
    headline: str
    about: str
    tracks: list[TrackOut]
    regions: list[str]
    languages: list[str]
    level: str
    licences: list[str]
    free: int | None


class DirectoryOut(Schema):
    """``counts`` are by dimension and value, each under the choices of the other dimensions."""

    count: int
    page: int
    pages: int
    items: list[CardOut]
    counts: dict[str, dict[str, int]]


class CardIn(Schema):
    """``shows`` are the parts that anyone may read: name, organisation, about, tracks, regions, languages, level,
    licences, capacity. ``audience``: nobody, network, public."""

    profession: str
    headline: str = ""
    headline_en: str = ""
    capacity: int | None = None
    audience: str = "network"
    shows: list[str] = []
    noindex: bool = True


class StudioOut(Schema):
    slug: str
    name: str
    about: str
    region: str
    tracks: list[str]
    members: list[str]
    cases: list[dict[str, Any]]


class StudiosOut(Schema):
    count: int
    page: int
    pages: int
    items: list[str]


class LetterIn(Schema):
    name: str
    contact: str
    text: str


class LetterOut(Schema):
    left: bool


def _card_out(one: queries.Shown) -> dict[str, Any]:
    names = ("name", "organisation", "headline", "about", "tracks", "regions", "languages", "level", "free")
    return {name: getattr(one, name) for name in names} | {
        "slug": one.card.slug,
        "profession": one.card.profession,
        "licences": [f"{licence.name} {licence.number}" for licence in one.licences],
    }


def _studio_out(one: Studio) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "name": one.shown_name,
        "about": one.shown_about,
        "region": one.region,
        "tracks": one.tracks,
        "members": [row.user.shown_name for row in studio_queries.shown_members(one)],
        "cases": [
            {"year": case.year, "field": case.field, "kind": case.kind, "amount": case.amount}
            for case in studio_queries.cases_of(one)
        ],
    }


@router.get("/directory", response=DirectoryOut, auth=None)
def read_directory(
    request: HttpRequest,
    q: str = "",
    profession: str = "",
    kind: str = "",
    field: str = "",
    region: str = "",
    language: str = "",
    level: str = "",
    free: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 25,
) -> dict[str, Any]:
    """The directory as you may read it. ``sort``: level, free, name; ``free=1``: who takes more deals."""
    given = {"q": q, "profession": profession, "kind": kind, "field": field, "region": region}
    given |= {"language": language, "level": level, "free": free, "sort": sort}
    answer = queries.directory(request.user, given, page=min(page, 10**6), size=max(1, min(size, MOST)))
    return {
        "count": answer.count,
        "page": answer.page,
        "pages": answer.pages,
        "items": [_card_out(one) for one in answer.cards],
        "counts": {facet.name: {one.value: one.count for one in facet.choices} for facet in answer.facets},
    }


@router.get("/directory/{card}", response=CardOut, auth=None)
def read_card(request: HttpRequest, card: str) -> dict[str, Any]:
    return _card_out(or_404(queries.visible_card(request.user, card)))


@router.put("/card", response=CardOut)
def edit_card(request: HttpRequest, given: CardIn) -> dict[str, Any]:
    """One's own card: what it says, who finds it and what anyone may read of it."""
    made: Card = save_card(actor=cast(User, request.user), values=given.dict())
    return _card_out(or_404(queries.visible_card(request.user, made.slug)))


@router.get("/studios", response=StudiosOut, auth=None)
def list_studios(
    request: HttpRequest,
    q: str = "",
    region: str = "",
    field: str = "",
    sort: str = "",
    page: int = 1,
    size: int = 25,
) -> dict[str, Any]:
    """Numbers of studios. ``sort``: name, new, cases."""
    rows = studio_queries.studios(request.user, text=q[:60], region=region[:6], field=field, sort=sort)
    at = Paginator(rows, max(1, min(size, MOST))).get_page(page)
    items = [one.slug for one in at.object_list]
    return {"count": at.paginator.count, "page": at.number, "pages": at.paginator.num_pages, "items": items}


@router.get("/studios/{studio}", response=StudioOut, auth=None)
def read_studio(request: HttpRequest, studio: str) -> dict[str, Any]:
    """A studio as its public page shows it."""
    return _studio_out(or_404(studio_queries.visible_studio(request.user, studio)))


@router.post("/studios/{studio}/messages", response={201: LetterOut})
def write_to_studio(request: HttpRequest, studio: str, given: LetterIn) -> Status[dict[str, Any]]:
    """Words for the members of a studio."""
    found = or_404(studio_queries.visible_studio(request.user, studio))
    leave_message(studio_id=found.pk, actor=cast(User, request.user), **given.dict())
    return Status(201, {"left": True})
