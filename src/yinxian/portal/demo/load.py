"""Loads the demo: all of it in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from yinxian.network.models import Organisation

from . import introductions, people, results
from .content import records
from .timeline import World, play

PARTS = (people, results, introductions)


def is_loaded() -> bool:
    return Organisation.objects.filter(name=records("organisation")[0]["name"]).exists()


def load(today: dt.date, echo: Callable[[str], object]) -> bool:
    """The year before ``today``, through the product's own operations; False when it is there already."""
    if is_loaded():
        return False
    world = World(today)
    with transaction.atomic():
        play([event for part in PARTS for event in part.events(world)], today)
    return True
