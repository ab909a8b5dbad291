"""Loads the demo: all of it in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from yinxian.journal.models import Cursor, Position
from yinxian.journal.operations.work import drain, work
from yinxian.kernel import clock
from yinxian.market import search
from yinxian.matching.operations.searches import look_again
from yinxian.network.models import Organisation
from yinxian.notifications.models import Notice

from . import (
    associations,
    banking,
    certificates,
    claims,
    concepts,
    deals,
    drafts,
    examinations,
    introductions,
    landings,
    lists,
    money,
    needs,
    papers,
    people,
    points,
    policies,
    results,
    royalties,
    searches,
    training,
    trials,
)
from .content import records
from .people import PASSWORD as DEMO_PASSWORD
from .timeline import Event, World, play
from .visitors import DEMO_PEOPLE

__all__ = ["DEMO_PASSWORD", "DEMO_PEOPLE", "is_loaded", "load"]

PARTS = (
    people,
    results,
    needs,
    introductions,
    deals,
    papers,
    drafts,
    money,
    searches,
    lists,
    certificates,
    concepts,
    banking,
    royalties,
    landings,
    training,
    claims,
    examinations,
    points,
    associations,
    policies,
    trials,
)
MONTH, LAST = 30, 99  # days; the worker comes after everything else of its day
SILENT, FAR = ("notifications.notices", "notifications.mails", "market.index"), 2**62  # not during the year
NOTICED, UNREAD = dt.timedelta(days=30), dt.timedelta(days=6)


def is_loaded() -> bool:
    return Organisation.objects.filter(name=records("organisation")[0]["name"]).exists()


def load(today: dt.date, echo: Callable[[str], object]) -> bool:
    """The year before ``today``, through the product's own operations; False when it is there already."""
    if is_loaded():
        return False
    world = World(today)
    events = [event for part in PARTS for event in part.events(world)]
    rounds = [Event(days, LAST, work) for days in _working_days()]
    with transaction.atomic(), override("zh-hans"):
        for follower in SILENT:
            _read_up_to(follower, FAR)
        play([*events, *rounds], today)
        _settle_down()
        people.give_addresses(world)
    search.reindex()
    with override("zh-hans"):
        look_again(today)
    counted = Counter(kind for kind, _ in world.made)
    words = {"result": "成果 results", "need": "需求 needs", "introduction": "引荐 introductions", "deal": "项目 deals"}
    echo("  " + "    ".join(f"{counted[kind]} {name}" for kind, name in words.items()))
    return True


def _working_days() -> set[int]:
    """When the worker has its turn: every month, and on each day that somebody earns points."""
    earned = {deal["registration"]["days"] for deal in records("deal") if "registration" in deal}
    earned |= {
        stone["released"] for deal in records("deal") for stone in deal.get("milestone", ()) if "released" in stone
    }
    return {*range(people.FOUNDED, 0, MONTH), *earned}


def _settle_down() -> None:
    """Alarms follow, and the notices of the last weeks, of which the older have been read. Nobody is mailed about
    the past; the index is made anew at the end."""
    work()
    now = clock.now()
    places = Position.objects.order_by("-position").values_list("position", flat=True)
    for follower, since in zip(SILENT, (now - NOTICED, now, now), strict=True):
        _read_up_to(follower, places.filter(entry__at__lt=since).first() or 0)
    drain()
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=F("created_at"))


def _read_up_to(follower: str, position: int) -> None:
    Cursor.objects.update_or_create(follower=follower, defaults={"position": position})
