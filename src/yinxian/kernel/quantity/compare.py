"""A need's indicator beside a result's: met, fail or unknown, in the need's unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from .model import Bound, Indicator, plain, tail
from .units import convert

SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "about": "≈ "}
_STEP = re.compile(
    r"温差|温升|波动|偏差|误差|精度|均匀|升温|降温|变化|差值|差$|difference|deviation|rise", re.IGNORECASE
)
_SHOWN = Context(prec=4)
_SAME = Context(prec=20)
MOST_DECIMALS = 3
SLACK = Decimal("0.1")  # 约 50 is taken as 45 to 55


@dataclass(frozen=True)
class Fit:
    """``shown`` is the result's own figure in the need's unit, or as written when the units differ."""

    verdict: str
    shown: str


def compare(need: Indicator, result: Indicator) -> Fit:
    """Met when every value that the result claims satisfies the need, fail when none does, else unknown.

    Units that cannot be converted, and indicators without a usable figure, are unknown. Temperatures are
    points on the scale unless the name says that a difference is meant.
    """
    asked, claimed = Bound.of(need), Bound.of(result)
    if claimed is None:
        return Fit("unknown", str(result.get("quote") or ""))
    if asked is None:
        return Fit("unknown", show_bound(claimed))
    step = bool(_STEP.search(f"{need.get('name', '')} {result.get('name', '')}"))
    turned = _in_unit(claimed, asked.unit, step)
    if turned is None:
        return Fit("unknown", show_bound(claimed))
    return Fit(_verdict(asked, turned), show_bound(turned))


def show_bound(bound: Bound) -> str:
    """``≤ 40 ppm``, ``2–3 mm``, ``18 ℃``; what a conversion makes longer is cut to four significant digits."""
    if bound.op == "range" and bound.low is not None and bound.high is not None:
        return f"{_short(bound.low)}–{_short(bound.high)}{tail(bound.unit)}"
    value = bound.high if bound.low is None else bound.low
    return "" if value is None else f"{SIGNS.get(bound.op, '')}{_short(value)}{tail(bound.unit)}"


def _short(value: Decimal) -> str:
    exact = plain(value)
    return exact if len(exact.partition(".")[2]) <= MOST_DECIMALS else plain(_SHOWN.plus(value))


def _in_unit(bound: Bound, unit: str, step: bool) -> Bound | None:
    low = None if bound.low is None else convert(bound.low, bound.unit, unit, step=step)
    high = None if bound.high is None else convert(bound.high, bound.unit, unit, step=step)
    if (low is None) != (bound.low is None) or (high is None) != (bound.high is None):
        return None
    return Bound(bound.op, low and _SAME.plus(low), high and _SAME.plus(high), unit)


End = tuple[Decimal, bool]  # the value, and whether it belongs to the interval


def _interval(bound: Bound) -> tuple[End | None, End | None]:
    if bound.op == "range" and bound.low is not None and bound.high is not None:
        return (bound.low, True), (bound.high, True)
    if bound.op in (">", ">=") and bound.low is not None:
        return (bound.low, bound.op == ">="), None
    if bound.op in ("<", "<=") and bound.high is not None:
        return None, (bound.high, bound.op == "<=")
    value = bound.low if bound.low is not None else bound.high
    assert value is not None  # Bound.of gives no other
    slack = abs(value) * SLACK if bound.op == "about" else Decimal(0)
    return (value - slack, True), (value + slack, True)


def _verdict(asked: Bound, claimed: Bound) -> str:
    (ask_low, ask_high), (has_low, has_high) = _interval(asked), _interval(claimed)
    low_ok = ask_low is None or (has_low is not None and _inside(has_low, ask_low))
    high_ok = ask_high is None or (has_high is not None and _inside(has_high, ask_high, upper=True))
    if low_ok and high_ok:
        return "met"
    return "fail" if _apart(has_high, ask_low) or _apart(ask_high, has_low) else "unknown"


def _inside(end: End, limit: End, *, upper: bool = False) -> bool:
    if end[0] == limit[0]:
        return limit[1] or not end[1]
    return end[0] < limit[0] if upper else end[0] > limit[0]


def _apart(below: End | None, above: End | None) -> bool:
    """Whether everything up to ``below`` lies under everything from ``above`` on."""
    if below is None or above is None:
        return False
    return below[0] < above[0] or (below[0] == above[0] and not (below[1] and above[1]))
