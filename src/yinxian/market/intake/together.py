"""What figures of one sentence take from each other: a rate, a unit, and which of two is only the present."""

from __future__ import annotations

import re
from dataclasses import replace

from yinxian.kernel.quantity import Found, Indicator

from .cues import MOVED_TO, TIME_UNITS, UNITLESS_LAST

UNBOUNDED = ("=", "about")


def at_the_same_rate(words: str, found: Found, rate: tuple[str, str, int] | None) -> Found:
    """从每小时1.2万瓶提到2万瓶: the second is per hour as well."""
    if rate is None or found.bound.unit != rate[0]:
        return found
    between = words[rate[2] : found.start]
    moved = MOVED_TO.match(words[found.start : found.end].strip())  # 每小时400只，需要提高到600只
    if re.search(r"[；;。、\d]" if moved else r"[，,；;。、\d]", between):
        return found
    return replace(found, bound=replace(found.bound, unit=f"{rate[0]}/{rate[1]}"))


def in_the_same_unit(words: str, found: Found, last_unit: str) -> Found:
    """有92分贝，想降到80以下: what it is to be brought to is measured as what it is now."""
    bare = (
        not found.bound.unit
        and found.sign != ""
        and not found.prefix
        and not UNITLESS_LAST.search(words[: found.start])
    )
    if bare and last_unit and MOVED_TO.match(words[found.start : found.end].strip()):
        return replace(found, bound=replace(found.bound, unit=last_unit))
    return found


def of_the_same(pair: tuple[Found, Indicator], name: str, found: Found) -> bool:
    """翘曲量1.5mm，要求不超过0.4mm: the bare figure before the asked one is what there is now."""
    return pair[1]["name"] == name and pair[0].bound.unit == found.bound.unit and pair[0].bound.op == "="


def kind_of(unit: str) -> str:
    """寿命四个月 is spoken of again in 延长到一年: all times are one kind."""
    return "time" if unit in TIME_UNITS else unit


def without_the_present(pairs: list[tuple[Found, Indicator]]) -> list[tuple[Found, Indicator]]:
    """漏液率万分之五，希望降到万分之一: of one name and unit the figure without a bound is what there is now."""
    bounded = {(row["name"], row["unit"]) for found, row in pairs if found.sign and row["op"] not in UNBOUNDED}
    left = [
        (found, row)
        for found, row in pairs
        if (found.sign and row["op"] not in UNBOUNDED) or (row["name"], row["unit"]) not in bounded
    ]
    return sorted(left, key=lambda pair: pair[0].start)
