"""REST endpoints of results and needs: the same lists, levels and operations as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .models import Need, Result
from .operations import needs as need_operations
from .operations import results as result_operations
from .queries.details import need_for, result_for
from .queries.lists import market_of
from .queries.shown import Shown
from .schemas import ListingOut, ListingsOut, NeedEdit, ResultEdit, ResultIn, ReviewIn, StateIn

router = Router()
MOST = 100


class Done(Schema):
    """What an operation left: the identifier, the state, and the version to give back with the next edit."""

    slug: str
    state: str
    version: str


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _done(listing: Result | Need) -> dict[str, Any]:
    return {
        "slug": listing.slug,
        "state": listing.state,
        "version": listing.changed_at.astimezone(dt.UTC).isoformat(),
    }


def _out(one: Shown) -> dict[str, Any]:
    """Only the fields that the reader's level holds."""
    return {"kind": one.kind, "slug": one.slug, "level": one.level, "state_name": one.state_name, **one.values}


def _list(request: HttpRequest, kind: str, page: int, size: int) -> dict[str, Any]:
    market = market_of(kind, request.user, request.GET)
    found = Paginator(market.found(), max(1, min(size, MOST))).get_page(page)
    return {
        "count": found.paginator.count,
        "page": found.number,
        "pages": found.paginator.num_pages,
        "items": [_out(row.shown) for row in market.rows(found.object_list)],
    }


@router.get("/results", response=ListingsOut, exclude_unset=True, url_name="results")
def list_results(request: HttpRequest, page: int = 1, size: int = 25) -> dict[str, Any]:
    """Results on the market. ``q``, ``field``, ``mode``, ``trl``, ``price``, ``region``, ``industry`` and ``sort`` as
    in the address of the page; a field that you may not see is not in the answer."""
    return _list(request, "result", page, size)


@router.get("/needs", response=ListingsOut, exclude_unset=True, url_name="needs")
def list_needs(request: HttpRequest, page: int = 1, size: int = 25) -> dict[str, Any]:
    """Needs on the market, with the filters of the page."""
    return _list(request, "need", page, size)


@router.get("/results/{result}", response=ListingOut, exclude_unset=True, url_name="result")
def read_result(request: HttpRequest, result: str) -> dict[str, Any]:
    return _out(or_404(result_for(request.user, result)).shown)


@router.get("/needs/{need}", response=ListingOut, exclude_unset=True, url_name="need")
def read_need(request: HttpRequest, need: str) -> dict[str, Any]:
    return _out(or_404(need_for(request.user, need)).shown)


@router.post("/results", response={201: Done}, url_name="create_result")
def create_result(request: HttpRequest, given: ResultIn) -> Status[dict[str, Any]]:
    """A draft."""
    owner = get_object_or_404(Organisation, slug=given.owner)
    values = given.dict(exclude_unset=True, exclude={"owner"})
    made = result_operations.create_result(owner_id=owner.pk, actor=_actor(request), values=values)
    return Status(201, _done(made))


@router.patch("/results/{result}", response=Done, url_name="edit_result")
def edit_result(request: HttpRequest, result: str, given: ResultEdit) -> dict[str, Any]:
    """Change the fields given. ``version`` is the one that you read; another since is 409."""
    pk = or_404(result_for(request.user, result)).listing.pk
    values = given.dict(exclude_unset=True, exclude={"version"})
    return _done(result_operations.edit_result(result_id=pk, actor=_actor(request), values=values, seen=given.version))


@router.post("/results/{result}/submit", response=Done, url_name="submit_result")
def submit_result(request: HttpRequest, result: str) -> dict[str, Any]:
    pk = or_404(result_for(request.user, result)).listing.pk
    return _done(result_operations.submit_result(result_id=pk, actor=_actor(request)))


@router.post("/results/{result}/withdraw", response=Done, url_name="withdraw_result")
def withdraw_result(request: HttpRequest, result: str) -> dict[str, Any]:
    pk = or_404(result_for(request.user, result)).listing.pk
    return _done(result_operations.withdraw_result(result_id=pk, actor=_actor(request)))


@router.post("/results/{result}/review", response=Done, url_name="review_result")
def review_result(request: HttpRequest, result: str, given: ReviewIn) -> dict[str, Any]:
    """``publish``, ``hold`` or ``reject``, by the association's reviewer."""
    pk = or_404(result_for(request.user, result)).listing.pk
    return _done(result_operations.review_result(result_id=pk, actor=_actor(request), **given.dict()))


@router.patch("/needs/{need}", response=Done, url_name="edit_need")
def edit_need(request: HttpRequest, need: str, given: NeedEdit) -> dict[str, Any]:
    """Change the fields given; the company's words cannot be changed."""
    pk = or_404(need_for(request.user, need)).listing.pk
    values = given.dict(exclude_unset=True, exclude={"version"})
    return _done(need_operations.edit_need(need_id=pk, actor=_actor(request), values=values, seen=given.version))


@router.post("/needs/{need}/review", response=Done, url_name="review_need")
def review_need(request: HttpRequest, need: str, given: ReviewIn) -> dict[str, Any]:
    pk = or_404(need_for(request.user, need)).listing.pk
    return _done(need_operations.review_need(need_id=pk, actor=_actor(request), **given.dict()))


@router.post("/needs/{need}/state", response=Done, url_name="move_need")
def move_need(request: HttpRequest, need: str, given: StateIn) -> dict[str, Any]:
    """Where it stands, except confirmed and published."""
    pk = or_404(need_for(request.user, need)).listing.pk
    return _done(need_operations.move_need(need_id=pk, actor=_actor(request), state=given.state))
