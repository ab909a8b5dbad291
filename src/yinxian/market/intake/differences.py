"""What changed between two versions of a brief, field by field; words by words inside a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

TEXTS = ("title", "problem", "scene", "tried", "background", "target")
LISTS = ("constraints", "modes", "keywords")
SINGLE = ("budget", "deadline", "duration_months", "ownership", "field")
_WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
LONG = 4_000  # words; beyond it a text is compared sentence by sentence


@dataclass(frozen=True)
class Piece:
    """A stretch of text: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field. Texts carry ``pieces``; lists ``added`` and ``removed``; indicators also ``altered`` pairs."""

    name: str
    before: Any = None
    after: Any = None
    pieces: tuple[Piece, ...] = ()
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()
    altered: tuple[tuple[Any, Any], ...] = field(default=())


def compare_briefs(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The fields that differ, in the order of the brief."""
    changes: list[Change] = []
    for name in TEXTS:
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after:
            changes.append(Change(name, before, after, pieces=compare_words(before, after)))
    if indicators := _indicators(old.get("indicators") or [], new.get("indicators") or []):
        changes.append(indicators)
    for name in LISTS:
        before, after = old.get(name) or [], new.get(name) or []
        added, removed = _beyond(after, before), _beyond(before, after)
        if added or removed:
            changes.append(Change(name, before, after, added=added, removed=removed))
    for name in SINGLE:
        before, after = _single(name, old), _single(name, new)
        if before != after:
            changes.append(Change(name, before, after))
    return changes


def _single(name: str, content: Mapping[str, Any]) -> Any:
    value = content.get(name)
    return value[0]["code"] if name == "field" and value else value or None


def _beyond(these: Sequence[Any], those: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(one for one in these if one not in those)


def _indicators(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Change | None:
    """Rows of one name that differ are altered; the rest is added or removed. The quote does not count."""

    def figures(one: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(one.get(key) for key in ("name", "op", "low", "high", "unit"))

    gone = [one for one in old if figures(one) not in {figures(other) for other in new}]
    come = [one for one in new if figures(one) not in {figures(other) for other in old}]
    altered = []
    for one in list(gone):
        match = next((other for other in come if other.get("name") == one.get("name")), None)
        if match is not None:
            altered.append((one, match))
            gone.remove(one)
            come.remove(match)
    if not (gone or come or altered):
        return None
    return Change("indicators", list(old), list(new), added=tuple(come), removed=tuple(gone), altered=tuple(altered))


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one, with what was taken out and put in. Long texts are compared by sentence."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > LONG:
        old, new = re.split(r"(?<=[。；;\n])", before), re.split(r"(?<=[。；;\n])", after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if j > i:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if m > k:
            pieces.append(Piece("added", "".join(new[k:m])))
    return tuple(pieces)
