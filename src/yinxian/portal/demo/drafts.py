"""Drafts of the other side that a manager had checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.contracts.operations import check_draft

from .content import Record, records
from .timeline import Event, World

CHECKED = 60


def events(world: World) -> Iterator[Event]:
    for draft in records("draft"):
        yield Event(draft["days"], CHECKED, partial(_check, world, draft))


def _check(world: World, draft: Record) -> None:
    made = check_draft(
        actor=world.people[draft["by"]],
        words=draft["words"].strip(),
        name=draft["name"],
        source=draft.get("source", "pasted"),
    )
    world.keep("draft", draft["key"], made.pk)
