"""One's own points, and appeals."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from yinxian.journal.models import Entry
from yinxian.network.models import User

from .. import permissions
from ..models import Appeal, Point
from ..operations.appeals import appeal_point, contest_fact, decide_appeal
from ..queries.points import points_of, total_of
from .schemas import PointAppealOut, PointDecisionIn, PointsOut, ReasonIn

router = Router()
FURTHEST = 10**9  # a row that no list has, and that a database can still count to
LARGEST_ID = 2**63 - 1


@router.get("/points", response=PointsOut)
def my_points(request: HttpRequest, limit: int = 100, offset: int = 0) -> dict[str, Any]:
    """One's own points and refusals, newest first, each with the number of the journal entry that it came from."""
    user = cast(User, request.user)
    start = min(max(offset, 0), FURTHEST)
    items = points_of(user)[start : start + min(max(limit, 1), 500)]
    return {
        "total": total_of(user),
        "items": [
            {
                "id": point.pk,
                "points": point.amount,
                "held": point.held,
                "why": point.why,
                "event": point.event,
                "deal": point.deal.slug if point.deal else "",
                "fact": str(point.entry.uid),
                "corrects": str(point.corrects.entry.uid) if point.corrects else "",
                "at": point.at,
            }
            for point in items
        ],
    }


def _told(appeal: Appeal) -> dict[str, Any]:
    names = ("state", "reason", "decision", "change")
    return {"appeal": appeal.slug, **{name: getattr(appeal, name) for name in names}}


@router.post("/points/{point}/appeal", response=PointAppealOut)
def appeal(request: HttpRequest, point: int, given: ReasonIn) -> dict[str, Any]:
    """Against one's own point, once."""
    if not 0 < point <= LARGEST_ID:
        raise Http404
    found = get_object_or_404(Point, pk=point, user=cast(User, request.user))
    return _told(appeal_point(point_id=found.pk, actor=cast(User, request.user), reason=given.reason))


@router.post("/credit/{measure}/{fact}/contest", response=PointAppealOut)
def contest(request: HttpRequest, measure: str, fact: uuid.UUID, given: ReasonIn) -> dict[str, Any]:
    """Against a fact of one's own credit, once."""
    entry = get_object_or_404(Entry, uid=fact)
    actor = cast(User, request.user)
    return _told(contest_fact(actor=actor, measure=measure, entry_id=entry.pk, reason=given.reason))


def _appeal(request: HttpRequest, slug: str) -> Appeal:
    found = get_object_or_404(Appeal.objects.select_related("association"), slug=slug)
    if not permissions.can_read_appeal(request.user, found):
        raise Http404
    return found


@router.get("/appeals/{pointappeal}", response=PointAppealOut)
def one_appeal(request: HttpRequest, pointappeal: str) -> dict[str, Any]:
    return _told(_appeal(request, pointappeal))


@router.post("/appeals/{pointappeal}/decide", response=PointAppealOut)
def decide(request: HttpRequest, pointappeal: str, given: PointDecisionIn) -> dict[str, Any]:
    found = _appeal(request, pointappeal)
    return _told(decide_appeal(appeal_id=found.pk, actor=cast(User, request.user), **given.dict()))
