"""A paper drawn at random by blueprint. The same bank and the same seed give the same paper, on any machine.

Each question has a place by the SHA-256 of seed and its number; the first so many of a row are taken. Rows that name a
difficulty are served before those that take any, so that a row fails only when the bank really holds too few.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yinxian.credentials.models import Module
from yinxian.kernel.errors import Conflict, Invalid

from ..models import Kind
from .keys import TRUTH

MOST_ROWS, MOST_QUESTIONS, MOST_POINTS, MOST_MINUTES = 60, 300, 100, 600
ANY = 0
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Candidate:
    """A reviewed version that may be drawn; ``slug`` is the question's."""

    version: int
    slug: str
    module: str
    kind: str
    difficulty: int
    options: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    version: int
    points: int
    order: list[str]


@dataclass(frozen=True)
class Want:
    """How a row of a blueprint stands before the bank; ``have`` is what is left for it."""

    module: str
    kind: str
    difficulty: int
    count: int
    have: int

    @property
    def short(self) -> int:
        return max(0, self.count - self.have)


def checked_rows(given: Any) -> list[dict[str, Any]]:
    """Rows with known codes and whole positive figures, each kind of row once; Invalid names what is wrong."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_ROWS:
        raise Invalid("exams.blueprint_rows", field="rows", most=MOST_ROWS)
    rows, seen = [], set()
    for row in given:
        if not isinstance(row, Mapping) or set(row) - {"module", "kind", "difficulty", "count", "points"}:
            raise Invalid("exams.blueprint_row", field="rows")
        module, kind, difficulty = row.get("module"), row.get("kind"), row.get("difficulty", ANY)
        count, points = row.get("count"), row.get("points")
        known = module in Module.values and kind in Kind.values
        whole = all(type(figure) is int for figure in (difficulty, count, points))
        if not known or not whole or difficulty not in (ANY, 1, 2, 3):
            raise Invalid("exams.blueprint_row", field="rows")
        if not 1 <= count <= MOST_QUESTIONS or not 1 <= points <= MOST_POINTS:  # type: ignore[operator]  # whole, above
            raise Invalid("exams.blueprint_figures", field="rows", questions=MOST_QUESTIONS, points=MOST_POINTS)
        if (module, kind, difficulty) in seen:
            raise Invalid("exams.blueprint_twice", field="rows")
        seen.add((module, kind, difficulty))
        rows.append({"module": module, "kind": kind, "difficulty": difficulty, "count": count, "points": points})
    if sum(row["count"] for row in rows) > MOST_QUESTIONS:
        raise Invalid("exams.blueprint_figures", field="rows", questions=MOST_QUESTIONS, points=MOST_POINTS)
    return rows


def wants(rows: Sequence[Row], bank: Iterable[Candidate]) -> list[Want]:
    """Each row with how many questions the bank has left for it, rows that name a difficulty served first."""
    held = Counter((one.module, one.kind, one.difficulty) for one in bank)
    used: Counter[tuple[str, str]] = Counter()
    found: dict[int, Want] = {}
    for place, row in _in_turn(rows):
        module, kind, difficulty, count = row["module"], row["kind"], row["difficulty"], row["count"]
        have = (
            held[module, kind, difficulty]
            if difficulty
            else sum(held[module, kind, one] for one in (1, 2, 3)) - used[module, kind]
        )
        used[module, kind] += min(count, have)
        found[place] = Want(module, kind, difficulty, count, have)
    return [found[place] for place in range(len(rows))]


def _in_turn(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    return sorted(enumerate(rows), key=lambda pair: (pair[1]["difficulty"] == ANY, pair[0]))


def place_of(seed: int, *names: str) -> bytes:
    """Where something stands in the order of a seed."""
    return hashlib.sha256(":".join([str(seed), *names]).encode()).digest()


def draw(rows: Sequence[Row], bank: Sequence[Candidate], seed: int) -> list[Drawn]:
    """The items of a paper, row by row, options shuffled. Conflict when the bank holds too few for a row."""
    short = [want for want in wants(rows, bank) if want.short]
    if short:
        raise Conflict("exams.bank_too_small", missing=sum(want.short for want in short), rows=len(short))
    ordered = sorted(bank, key=lambda one: place_of(seed, one.slug))
    taken: set[str] = set()
    chosen: dict[int, list[Candidate]] = {}
    for place, row in _in_turn(rows):
        fits = [
            one
            for one in ordered
            if one.slug not in taken
            and (one.module, one.kind) == (row["module"], row["kind"])
            and row["difficulty"] in (ANY, one.difficulty)
        ][: row["count"]]
        taken |= {one.slug for one in fits}
        chosen[place] = fits
    return [
        Drawn(one.version, row["points"], _order(one, seed)) for place, row in enumerate(rows) for one in chosen[place]
    ]


def _order(one: Candidate, seed: int) -> list[str]:
    if one.kind == Kind.TRUTH:
        return list(TRUTH)
    return sorted(one.options, key=lambda option: place_of(seed, one.slug, option))
