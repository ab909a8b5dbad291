"""Points as people read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet, Sum

from yinxian.network.models import Organisation, User

from ..models import Point


def points_of(user: User) -> QuerySet[Point]:
    """One's own points, each with its fact and deal."""
    return Point.objects.filter(user=user).select_related("scheme__association", "entry", "deal")


def total_of(user: User) -> int:
    return Point.objects.filter(user=user).aggregate(sum=Sum("amount"))["sum"] or 0


def by_month(user: User) -> list[dict[str, Any]]:
    """[{"month": "2026-03", "points": 40}], oldest first."""
    sums: dict[str, int] = {}
    for at, amount in points_of(user).order_by("at").values_list("at", "amount"):
        sums[at.strftime("%Y-%m")] = sums.get(at.strftime("%Y-%m"), 0) + amount
    return [{"month": month, "points": points} for month, points in sums.items()]


def board(association: Organisation, since: dt.date | None = None) -> QuerySet[Point, Any]:
    """Members of an association by points since a day: user, points, number of facts."""
    found = Point.objects.filter(scheme__association=association, amount__gt=0)
    if since:
        found = found.filter(at__date__gte=since)
    return (
        found.values("user__name", "user__name_en", "user__manager_profile__slug")
        .annotate(points=Sum("amount"), facts=Count("pk"))
        .order_by("-points", "user__name")
    )
