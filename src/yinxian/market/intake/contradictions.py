"""Indicators that cannot both hold: the same name, and no value satisfies the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yinxian.kernel.quantity import compare


def mark_contradictions(indicators: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The indicators, those that contradict another marked ``contradicts``; neither is dropped. At most the first
    MOST of a name are compared with each other."""
    by_name: dict[str, list[int]] = {}
    for place, one in enumerate(indicators):
        by_name.setdefault(one["name"], []).append(place)
    marked: set[int] = set()
    for places in by_name.values():
        for number, here in enumerate(places[:MOST]):
            for there in places[number + 1 : MOST]:
                if compare(indicators[here], indicators[there]).verdict == "fail":  # type: ignore[arg-type]  # rows of JSON
                    marked |= {here, there}
    return [{**one, "contradicts": True} if place in marked else dict(one) for place, one in enumerate(indicators)]


MOST = 12
