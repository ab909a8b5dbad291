"""What a level asks, compared with the facts there are. No database.

A requirement is {"kind", "name", "at_least"}; kinds and units: hours (name a module or "" for all; whole hours), exam
(points of 100), contracts (how many), amount (fen, the person's parts together), tracks (different technology fields
with a contract), internship (days), learning and practice (points), level (the rank of a lower level held now). Where
``at_least`` is None the association has not decided: such a line is shown and never stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

KINDS = ("hours", "exam", "contracts", "amount", "tracks", "internship", "learning", "practice", "level")
LARGEST = 10**13  # fen: a hundred thousand million yuan
MINUTES, BASIS = 60, 100


class Fact(Protocol):
    """What is read of a proof."""

    kind: str
    name: str
    amount: int


@dataclass(frozen=True)
class Answer:
    """One requirement and how it stands: ``have`` in the requirement's own unit, ``by`` the facts that count."""

    kind: str
    name: str
    at_least: int | None
    have: int
    by: Sequence[Any] = field(default_factory=tuple)

    @property
    def decided(self) -> bool:
        return self.at_least is not None

    @property
    def met(self) -> bool:
        return self.at_least is None or self.have >= self.at_least

    @property
    def missing(self) -> int:
        return max(0, (self.at_least or 0) - self.have)


def _chosen(facts: Iterable[Fact], kind: str, name: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind and (not name or fact.name == name)]


def _counted(kind: str, name: str, facts: Sequence[Fact], level: str, held: Mapping[int, Any]) -> tuple[int, list[Any]]:
    """How much there is, in the requirement's unit, and by which facts."""
    if kind == "level":
        ranks = [rank for rank in held if rank >= int(name or 1)]
        return len(ranks), [held[rank] for rank in ranks]
    if kind == "hours":
        found = _chosen(facts, "hours", name)
        return sum(fact.amount for fact in found) // MINUTES, found
    if kind == "exam":
        found = _chosen(facts, "exam", level)
        best = max(found, key=lambda fact: fact.amount, default=None)
        return (best.amount // BASIS, [best]) if best else (0, [])
    if kind == "internship":
        found = _chosen(facts, "internship", name)
        return sum(fact.amount for fact in found), found
    if kind in ("learning", "practice"):
        found = _chosen(facts, "points", kind)
        return sum(fact.amount for fact in found), found
    found = _chosen(facts, "contract", name)
    if kind == "contracts":
        return len(found), found
    if kind == "amount":
        return sum(fact.amount for fact in found), found
    return len({fact.name for fact in found if fact.name}), found


def answers(
    requirements: Iterable[Mapping[str, Any]], facts: Iterable[Fact], *, level: str, held: Mapping[int, Any]
) -> list[Answer]:
    """Each requirement with what there is. ``level`` is the slug asked for; ``held`` what is held now, by rank."""
    known = list(facts)
    found = []
    for wanted in requirements:
        kind, name = str(wanted["kind"]), str(wanted.get("name") or "")
        have, by = _counted(kind, name, known, level, held)
        found.append(Answer(kind, name, wanted["at_least"], have, tuple(by)))
    return found


def all_met(found: Iterable[Answer]) -> bool:
    return all(answer.met for answer in found)
