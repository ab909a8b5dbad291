"""Offers side by side: each need of the team beside each region's own figure, by the fit table's comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from yinxian.kernel.money import show_yuan
from yinxian.kernel.quantity import Indicator, compare
from yinxian.kernel.regions import region_name
from yinxian.kernel.templatetags.yx import bound, day, wan
from yinxian.matching.engine.fit import FAIL, MET, UNKNOWN, fit_table

from .kinds import FIGURE, FIGURES, Has, Permit, asked, claimed, decimal_of
from .models import Landing, Offer

YEARS = 3
MONTHS = 12 * YEARS


@dataclass(frozen=True)
class Cell:
    """One region's answer to one need: what it says, and whether that meets the need."""

    shown: str
    verdict: str
    quote: str = ""


@dataclass(frozen=True)
class Line:
    """A need, what is asked in words, and a cell for each offer."""

    key: str
    name: str
    asked: str
    cells: tuple[Cell, ...]


def lines_of(landing: Landing, offers: Sequence[Offer]) -> list[Line]:
    """Every need of the team, in the order of the form; none is left out because an offer is silent on it."""
    found = [_regions(landing, offers)] if landing.regions else []
    found += [
        _figure(figure.key, str(landing.figures[figure.key]), offers)
        for figure in FIGURES
        if figure.key in landing.figures
    ]
    if landing.rent_fen is not None:
        most = landing.rent_fen
        cells = tuple(_money(offer.rent_fen, offer.rent_fen is not None and offer.rent_fen <= most) for offer in offers)
        found.append(Line("rent", _("租金（元/m²·月）"), f"≤ {show_yuan(most)}", cells))
    if landing.support_fen is not None:
        least = landing.support_fen
        cells = tuple(_money(offer.support_fen, (offer.support_fen or 0) >= least, whole=True) for offer in offers)
        found.append(Line("support", _("资金支持"), f"≥ {wan(least)}", cells))
    if landing.needed_by is not None:
        found.append(
            Line("needed_by", _("最晚入驻"), day(landing.needed_by), tuple(_day(landing, one) for one in offers))
        )
    found += [_permit(Permit(code), offers) for code in landing.permits]
    return [*found, *_extra(landing, offers)]


def _regions(landing: Landing, offers: Sequence[Offer]) -> Line:
    wanted = {code[:2] for code in landing.regions}
    cells = tuple(Cell(offer.region_name, MET if offer.region[:2] in wanted else FAIL) for offer in offers)
    return Line("regions", _("地区"), _("、").join(filter(None, map(region_name, landing.regions))), cells)


def _figure(key: str, value: str, offers: Sequence[Offer]) -> Line:
    wish = asked(key, value)
    cells = []
    for offer in offers:
        theirs = offer.figures.get(key)
        if theirs is None:
            cells.append(Cell("", UNKNOWN))
            continue
        fit = compare(cast(Indicator, wish), cast(Indicator, claimed(key, str(theirs))))
        cells.append(Cell(in_words(fit.shown, key), fit.verdict))
    return Line(key, str(wish["name"]), in_words(bound(wish), key), tuple(cells))


def in_words(figure: str, key: str) -> str:
    """A figure with its unit as the reader says it: 40 人 is 40 people."""
    unit = FIGURE[key].unit
    return figure.removesuffix(unit) + FIGURE[key].shown_unit if figure.endswith(unit) else figure


def _money(fen: int | None, met: bool, *, whole: bool = False) -> Cell:
    if fen is None:
        return Cell("", UNKNOWN)
    return Cell(wan(fen) if whole else show_yuan(fen), MET if met else FAIL)


def _day(landing: Landing, offer: Offer) -> Cell:
    if offer.available_from is None or landing.needed_by is None:
        return Cell("", UNKNOWN)
    return Cell(day(offer.available_from), MET if offer.available_from <= landing.needed_by else FAIL)


def _permit(permit: Permit, offers: Sequence[Offer]) -> Line:
    """A permit that can be applied for meets nothing yet: it is to be asked about."""
    verdicts = {Has.HAS: MET, Has.NONE: FAIL}
    cells = []
    for offer in offers:
        said = offer.permits.get(permit.value)
        cells.append(Cell(str(Has(said).label), verdicts.get(Has(said), UNKNOWN)) if said else Cell("", UNKNOWN))
    return Line(permit.value, str(permit.label), _("要有"), tuple(cells))


def _extra(landing: Landing, offers: Sequence[Offer]) -> list[Line]:
    """The team's own lines, paired with the regions' by name and unit as in the fit table of a need."""
    tables = [fit_table(landing.extra, offer.extra) for offer in offers]
    return [
        Line(
            f"extra-{place}",
            str(wish["name"]),
            bound(wish),
            tuple(
                Cell(table.rows[place].shown, table.rows[place].verdict, table.rows[place].quote) for table in tables
            ),
        )
        for place, wish in enumerate(landing.extra)
    ]


def counts(lines: Sequence[Line], place: int) -> dict[str, int]:
    """How many needs the offer at this place meets, fails, leaves open."""
    found = [line.cells[place].verdict for line in lines]
    return {verdict: found.count(verdict) for verdict in (MET, FAIL, UNKNOWN)}


def three_years_fen(landing: Landing, offer: Offer) -> int | None:
    """What the first three years cost: rent on the area that the team needs, after the free months, less the money
    that the region brings (so it may be below zero). None where a rent or an area is not said.
    """
    area = decimal_of(landing.figures, "area")
    if area is None or offer.rent_fen is None:
        return None
    free = min(decimal_of(offer.figures, "free") or Decimal(0), Decimal(MONTHS))
    rent = (offer.rent_fen * area * (MONTHS - free)).to_integral_value()
    return int(rent) - (offer.support_fen or 0)


def bars(lines: Sequence[Line], offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """The picture: for each offer three segments whose widths (of 1000) are its needs met, to be asked, failed."""
    whole = max(len(lines), 1)
    found = []
    for place, offer in enumerate(offers):
        number, segments, left = counts(lines, place), [], 0
        for verdict in (MET, UNKNOWN, FAIL):
            width = number[verdict] * 1000 // whole
            segments.append({"verdict": verdict, "x": left, "width": width, "count": number[verdict]})
            left += width
        found.append({"offer": offer, "segments": segments, **number})
    return found
