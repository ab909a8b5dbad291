"""Saved searches: what some people let the house look for every night."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.matching.operations.searches import save_search

from .content import Record, records
from .timeline import Event, World

SAVED = 90


def events(world: World) -> Iterator[Event]:
    for search in records("search"):
        yield Event(search["days"], SAVED, partial(_save, world, search))


def _save(world: World, search: Record) -> None:
    person = world.people[search["person"]]
    save_search(actor=person, kind=search["kind"], name=search["name"], words=search["words"])
