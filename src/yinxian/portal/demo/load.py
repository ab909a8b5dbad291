"""Loads the demo: all of it in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import override

from yinxian.journal.models import Cursor, Position
from yinxian.journal.operations.entries import give_places
from yinxian.journal.operations.sealing import seal
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock
from yinxian.market import search
from yinxian.network.models import Organisation
from yinxian.notifications.models import Notice

from . import deals, introductions, money, needs, people, results
from .content import records
from .people import PASSWORD as DEMO_PASSWORD
from .timeline import Event, World, play
from .visitors import DEMO_PEOPLE

__all__ = ["DEMO_PASSWORD", "DEMO_PEOPLE", "is_loaded", "load"]

PARTS = (people, results, needs, introductions, deals, money)
EVERY, LAST = 20, 99  # the journal is sealed every so many days, after everything else of that day
NOTICED, UNREAD = dt.timedelta(days=30), dt.timedelta(days=6)


def is_loaded() -> bool:
    return Organisation.objects.filter(name=records("organisation")[0]["name"]).exists()


def load(today: dt.date, echo: Callable[[str], object]) -> bool:
    """The year before ``today``, through the product's own operations; False when it is there already."""
    if is_loaded():
        return False
    world = World(today)
    events = [event for part in PARTS for event in part.events(world)]
    seals = [Event(days, LAST, _seal) for days in range(people.FOUNDED, 0, EVERY)]
    with transaction.atomic(), override("zh-hans"):
        play([*events, *seals], today)
        _settle_down()
        people.give_addresses(world)
    search.reindex()
    counted = Counter(kind for kind, _ in world.made)
    words = {"result": "成果 results", "need": "需求 needs", "introduction": "引荐 introductions", "deal": "项目 deals"}
    echo("  " + "    ".join(f"{counted[kind]} {name}" for kind, name in words.items()))
    return True


def _seal() -> None:
    while give_places():
        pass
    seal()


def _settle_down() -> None:
    """Points, alarms and the index follow; so do the notices of the last weeks, of which the older have been read.
    Nobody is mailed about the past."""
    _seal()
    now = clock.now()
    _read_up_to("notifications.notices", Position.objects.filter(entry__at__lt=now - NOTICED))
    _read_up_to("notifications.mails", Position.objects.all())
    drain()
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=F("created_at"))


def _read_up_to(follower: str, places: QuerySet[Position]) -> None:
    last = places.order_by("-position").values_list("position", flat=True).first()
    Cursor.objects.update_or_create(follower=follower, defaults={"position": last or 0})
