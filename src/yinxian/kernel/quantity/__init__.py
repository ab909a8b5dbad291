"""Quantities with units: read as people here write them, compared in one another's units.

``parse_quantities`` finds them in a text, ``compare`` puts a need's indicator beside a result's. An
indicator is ``{"name", "op", "low", "high", "unit", "quote"}`` with decimal strings; a bare number is a bug
everywhere else. Units are resolved by pint; what pint does not know (件, 级, HRC) compares only with itself.
"""

from .compare import Fit, compare, show_bound
from .model import OPS, Bound, Indicator, Quantity, number, plain
from .read import Found, parse_quantities
from .units import compatible, convert, same_unit

__all__ = [
    "OPS",
    "Bound",
    "Fit",
    "Found",
    "Indicator",
    "Quantity",
    "compare",
    "compatible",
    "convert",
    "number",
    "parse_quantities",
    "plain",
    "same_unit",
    "show_bound",
]
