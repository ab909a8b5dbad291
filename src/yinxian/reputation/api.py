"""REST endpoints of reputation."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.network.models import User

from .queries.points import points_of, total_of

router = Router()
FURTHEST = 10**9  # a row that no list has, and that a database can still count to


class PointOut(Schema):
    points: int
    event: str
    deal: str
    fact: str
    at: dt.datetime


class PointsOut(Schema):
    total: int
    items: list[PointOut]


@router.get("/points", response=PointsOut)
def my_points(request: HttpRequest, limit: int = 100, offset: int = 0) -> dict[str, Any]:
    """One's own points, newest first, each with the number of the journal entry that it came from."""
    user = cast(User, request.user)
    start = min(max(offset, 0), FURTHEST)
    items = points_of(user)[start : start + min(max(limit, 1), 500)]
    return {
        "total": total_of(user),
        "items": [
            {
                "points": point.amount,
                "event": point.event,
                "deal": point.deal.slug,
                "fact": str(point.entry.uid),
                "at": point.at,
            }
            for point in items
        ],
    }
