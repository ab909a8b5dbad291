"""What anyone may see: the latest of the market, and the map of it for search engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from yinxian.market.queries.levels import PUBLIC, listed_needs, listed_results
from yinxian.market.queries.shown import Shown, shown
from yinxian.network.models import ManagerProfile
from yinxian.network.queries.directory import organisations

LATEST = 4
MOST = 50_000  # addresses of one sitemap (sitemaps.org)
ANYONE = AnonymousUser()


def latest() -> dict[str, list[Shown]]:
    """Teasers of the newest public results and needs."""
    found: dict[str, Any] = {"results": listed_results(ANYONE), "needs": listed_needs(ANYONE)}
    return {
        name: [shown(one, PUBLIC) for one in rows.order_by("-published_on", "-pk")[:LATEST]]
        for name, rows in found.items()
    }


def figures() -> dict[str, int]:
    return {
        "results": listed_results(ANYONE).count(),
        "needs": listed_needs(ANYONE).count(),
        "managers": ManagerProfile.objects.filter(association__isnull=False).count(),
        "organisations": organisations().count(),
    }


def addresses() -> Iterator[tuple[str, dt.date | None]]:
    """Paths of public pages, with the day of the last change where it is known."""
    for name in (
        "portal:home",
        "portal:about",
        "market:needs",
        "market:results",
        "alliances:directory",
        "alliances:studios",
    ):
        yield reverse(name), None
    yield reverse("network:organisations"), None
    for kind, rows in (("result", listed_results(ANYONE)), ("need", listed_needs(ANYONE))):
        for slug, changed in rows.order_by("-pk").values_list("slug", "changed_at")[: MOST // 2 - 10]:
            yield reverse(f"market:{kind}", args=[slug]), changed.date()
