"""A line of the brief set right by one click, and every correction kept as feedback to the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Brief, Correction, Need
from . import listings

SINGLE = ("budget", "deadline", "duration_months", "ownership")
LISTS = ("indicators", "constraints", "modes", "field", "industry", "keywords")
LINES = (*LISTS, *SINGLE)
FIGURES = ("name", "op", "low", "high", "unit")
MOST = 60  # corrections kept of one version


def _row(line: str, value: Any) -> Any:
    """A line's value as corrections compare it: without quotes, scores and marks."""
    if line == "indicators":
        return {name: value.get(name) for name in FIGURES}
    return value["code"] if line in ("field", "industry") else value


def corrections_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """(line, kind, was, now) for every line that differs. Indicators of one name that differ are changed; the field
    is its first code."""
    found: list[tuple[str, str, Any, Any]] = []
    for line in SINGLE:
        was, now = before.get(line) or None, after.get(line) or None
        if was != now:
            found.append((line, _kind(was, now), was, now))
    for line in LISTS:
        old = [_row(line, one) for one in before.get(line) or []]
        new = [_row(line, one) for one in after.get(line) or []]
        if line == "field":
            old, new = old[:1], new[:1]
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if line == "indicators":
            for one in list(gone):
                twin = next((other for other in come if other["name"] == one["name"]), None)
                if twin is not None:
                    found.append((line, "changed", one, twin))
                    gone.remove(one)
                    come.remove(twin)
        elif line == "field" and gone and come:
            found.append((line, "changed", gone.pop(), come.pop()))
        found += [(line, "removed", one, None) for one in gone]
        found += [(line, "added", None, one) for one in come]
    return found


def _kind(was: Any, now: Any) -> str:
    return "added" if was is None else "removed" if now is None else "changed"


def keep_corrections(need: Need, before: Mapping[str, Any], brief: Brief, actor: User) -> int:
    """Keep what ``brief`` set right of ``before``, in the transaction of the caller; how many."""
    said = {one["name"]: one.get("quote") or "" for one in before.get("indicators") or []}
    quotes = before.get("quotes") or {}
    rows = [
        Correction(
            need=need,
            brief=brief,
            line=line,
            kind=kind,
            was=was,
            now=now,
            quote=(said.get(was["name"], "") if line == "indicators" and was else (quotes.get(line) or [""])[0])[:200],
            by=actor,
        )
        for line, kind, was, now in corrections_between(before, brief.content)[:MOST]
    ]
    Correction.objects.bulk_create(rows)
    if rows:
        listings.record("brief_corrected", need, actor, number=brief.number, lines=sorted({row.line for row in rows}))
    return len(rows)


@transaction.atomic
def take_out(*, need_id: int, actor: User, line: str, place: int, seen: int) -> Brief:
    """Take a line out of the brief because it was read wrongly: one click, a version of its own, kept as feedback.

    ``place`` is its place in the line's list (0 for a single value). Invalid for a line that is not there.
    """
    from .briefs import new_version  # noqa: PLC0415  # briefs keeps corrections itself

    need = listings.locked(Need, need_id)
    if not permissions.can_edit(actor, need):
        raise Forbidden("market.not_yours")
    current = need.current_brief
    if current is None or current.number != seen:
        raise Conflict("market.brief_changed_meanwhile")
    content = dict(current.content)
    if line in SINGLE and content.get(line):
        content[line] = "" if line == "ownership" else None
    elif line in LISTS and 0 <= place < len(content.get(line) or []):
        content[line] = [one for number, one in enumerate(content[line]) if number != place]
    else:
        raise Invalid("market.brief_line_gone", field="line")
    return new_version(need_id=need_id, actor=actor, content=content, seen=seen, note="")
