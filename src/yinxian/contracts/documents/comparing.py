"""Two versions laid side by side: clause by clause, and within a clause what was put in and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_LINES = 2_000
MOST_LETTERS = 600  # of a clause, beyond which it is compared by sentences and not by letters
AHEAD = 25  # clauses within which the one that took another's place is looked for
Kind = Literal["same", "changed", "added", "removed"]
Piece = tuple[str, str]  # (same | ins | del, text)


@dataclass(frozen=True)
class Row:
    kind: Kind
    left: list[Piece]
    right: list[Piece]


@dataclass(frozen=True)
class Comparison:
    rows: list[Row]
    cut: bool

    @property
    def changes(self) -> int:
        return sum(row.kind != "same" for row in self.rows)


def compare(left: str, right: str) -> Comparison:
    """Rows of clauses (lines). A number before a clause (3.2, 第五条) does not count as a change by itself."""
    lines = [[line.strip() for line in words.split("\n") if line.strip()] for words in (left, right)]
    cut = any(len(found) > MOST_LINES for found in lines)
    one, other = (found[:MOST_LINES] for found in lines)
    matcher = SequenceMatcher(None, [_plain(line) for line in one], [_plain(line) for line in other], autojunk=False)
    rows: list[Row] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            rows += [Row("same", [("same", x)], [("same", y)]) for x, y in zip(one[a:b], other[c:d], strict=True)]
        else:
            rows += list(_changed(one[a:b], other[c:d]))
    return Comparison(rows, cut)


def _plain(line: str) -> str:
    return re.sub(r"^\s*(?:第[一二三四五六七八九十百\d]+条|\d+(?:\.\d+)*[.、]?)\s*", "", line)


def _changed(one: list[str], other: list[str]) -> Iterator[Row]:
    """Clauses that took each other's place, paired while they have most of their words in common."""
    place = 0
    shapes = [_pairs(line) for line in other]
    for line in one:
        shape = _pairs(line)
        near = range(place, min(len(other), place + AHEAD))
        best = max(near, key=lambda at: _alike(shape, shapes[at]), default=None)
        if best is None or _alike(shape, shapes[best]) < 0.4:
            yield Row("removed", [("del", line)], [])
            continue
        yield from (Row("added", [], [("ins", new)]) for new in other[place:best])
        yield _words(line, other[best])
        place = best + 1
    yield from (Row("added", [], [("ins", new)]) for new in other[place:])


def _pairs(line: str) -> set[str]:
    plain = _plain(line)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}


def _alike(one: set[str], other: set[str]) -> float:
    """The share of pairs of letters in common: cheap, and enough to tell which clause became which."""
    return 2 * len(one & other) / (len(one) + len(other))


def _words(one: str, other: str) -> Row:
    was, now = _parts(one), _parts(other)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, new = "".join(was[a:b]), "".join(now[c:d])
        if tag == "equal":
            left.append(("same", gone))
            right.append(("same", new))
            continue
        if gone:
            left.append(("del", gone))
        if new:
            right.append(("ins", new))
    return Row("changed", left, right)


def _parts(line: str) -> list[str]:
    """Letters, words and figures of a clause; sentences of a very long one."""
    found: list[str] = re.findall(
        r"[A-Za-z]+|[\d.,]+|." if len(line) <= MOST_LETTERS else r"[^。；;]+[。；;]?|[。；;]+", line
    )
    return found
