"""From signals to one figure from 0 to 100: words first, then what they do not show, facts as small additions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp

from .evidence import NONE, Evidence
from .fit import Table
from .wanted import Wanted
from .weights import PRIOR, Weights

TEXT_POINTS = 50.0  # what words alone can reach
MEANS_POINTS, ACTS_POINTS, NAMES_POINTS, KIN_POINTS = (
    13.0,
    5.0,
    6.0,
    38.0,
)  # see evidence; the parts were weighed on graded texts
DENSE_POINTS = 3.0  # for a text that a model finds one standard deviation nearer than the other candidates
SATURATION = 1.1  # relevance, in norms of the query, at which words have earned 63% of their points
FIELD_MAIN, FIELD_NEAR, FIELD_OTHER = 6.0, 3.0, -2.0
MODE_AGREES, MODE_DIFFERS = 3.0, -2.0
PRICE_WITHIN, PRICE_ABOVE = 3.0, -4.0
FIT_ALL_MET, FIT_ALL_FAILED = 8.0, -10.0
STAGE_SUITS, STAGE_EARLY = 2.0, -4.0
REGION_SAME = 1.0
RECORD = 2.0  # a supplier whose results are always shortlisted, or never
EXPIRES_SOON = -1.0
RIPE, EARLY = 7, 4  # technology readiness: from 7 on proven in its real place, up to 4 a piece of the laboratory
SHORT_MONTHS = 12
SOON = timedelta(days=30)
FLOOR = 15.4  # points from words, means and names: what earns fewer is not called found


@dataclass(frozen=True)
class Offer:
    """A result as the score sees it. Amounts are fen; a confidential price is None here for everybody, so that
    neither score nor reasons can give it away."""

    field: str = ""
    modes: Sequence[str] = ()
    price_low_fen: int | None = None
    price_high_fen: int | None = None
    price_open: bool = True
    trl: int | None = None
    region: str = ""
    fresh_until: date | None = None
    record: tuple[int, int] = (0, 0)  # of the supplier's results: shortlisted, decided


@dataclass(frozen=True)
class Signals:
    """What was found out: ``points`` are the parts of the score by name as weighed, ``raw`` the same under the prior,
    ``said`` the verdict of each part."""

    points: Mapping[str, float] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, float] = field(default_factory=dict)

    @property
    def score(self) -> int:
        return max(0, min(100, round(sum(self.points.values()))))

    @property
    def said_points(self) -> float:
        """From what it says: words, means and other names."""
        return sum(self.raw.get(part, 0.0) for part in ("text", "means", "acts", "names"))

    @property
    def found(self) -> bool:
        """Whether what it says makes it worth reading; facts neither lift nor hide anything."""
        return self.said_points >= FLOOR


def text_points(relevance: float, norm: float) -> float:
    """Words' part: ``relevance`` (BM25) against the norm of the query's words."""
    return TEXT_POINTS * (1 - exp(-relevance / norm / SATURATION)) if norm > 0 else 0.0


def content_points(relevance: float, norm: float, evidence: Evidence) -> dict[str, float]:
    """What a text earns by what it says, by part; a kind of evidence that it does not give is left out."""
    points = {
        "text": text_points(relevance, norm),
        "means": MEANS_POINTS * evidence.by_means,
        "acts": ACTS_POINTS * evidence.by_acts,
        "names": NAMES_POINTS * evidence.by_names,
        "kin": KIN_POINTS * evidence.by_kin,
        "dense": DENSE_POINTS * evidence.by_dense,
    }
    return {part: round(value, 2) for part, value in points.items() if value or part == "text"}


def weigh(
    wanted: Wanted,
    offer: Offer,
    table: Table,
    relevance: float,
    norm: float,
    today: date,
    evidence: Evidence = NONE,
    weights: Weights = PRIOR,
) -> Signals:
    """All signals of one result. A signal of which nothing is known adds nothing and says nothing."""
    parts = {
        "field": _field(wanted, offer),
        "mode": _mode(wanted, offer),
        "price": _price(wanted, offer),
        "fit": _fit(table),
        "stage": _stage(wanted, offer, today),
        "region": _region(wanted, offer),
        "record": _record(offer),
        "freshness": _freshness(offer, today),
    }
    known = {name: part for name, part in parts.items() if part is not None}
    raw = content_points(relevance, norm, evidence) | {name: part[0] for name, part in known.items()}
    return Signals(weights.weighed(raw), {name: part[1] for name, part in known.items()}, raw)


Part = tuple[float, str] | None


def _field(wanted: Wanted, offer: Offer) -> Part:
    if not wanted.fields or not offer.field:
        return None
    if offer.field == wanted.main_field:
        return FIELD_MAIN, "agrees"
    near = any(code == offer.field for code, _ in wanted.fields[1:3])
    return (FIELD_NEAR, "near") if near else (FIELD_OTHER, "differs")


def _mode(wanted: Wanted, offer: Offer) -> Part:
    if not wanted.modes or not offer.modes:
        return None
    return (MODE_AGREES, "agrees") if set(wanted.modes) & set(offer.modes) else (MODE_DIFFERS, "differs")


def _price(wanted: Wanted, offer: Offer) -> Part:
    if wanted.budget_fen is None:
        return None
    price = offer.price_low_fen if offer.price_low_fen is not None else offer.price_high_fen
    if price is None:
        return (0.0, "open") if offer.price_open else None
    return (PRICE_WITHIN, "within") if price <= wanted.budget_fen else (PRICE_ABOVE, "above")


def _fit(table: Table) -> Part:
    if not table.rows:
        return None
    total = len(table.rows)
    points = FIT_ALL_MET * table.met / total + FIT_ALL_FAILED * table.fail / total
    if table.fail:
        said = "fails"
    elif table.met == total:
        said = "all"
    else:
        said = "some" if table.met else "ask"
    return round(points, 2), said


def _months(wanted: Wanted, today: date) -> float | None:
    if wanted.months:
        return float(wanted.months)
    if wanted.deadline and wanted.deadline > today:
        return (wanted.deadline - today) / timedelta(days=30.4)
    return None


def _stage(wanted: Wanted, offer: Offer, today: date) -> Part:
    months = _months(wanted, today)
    if months is None or offer.trl is None:
        return None
    if offer.trl >= RIPE:
        return STAGE_SUITS, "suits"
    return (STAGE_EARLY, "early") if offer.trl <= EARLY and months <= SHORT_MONTHS else None


def _region(wanted: Wanted, offer: Offer) -> Part:
    """The same province; a need that names none asks for none."""
    same = bool(wanted.region) and wanted.region[:2] == offer.region[:2]
    return (REGION_SAME, "same") if same else None


def _record(offer: Offer) -> Part:
    """How often the supplier's results were shortlisted of those decided about, drawn to the middle when few."""
    good, decided = offer.record
    if not decided:
        return None
    points = round(RECORD * (2 * (good + 1) / (decided + 2) - 1), 2)
    return points, "good" if points > 0 else "mixed"


def _freshness(offer: Offer, today: date) -> Part:
    if offer.fresh_until is None or offer.fresh_until - today > SOON:
        return None
    return EXPIRES_SOON, "soon"
