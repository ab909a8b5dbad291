"""A list of needs taken in at once, and what its reviewer set right of what was read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial

from yinxian.market.models import Need
from yinxian.market.operations.feedback import take_out
from yinxian.market.operations.imports import preview_import, queue_import, run_import

from .content import Record, by_key, extra, records
from .timeline import Event, World

TAKEN_IN, SET_RIGHT = 92, 93
HEADS = ("需求编号", "需求名称", "需求内容")


def events(world: World) -> Iterator[Event]:
    for given in records("list"):
        yield Event(given["days"], TAKEN_IN, partial(_take_in, world, given))
    for correction in extra("list", "correction"):
        yield Event(correction["days"], SET_RIGHT, partial(_set_right, world, correction))


def _take_in(world: World, given: Record) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADS, *((row["number"], row["title"], row["words"]) for row in given["row"])])
    person = world.people[given["person"]]
    run = preview_import(
        kind="needs",
        data=text.getvalue().encode(),
        file_name=given["file"],
        owner_id=world.pk("organisation", given["owner"]),
        actor=person,
        source=given["key"],
    )
    queue_import(run_id=run.pk, actor=person)
    run_import(run_id=run.pk)


def _set_right(world: World, correction: Record) -> None:
    """The line whose words hold those of the correction."""
    given = by_key("list")[correction["list"]]
    owner = world.pk("organisation", given["owner"])
    need = Need.objects.get(owner_id=owner, source=given["key"], source_key=correction["number"])
    brief = need.current_brief
    assert brief is not None  # an import writes a brief for each
    rows = brief.content[correction["line"]]
    place = next(place for place, one in enumerate(rows) if correction["words"] in one["quote"])
    take_out(
        need_id=need.pk,
        actor=world.people[given["person"]],
        line=correction["line"],
        place=place,
        seen=brief.number,
    )
