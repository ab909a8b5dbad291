"""How far two briefs of one need agree: what the benchmark measures and what a case of an exam is scored by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yinxian.kernel.quantity import number
from yinxian.kernel.quantity.units import Scale, scale

Figures = tuple[Decimal | None, Decimal | None, Scale]


def figures(indicator: Mapping[str, Any]) -> Figures:
    """What counts of an indicator: its lower end, its upper end and its unit. Names and words do not.

    Spellings of one unit are one unit (米 and m); figures are compared as written in it.
    """
    low, high = (_figure(indicator.get(end)) for end in ("low", "high"))
    return low, high, scale(str(indicator.get("unit") or ""))


def _figure(value: Any) -> Decimal | None:
    found = number(value)
    return None if found is None else found.normalize()


def _base(found: Figures) -> tuple[Any, ...]:
    """The same in base units, so that 50 ppm is 0.005 %."""
    low, high, unit = found
    offset = Decimal(unit.offset.numerator) / unit.offset.denominator
    ends = [
        None if end is None else f"{end * unit.factor.numerator / unit.factor.denominator + offset:.12E}"
        for end in (low, high)
    ]
    return (*ends, unit.dimension, unit.own)


def matched(key: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """For each indicator of the key, the place of one said that has the same figures; each is used once.

    Figures in units of one kind are compared in base units.
    """
    free: dict[tuple[Any, ...], list[int]] = {}
    for place, one in enumerate(said):
        free.setdefault(_base(figures(one)), []).append(place)
    found: list[int | None] = []
    for one in key:
        places = free.get(_base(figures(one)), [])
        found.append(places.pop(0) if places else None)
    return found
