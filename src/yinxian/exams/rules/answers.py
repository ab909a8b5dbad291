"""What may be kept as an answer. Nothing is judged here.

By kind: single, several, truth {"chosen": [ids]}; number {"value", "unit"}; short {"text"}; case as the lines of a
brief (``keys.checked_lines``). An answer taken back is {}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.quantity import number, plain
from yinxian.kernel.text import normalise

from .keys import CHOICES, checked_lines, text_of, unit_of

LONGEST_ANSWER = 4_000


def checked_answer(kind: str, given: Any, *, order: Sequence[str]) -> dict[str, Any]:
    """The answer as it is kept; Invalid for an option that is not offered, no figure, too much text."""
    if not isinstance(given, Mapping):
        raise Invalid("exams.answer_shape", field="answer")
    if kind in CHOICES:
        return _chosen(kind, given.get("chosen") or [], order)
    if kind == "number":
        return _number(given)
    if kind == "short":
        text = text_of(given.get("text"), "text", LONGEST_ANSWER)
        return {"text": text} if text else {}
    lines = checked_lines(given, field="answer")
    return lines if any(lines.values()) else {}


def _chosen(kind: str, given: Any, order: Sequence[str]) -> dict[str, Any]:
    if not isinstance(given, list) or any(one not in order for one in given):
        raise Invalid("exams.answer_option", field="chosen")
    chosen = [one for one in order if one in given]
    if kind != "several" and len(chosen) > 1:
        raise Invalid("exams.answer_one_option", field="chosen")
    return {"chosen": sorted(chosen)} if chosen else {}


def _number(given: Mapping[str, Any]) -> dict[str, Any]:
    raw = given.get("value")
    typed = "" if raw is None else str(raw) if isinstance(raw, (str, int)) else "?"
    typed = normalise(typed[:60]).replace(",", "").strip()
    unit = unit_of(given.get("unit"), "unit")
    if not typed and not unit:
        return {}
    value = number(typed)
    if value is None or (isinstance(raw, str) and len(raw) > 60):
        raise Invalid("exams.answer_number", field="value")
    return {"value": plain(value), "unit": unit}
