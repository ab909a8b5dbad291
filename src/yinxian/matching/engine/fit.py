"""The fit table: each indicator of the need beside the result's own figure, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from yinxian.kernel.quantity import Indicator, compare, compatible

from .names import LIKELY, SURE, similarity

MET, FAIL, UNKNOWN = "met", "fail", "unknown"
MOST = 60  # indicators of one side that are compared; a longer list is nobody's demand


@dataclass(frozen=True)
class Row:
    """``asked`` and ``offered`` are indicators; ``shown`` is the result's figure in the need's unit, empty when
    the result gives none; ``quote`` the words it was read from."""

    asked: Mapping[str, Any]
    offered: Mapping[str, Any] | None
    verdict: str
    shown: str
    quote: str

    @property
    def name(self) -> str:
        return str(self.asked.get("name") or self.asked.get("quote") or "")


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...] = ()

    def count(self, verdict: str) -> int:
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def met(self) -> int:
        return self.count(MET)

    @property
    def fail(self) -> int:
        return self.count(FAIL)

    @property
    def unknown(self) -> int:
        return self.count(UNKNOWN)

    def named(self, verdict: str) -> list[str]:
        return [row.name for row in self.rows if row.verdict == verdict]


def fit_table(asked: Sequence[Mapping[str, Any]], offered: Sequence[Mapping[str, Any]]) -> Table:
    """Pair the indicators one to one, best names first, and compare each pair.

    Two indicators are a pair when their names speak of the same thing and their units can be converted. A
    weaker likeness of names is enough where on both sides only one figure has such a unit. Whatever has no
    partner is unknown.
    """
    asked, offered = asked[:MOST], offered[:MOST]
    partner = _pairs(asked, offered)
    rows = []
    for index, wish in enumerate(asked):
        claim = offered[partner[index]] if index in partner else None
        if claim is None:
            rows.append(Row(wish, None, UNKNOWN, "", ""))
            continue
        fit = compare(cast(Indicator, wish), cast(Indicator, claim))
        rows.append(Row(wish, claim, fit.verdict, fit.shown, str(claim.get("quote") or "")))
    return Table(tuple(rows))


def _pairs(asked: Sequence[Mapping[str, Any]], offered: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    names, units = _names(asked), _units(asked)
    their_names, their_units = _names(offered), _units(offered)
    alike: list[tuple[float, int, int]] = []
    for i, name in enumerate(names):
        for j, their_name in enumerate(their_names):
            likeness = similarity(name, their_name)
            if likeness < LIKELY or not compatible(units[i], their_units[j]):
                continue
            if likeness >= SURE or (_alone(units[i], units) and _alone(units[i], their_units)):
                alike.append((likeness, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(alike, key=lambda row: (-row[0], row[1], row[2])):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _alone(unit: str, units: Sequence[str]) -> bool:
    """Whether only one figure of the list can be compared with the unit."""
    return sum(compatible(unit, other) for other in units) == 1


def _names(indicators: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(one.get("name") or "") for one in indicators]


def _units(indicators: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(one.get("unit") or "").strip() for one in indicators]
