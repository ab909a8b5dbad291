"""What the frame of every page shows. Nothing is asked of the database unless the frame is drawn."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest

from yinxian.market.permissions import reviewed_associations
from yinxian.network.members import organisations_of
from yinxian.notifications.queries.notices import unread_count

from .menu import menu, tabs
from .queries.counts import counts_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """Menu, tabs, for whom the person acts, unread notices; nothing for those who have not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "tabs": [], "acting": None, "acting_choices": [], "unread": 0}

    @cache
    def groups() -> list[dict[str, Any]]:
        reviewed = reviewed_associations(user)
        today = getattr(request, "things_today", 0)
        counts = {**counts_for(user, reviewed), "portal:home": today}
        return menu(request.path, counts, reviewer=bool(reviewed))

    return {  # a template calls what can be called, once asked for
        "menu": groups,
        "tabs": cache(lambda: tabs(request.path)),
        "acting": getattr(request, "acting", None),
        "acting_choices": cache(lambda: organisations_of(user)),
        "unread": cache(lambda: unread_count(user)),
    }
