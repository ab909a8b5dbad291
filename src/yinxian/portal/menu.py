"""The menu of every page: what exists, in the order of a day's work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """An item: its address by name, its icon, and which other paths belong to it."""

    name: str
    label: str | Promise
    icon: str
    also: str = ""
    reviewers: bool = False


WORK = (
    Place("portal:home", pgettext_lazy("menu", "工作台"), "layout-list", also=r"/todo/"),
    Place("market:needs", pgettext_lazy("menu", "需求"), "message-2-question"),
    Place("market:results", pgettext_lazy("menu", "成果"), "bulb"),
    Place(
        "portal:matches",
        pgettext_lazy("menu", "撮合"),
        "needle-thread",
        also=r"/(needs|results)/[^/]+/match/|/needs/[^/]+/managers/|/searches/|/ranking/",
    ),
)
RUNNING = (
    Place(
        "deals:introductions",
        pgettext_lazy("menu", "引荐"),
        "heart-handshake",
        also=r"/needs/[^/]+/results/[^/]+/introduce/|/bypass/",
    ),
    Place("deals:deals", pgettext_lazy("menu", "项目"), "route", also=r"/milestones/|/plans/|/royalties/"),
    Place("landing:landings", pgettext_lazy("menu", "落地"), "map-pin", also=r"/needs/[^/]+/team/|/team-invitations/"),
    Place("contracts:contracts", pgettext_lazy("menu", "合同"), "file-text", also=r"/drafts/|/templates/"),
    Place("settlement:accounts", pgettext_lazy("menu", "结算"), "coin-yuan", also=r"/banks/"),
    Place("policies:policies", pgettext_lazy("menu", "政策"), "scale"),
)
PEERS = (
    Place(
        "alliances:directory",
        pgettext_lazy("menu", "协作网络"),
        "users",
        also=r"/organisations/|/managers/|/studios/|/me/card/|/licences/",
    ),
    Place(
        "alliances:mine",
        pgettext_lazy("menu", "协会与联盟"),
        "users-group",
        also=r"/associations/[^/]+/($|join|rules|branches|members)|/branches/|/members/|/alliances/|/referrals/",
    ),
    Place(
        "credentials:mine",
        pgettext_lazy("menu", "证书"),
        "certificate",
        also=r"/(levels|credentials|applications|recognitions|associations)/",
    ),
    Place(
        "exams:mine",
        pgettext_lazy("menu", "考试"),
        "checklist",
        also=r"/exams/|/associations/[^/]+/(exams|questions|graders)/",
    ),
    Place("training:home", pgettext_lazy("menu", "培训"), "school"),
    Place("reputation:points", pgettext_lazy("menu", "积分"), "award"),
)
ASSOCIATION = (
    Place("market:review_queue", pgettext_lazy("menu", "审核"), "clipboard-check", reviewers=True),
    Place("market:imports", pgettext_lazy("menu", "导入"), "table-import", reviewers=True),
    Place("training:desk", pgettext_lazy("menu", "课务"), "calendar", also=r"/training/associations/", reviewers=True),
    Place("matching:concepts", pgettext_lazy("menu", "术语"), "vocabulary", reviewers=True),
)
GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    ("", WORK),
    (pgettext_lazy("menu", "进行中"), RUNNING),
    (pgettext_lazy("menu", "我与同行"), PEERS),
    (pgettext_lazy("menu", "协会"), ASSOCIATION),
)
ME = Place("network:profile", pgettext_lazy("menu", "我的"), "user", also=r"/notices/")
TABS = (WORK[0], WORK[3], RUNNING[1], RUNNING[3], ME)


@cache
def address(name: str) -> str:
    """The path of a page, the same for everybody; nothing where an installation does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _fit(place: Place, url: str, path: str) -> int:
    """How much of the path belongs to the item; 0 for none of it."""
    if place.also and (found := re.match(place.also, path)):
        return 1000 + found.end()
    if url == "/":
        return int(path == "/")
    return len(url) if path.startswith(url) else 0


def chosen(path: str) -> Place | None:
    """The item to which a path belongs most closely."""
    places = [place for _label, group in GROUPS for place in group] + [ME]
    fits = [(_fit(place, url, path), -number) for number, place in enumerate(places) if (url := address(place.name))]
    best = max(fits, default=(0, 0))
    return places[-best[1]] if best[0] else None


def _item(place: Place, url: str, on: Place | None, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "label": place.label,
        "url": url,
        "icon": place.icon,
        "on": place is on,
        "count": counts.get(place.name, 0),
    }


def menu(path: str, counts: Mapping[str, int], *, reviewer: bool) -> list[dict[str, Any]]:
    """Groups of items that exist, for a person; ``counts`` by the name of a page."""
    on = chosen(path)
    groups = []
    for label, places in GROUPS:
        shown = [place for place in places if reviewer or not place.reviewers]
        items = [_item(place, url, on, counts) for place in shown if (url := address(place.name))]
        if items:
            groups.append({"label": label, "items": items})
    return groups


def tabs(path: str) -> list[dict[str, Any]]:
    """The five items at the foot of a phone's screen."""
    on = chosen(path)
    return [_item(place, url, on, {}) for place in TABS if (url := address(place.name))]
