"""An association's own words: what its reviewer added over the year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.matching.operations.concepts import Written, add_concept

from .content import Record, records
from .timeline import Event, World

ADDED = 91


def events(world: World) -> Iterator[Event]:
    for concept in records("concept"):
        yield Event(concept["days"], ADDED, partial(_add, world, concept))


def _add(world: World, concept: Record) -> None:
    add_concept(
        association_id=world.pk("organisation", concept["association"]),
        actor=world.people[concept["person"]],
        written=Written(zh=tuple(concept["zh"]), en=tuple(concept["en"]), field=concept["field"]),
    )
