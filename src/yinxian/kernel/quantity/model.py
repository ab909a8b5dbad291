"""The shapes: a quantity, a bound, an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import TypedDict

OPS = (">=", "<=", ">", "<", "=", "range", "about")
LIMIT = Decimal("1e30")
_ROUND = Context(prec=12)


class Indicator(TypedDict):
    """A measurable demand or claim, as it is kept in JSON. ``quote`` is the words it was read from."""

    name: str
    op: str
    low: str | None
    high: str | None
    unit: str
    quote: str


def number(text: str | Decimal | int | None) -> Decimal | None:
    """A finite decimal within +-1e30, or None for anything else."""
    if text is None or text == "":
        return None
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= LIMIT else None


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros, at most 12 significant digits."""
    shown = format(_ROUND.plus(value), "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in ("-0", "") else shown


@dataclass(frozen=True)
class Quantity:
    value: Decimal
    unit: str

    def __str__(self) -> str:
        return plain(self.value) + tail(self.unit)


def tail(unit: str) -> str:
    """The unit as it stands after a figure: ``%`` and 倍 close, others after a space."""
    return unit if unit in ("", "%", "‰", "倍") else f" {unit}"


@dataclass(frozen=True)
class Bound:
    """What is asked or claimed of one figure. ``=`` and ``about`` keep their value in ``low``."""

    op: str
    low: Decimal | None
    high: Decimal | None
    unit: str

    @classmethod
    def of(cls, indicator: Indicator) -> Bound | None:
        """The bound of an indicator; None when it holds no usable figure. A range upside down is put right."""
        low, high = number(indicator.get("low")), number(indicator.get("high"))
        op = str(indicator.get("op") or "")
        unit = str(indicator.get("unit") or "").strip()
        if op == "range" and low is not None and high is not None:
            return cls("range", min(low, high), max(low, high), unit)
        if op in ("<", "<=") and (value := high if high is not None else low) is not None:
            return cls(op, None, value, unit)
        if op in (">", ">=", "=", "about") and (value := low if low is not None else high) is not None:
            return cls(op, value, None, unit)
        return None
