"""What people hand in, brought into bounds: texts and whole numbers. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yinxian.credentials.models import Module
from yinxian.kernel import text
from yinxian.kernel.errors import Invalid

MOST_MINUTES = 60_000  # a thousand hours of one kind


def words(value: Any, field: str, longest: int, *, needed: bool = True) -> str:
    """The text as it is kept; Invalid when it is empty or longer than ``longest`` characters."""
    plain = text.clean(str(value or "")).strip()
    if needed and not plain:
        raise Invalid("training.text_missing", field=field)
    if len(plain) > longest:
        raise Invalid("training.text_too_long", field=field, limit=longest)
    return plain


def whole(value: Any, field: str, least: int, most: int) -> int:
    """A whole number between two bounds; Invalid otherwise (a truth value is no number)."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Invalid("training.number_wrong", field=field, least=least, most=most)
    return value


def modules(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each kind once, in the order of the kinds; Invalid when a kind is unknown or nothing at all is planned."""
    found: dict[str, dict[str, Any]] = {}
    for one in given:
        kind = str(one.get("kind"))
        if kind not in Module.values or kind in found:
            raise Invalid("training.module_wrong")
        minutes = whole(one.get("minutes"), f"minutes_{kind}", 0, MOST_MINUTES)
        about = words(one.get("about"), f"about_{kind}", 1000, needed=False)
        if minutes:
            found[kind] = {"kind": kind, "minutes": minutes, "about": about}
    if not found:
        raise Invalid("training.module_wrong")
    return [found[kind] for kind in Module.values if kind in found]
