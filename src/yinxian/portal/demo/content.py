"""Reads the demo's texts: TOML beside this module, dates as days counted from today."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

Record = dict[str, Any]
FOLDERS = {
    "organisation": "organisations",
    "person": "people",
    "result": "results",
    "need": "needs",
    "concept": "story/concepts",
    "search": "story/searches",
    "list": "story/lists",
    "certificate": "certificates",
    "course": "training",
    "match": "story/matches",
    "introduction": "story/introductions",
    "deal": "story/deals",
    "draft": "story/drafts",
    "paper": "story/papers",
    "association": "story/associations",
    "landing": "story/landings",
}


def _tables(folder: Traversable) -> Iterator[Record]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def records(kind: str) -> tuple[Record, ...]:
    """All records of a kind (a key of ``FOLDERS``), in the order of files and of lines in them."""
    folder = files(__package__) / "content"
    for part in FOLDERS[kind].split("/"):
        folder = folder / part
    return tuple(record for table in _tables(folder) for record in table[kind])


@cache
def extra(kind: str, name: str) -> tuple[Record, ...]:
    """Further tables that stand in the files of a kind."""
    folder = files(__package__) / "content"
    for part in FOLDERS[kind].split("/"):
        folder = folder / part
    return tuple(record for table in _tables(folder) for record in table.get(name, ()))


def by_key(kind: str) -> dict[str, Record]:
    return {record["key"]: record for record in records(kind)}


def indicators(written: list[Record]) -> list[Record]:
    """The house's form of an indicator: a bound on the right side of ``op``, the missing one None."""
    found = []
    for row in written:
        value, op = row.get("value"), row["op"]
        below = op in {"<", "<="}
        low, high = (None, value) if below else (value, None)
        found.append(
            {
                "name": row["name"],
                "op": op,
                "low": row.get("low", low),
                "high": row.get("high", high),
                "unit": row["unit"],
                "quote": row["quote"],
            }
        )
    return found
