"""Read what a form or a program sends into what is kept; Invalid names the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from yinxian.kernel import clock, text
from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.kernel.regions import REGIONS

from ..kinds import FIGURES, Has, Permit, read_lines, read_quantity

FARTHEST = dt.timedelta(days=3660)
MOST_POLICIES = 12


def words(values: Mapping[str, Any], field: str, longest: int, *, needed: bool = True) -> str:
    """Clean text of one field."""
    given = text.clean(str(values.get(field) or "")).strip()
    if needed and not given:
        raise Invalid("landing.text_missing", field=field)
    if len(given) > longest:
        raise Invalid("landing.text_long", field=field, limit=longest)
    return given


def line(values: Mapping[str, Any], field: str, longest: int, *, needed: bool = True) -> str:
    """Clean text on one line."""
    return words({field: " ".join(str(values.get(field) or "").split())}, field, longest, needed=needed)


def figures(values: Mapping[str, Any], *, zero: bool) -> dict[str, str]:
    """Figures by key, in their own units; typed as text ("1,200 m²")."""
    read = {
        figure.key: read_quantity(str(values.get(figure.key) or ""), figure.unit, field=figure.key, zero=zero)
        for figure in FIGURES
    }
    return {key: value for key, value in read.items() if value is not None}


def amount(values: Mapping[str, Any], field: str) -> int | None:
    """Integer fen, or nothing."""
    fen = values.get(field)
    if fen is None or fen == "":
        return None
    if type(fen) is not int or not 0 <= fen <= MAX_FEN:
        raise Invalid("landing.amount", field=field)
    return fen


def permits_wanted(values: Mapping[str, Any]) -> list[str]:
    given = list(dict.fromkeys(values.get("permits") or []))
    if any(code not in Permit.values for code in given):
        raise Invalid("landing.choice", field="permits")
    return given


def permits_said(values: Mapping[str, Any]) -> dict[str, str]:
    said = {str(code): str(has) for code, has in (values.get("permits") or {}).items() if has}
    for code, has in said.items():
        if code not in Permit.values or has not in Has.values:
            raise Invalid("landing.choice", field=f"permit_{code}" if code in Permit.values else "permits")
    return said


def regions(values: Mapping[str, Any]) -> list[str]:
    given = list(dict.fromkeys(values.get("regions") or []))
    if any(code not in REGIONS for code in given):
        raise Invalid("landing.choice", field="regions")
    return given


def extra(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return read_lines(text.clean(str(values.get("extra") or "")), field="extra")


def coming(values: Mapping[str, Any], field: str, *, needed: bool = False) -> dt.date | None:
    """A day from tomorrow on, within ten years."""
    day = values.get(field)
    if day is None and not needed:
        return None
    today = clock.today()
    if not isinstance(day, dt.date) or not today < day <= today + FARTHEST:
        raise Invalid("landing.date", field=field)
    return day


def policies(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each with a name, where it is written and until when it holds (None: not said)."""
    given: Sequence[Mapping[str, Any]] = values.get("policies") or []
    if len(given) > MOST_POLICIES:
        raise Invalid("landing.too_many_lines", field="policies", limit=MOST_POLICIES)
    return [_policy(row, place) for place, row in enumerate(given, 1)]


def _policy(row: Mapping[str, Any], place: int) -> dict[str, Any]:
    title, source = (" ".join(text.clean(str(row.get(name) or "")).split()) for name in ("title", "source"))
    until = row.get("until")
    if not title or not source or len(title) > 120 or len(source) > 300:
        raise Invalid("landing.policy_row", field="policies", place=place)
    if until is not None and (not isinstance(until, dt.date) or until.year > 2200):
        raise Invalid("landing.policy_row", field="policies", place=place)
    return {"title": title, "source": source, "until": until.isoformat() if until else None}
