"""What a unit is worth: factor and offset to base units, dimension, and what only compares with itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .words import ALIASES, TEMPERATURE, WORDS

KELVIN = (("[temperature]", 1),)
_TOKEN = re.compile(r"(dB\(A\)|[/·•*×()]|\.(?=[A-Za-z])|\^?-?\d+|-?[²³]|[^\s/·•*×.()\d²³^\-]+)")
_POWERS = {"²": 2, "³": 3, "-²": -2, "-³": -3}
_OFFSETS = {"degC": (Fraction(1), Fraction("273.15")), "degF": (Fraction(5, 9), Fraction("459.67") * 5 / 9)}


@dataclass(frozen=True)
class Scale:
    """value * factor + offset is the value in base units of ``dimension``; ``own`` are units pint has not."""

    factor: Fraction
    offset: Fraction
    dimension: tuple[tuple[str, int], ...]
    own: tuple[tuple[str, int], ...]

    def comparable(self, other: Scale) -> bool:
        return self.dimension == other.dimension and self.own == other.own


@lru_cache(maxsize=1)
def _registry() -> Any:
    """Pint's registry on decimals; loaded on first use because it takes a moment."""
    from pint import UnitRegistry  # noqa: PLC0415

    return UnitRegistry(non_int_type=Decimal, cache_folder=None)


@lru_cache(maxsize=2048)
def _base(expression: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    registry = _registry()
    quantity = registry.Quantity(Decimal(1), "dimensionless") * registry.parse_expression(expression)
    base = quantity.to_base_units()
    dimension = tuple(sorted((str(name), int(power)) for name, power in base.dimensionality.items()))
    return Fraction(Decimal(str(base.magnitude))), dimension


def _word(word: str) -> tuple[Fraction, dict[str, int], dict[str, int]]:
    """Factor, dimension and own units of one word."""
    if word in ALIASES and "/" in ALIASES[word]:
        over, _, under = ALIASES[word].partition("/")
        factor, dimension = _base(under)
        return 1 / factor, {name: -power for name, power in dimension}, {over: 1}
    word = ALIASES.get(word, word)
    if word in TEMPERATURE:  # inside a compound a degree is a step, not a point on the scale
        return _OFFSETS.get(TEMPERATURE[word], (Fraction(1), 0))[0], {"[temperature]": 1}, {}
    expression = WORDS.get(word, f"!{word}")
    if expression.startswith("!"):
        return Fraction(1), {}, {expression[1:]: 1}
    factor, dimension = _base(expression)
    return factor, dict(dimension), {}


@lru_cache(maxsize=4096)
def scale(unit: str, step: bool = False) -> Scale:
    """The scale of a unit as written. ``step``: temperatures are differences (温差), not points."""
    unit = unit.strip().replace("µ", "μ")
    if unit in TEMPERATURE and not step:
        factor, offset = _OFFSETS.get(TEMPERATURE[unit], (Fraction(1), Fraction(0)))
        return Scale(factor, offset, KELVIN, ())
    if not unit:
        return Scale(Fraction(1), Fraction(0), (), (("", 1),))
    whole = Fraction(1)
    dims: dict[str, int] = {}
    own: dict[str, int] = {}
    sign, depth_signs = 1, [1]
    last: tuple[Fraction, dict[str, int], dict[str, int], int] = (Fraction(1), {}, {}, 0)
    tokens = _TOKEN.findall(unit)
    for place, token in enumerate(tokens):
        if token == "/":
            sign = -1 * depth_signs[-1]
        elif token.isdigit() and place and tokens[place - 1] == "/":  # g/10min, N/5cm
            whole *= Fraction(int(token)) ** sign
        elif token == "(":
            depth_signs.append(sign)
        elif token == ")":
            if len(depth_signs) > 1:
                depth_signs.pop()
            sign = depth_signs[-1]
        elif token in "·•*×.":
            continue
        elif token in _POWERS or token.lstrip("^-").isdigit():
            power = _POWERS.get(token) or int(token.lstrip("^"))
            factor, dimension, mine, direction = last
            if not direction or abs(power) > 9:
                continue
            whole *= factor ** (direction * (power - 1))
            _add(dims, dimension, direction * (power - 1))
            _add(own, mine, direction * (power - 1))
            last = (Fraction(1), {}, {}, 0)
        else:
            factor, dimension, mine = _word(token)
            whole *= factor**sign
            _add(dims, dimension, sign)
            _add(own, mine, sign)
            last = (factor, dimension, mine, sign)
    return Scale(whole, Fraction(0), _sorted(dims), _sorted(own))


def _add(into: dict[str, int], what: dict[str, int], times: int) -> None:
    for name, power in what.items():
        into[name] = into.get(name, 0) + power * times


def _sorted(powers: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def compatible(one: str, other: str) -> bool:
    """Whether figures in the two units can be compared. A bare number compares with bare numbers only."""
    return scale(one).comparable(scale(other))


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings mean one unit: 米 and m, KN and kN."""
    return scale(one) == scale(other)


def convert(value: Decimal, unit: str, to: str, *, step: bool = False) -> Decimal | None:
    """The value in another unit, None when the units cannot be compared. Exact to 24 digits."""
    source, target = scale(unit, step), scale(to, step)
    if not source.comparable(target):
        return None
    if source == target:
        return value
    exact = (Fraction(value) * source.factor + source.offset - target.offset) / target.factor
    return Decimal(exact.numerator) / Decimal(exact.denominator)
