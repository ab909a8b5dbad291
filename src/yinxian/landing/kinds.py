"""What a team may need in a place: figures with their units, and permits that a region has or has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel.errors import Invalid
from yinxian.kernel.quantity import convert, number, parse_quantities, plain
from yinxian.kernel.quantity.numerals import flatten

LARGEST = Decimal(10) ** 9  # of any unit: no site is larger
MOST_LINES, LONGEST_NAME, LONGEST_LINE = 12, 30, 120
PLACES = Decimal("0.01")  # from 1 up; less is kept as typed


@dataclass(frozen=True)
class Figure:
    """A figure that is asked for and offered: ``op`` says whether the region's may be more or less."""

    key: str
    name: Promise
    unit: str
    op: str = ">="

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return str(self.name)

    @property
    def shown_unit(self) -> str:
        """The unit in the reader's language."""
        return str(UNITS.get(self.unit, self.unit))


UNITS: dict[str, Promise] = {
    "人": pgettext_lazy("unit", "人"),
    "套": pgettext_lazy("unit", "套"),
    "个月": pgettext_lazy("unit", "个月"),
}
FIGURES = (
    Figure("area", _("场地面积"), "m²"),
    Figure("clean", _("洁净区面积"), "m²"),
    Figure("height", _("净高"), "m"),
    Figure("load", _("楼面荷载"), "t/m²"),
    Figure("power", _("用电容量"), "kVA"),
    Figure("staff", _("可招技工"), "人"),
    Figure("flats", _("人才公寓"), "套"),
    Figure("free", _("免租期"), "个月"),
)
FIGURE = {figure.key: figure for figure in FIGURES}


class Permit(TextChoices):
    """Capacity and permits that a team may depend on."""

    PILOT = "pilot", _("中试平台")
    GMP = "gmp", _("GMP 车间")
    FLIGHT = "flight", _("试飞空域")
    HAZARD = "hazard", _("危险化学品使用许可")
    EIA = "eia", _("环评准入")
    RADIATION = "radiation", _("辐射安全许可")
    CLINICAL = "clinical", _("临床试验机构")
    TESTING = "testing", _("注册检验与检测")


class Has(TextChoices):
    """What a region says of a permit; "can" is a promise still to be kept, so it meets nothing yet."""

    HAS = "has", _("现成")
    CAN = "can", _("可申办")
    NONE = "none", _("没有")


def read_quantity(given: str, unit: str, *, field: str, zero: bool = False) -> str | None:
    """One figure in ``unit`` as a plain decimal, from what was typed ("1,200", "2 亩", "1.5 MVA"); None for nothing.

    Rounded to PLACES, needs and offers alike: 2 亩 is 1,333.33 m².
    Invalid("landing.quantity") for what is no single figure, cannot be in this unit, is below zero (or zero, where
    that means nothing), or is beyond LARGEST.
    """
    typed = flatten(given.strip()).strip()
    if not typed:
        return None
    found = list(parse_quantities(typed)) if len(typed) <= LONGEST_NAME else []
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(typed)
    value = found[0].bound.low if whole and found[0].bound.op == "=" else None
    if value is not None and found[0].bound.unit:
        value = convert(value, found[0].bound.unit, unit)
    if value is None or not 0 <= value <= LARGEST or (value == 0 and not zero):
        raise Invalid("landing.quantity", field=field, unit=unit)
    return plain(value if value < 1 else value.quantize(PLACES, ROUND_HALF_UP))


def read_lines(given: str, *, field: str) -> list[dict[str, Any]]:
    """Further figures of one's own, a line each: "跑道长度：≥ 800 m". Invalid naming the line that cannot be read."""
    lines = [line.strip() for line in given.replace("\r", "\n").split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise Invalid("landing.too_many_lines", field=field, limit=MOST_LINES)
    return [_indicator(line, place, field) for place, line in enumerate(lines, 1)]


def _indicator(line: str, place: int, field: str) -> dict[str, Any]:
    name, colon, rest = line.replace("：", ":").partition(":")
    found = list(parse_quantities(rest)) if len(line) <= LONGEST_LINE else []
    if not colon or not 0 < len(name.strip()) <= LONGEST_NAME or len(found) != 1:
        raise Invalid("landing.line", field=field, place=place)
    bound = found[0].bound
    ends = [None if end is None else plain(end) for end in (bound.low, bound.high)]
    if any(end is not None and not 0 <= Decimal(end) <= LARGEST for end in ends):
        raise Invalid("landing.line", field=field, place=place)
    low, high = ends
    return {"name": name.strip(), "op": bound.op, "low": low, "high": high, "unit": bound.unit, "quote": line}


def show_lines(lines: list[dict[str, Any]]) -> str:
    """The lines as they were typed."""
    return "\n".join(str(line.get("quote") or "") for line in lines)


def asked(key: str, value: str) -> dict[str, Any]:
    """The indicator that a need's figure is."""
    figure = FIGURE[key]
    below = figure.op == "<="
    return {
        "name": str(figure.name),
        "op": figure.op,
        "low": None if below else value,
        "high": value if below else None,
        "unit": figure.unit,
        "quote": "",
    }


def claimed(key: str, value: str) -> dict[str, Any]:
    """The indicator that an offer's figure is."""
    figure = FIGURE[key]
    return {"name": str(figure.name), "op": "=", "low": value, "high": None, "unit": figure.unit, "quote": ""}


def decimal_of(figures: Mapping[str, Any], key: str) -> Decimal | None:
    return number(figures.get(key))
