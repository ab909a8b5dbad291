"""What a question must be before it is stored: options, key, sizes. Everything else is refused with the reason.

``key`` by kind: single, several, truth {"right": [ids]}; number {"value", "unit", "tolerance"} with decimal strings,
the tolerance in the key's own unit; short {"guide", "guide_en"}; case {"indicators", "field", "field_also", "budget",
"duration_months", "weights"}, the indicators as ``kernel.quantity.Indicator``, money in fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.fields import Field
from yinxian.kernel.money import MAX_FEN
from yinxian.kernel.quantity import number, plain
from yinxian.kernel.quantity.units import scale
from yinxian.kernel.text import clean
from yinxian.market.intake.content import checked_indicator

LONGEST, LONGEST_OPTION, LONGEST_UNIT = 6_000, 500, 20
MOST_OPTIONS, MOST_TAGS, MOST_INDICATORS, MOST_MONTHS = 10, 10, 30, 600
CHOICES = ("single", "several", "truth")
WEIGHTS = {"indicators": 60, "field": 10, "budget": 15, "duration": 15}
"""What the lines of a case count for, of a hundred, where its key says nothing else."""
TRUTH = ("true", "false")
TEXTS = {
    "text": LONGEST,
    "text_en": LONGEST,
    "explanation": LONGEST,
    "explanation_en": LONGEST,
    "article": 200,
    "article_en": 200,
}


def checked_question(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a version: texts, options, key, difficulty, tags. Invalid names the field."""
    found: dict[str, Any] = {name: text_of(given.get(name), name, most) for name, most in TEXTS.items()}
    if not found["text"] and not found["text_en"]:
        raise Invalid("exams.question_text", field="text")
    difficulty = given.get("difficulty", 2)
    if isinstance(difficulty, bool) or not isinstance(difficulty, int) or not 1 <= difficulty <= 3:
        raise Invalid("exams.question_difficulty", field="difficulty")
    found["difficulty"] = difficulty
    found["tags"] = _tags(given.get("tags") or [])
    found["options"] = _options(given.get("options") or []) if kind in ("single", "several") else []
    found["key"] = checked_key(kind, given.get("key") or {}, [one["id"] for one in found["options"]])
    return found


def text_of(value: Any, field: str, longest: int) -> str:
    """Typed text as it may be kept; Invalid when it is no text or too long. Markup stays text."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        raise Invalid("exams.text_too_long", field=field, most=longest)
    return clean(value).strip()


def _tags(given: Any) -> list[str]:
    if not isinstance(given, list) or len(given) > MOST_TAGS:
        raise Invalid("exams.question_tags", field="tags", most=MOST_TAGS)
    return list(dict.fromkeys(tag for one in given if (tag := text_of(one, "tags", 30))))


def _options(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or not 2 <= len(given) <= MOST_OPTIONS:
        raise Invalid("exams.question_options", field="options", most=MOST_OPTIONS)
    found: list[dict[str, str]] = []
    for place, one in enumerate(given):
        if not isinstance(one, Mapping):
            raise Invalid("exams.question_options", field="options", most=MOST_OPTIONS)
        name = text_of(one.get("id") or "abcdefghij"[place], "options", 8)
        text, english = (text_of(one.get(part), "options", LONGEST_OPTION) for part in ("text", "text_en"))
        if not name.isalnum() or not (text or english) or any(name == other["id"] for other in found):
            raise Invalid("exams.question_options", field="options", most=MOST_OPTIONS)
        found.append({"id": name, "text": text, "text_en": english})
    said = [(one["text"], one["text_en"]) for one in found]
    if len(set(said)) < len(said):
        raise Invalid("exams.question_options_same", field="options")
    return found


def checked_key(kind: str, given: Any, options: Sequence[str] = ()) -> dict[str, Any]:
    """The key of a kind, complete; Invalid where there is no right answer, or one that is not offered."""
    if not isinstance(given, Mapping):
        raise Invalid("exams.question_key", field="key")
    if kind in CHOICES:
        return {"right": _right(kind, given.get("right"), TRUTH if kind == "truth" else options)}
    if kind == "number":
        return _number_key(given)
    if kind == "short":
        guide = {name: text_of(given.get(name), "key", LONGEST) for name in ("guide", "guide_en")}
        if not any(guide.values()):
            raise Invalid("exams.question_guide", field="key")
        return guide
    if kind == "case":
        return _case_key(given)
    raise Invalid("exams.question_kind", field="kind")


def _right(kind: str, given: Any, offered: Sequence[str]) -> list[str]:
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        raise Invalid("exams.question_no_right", field="key")
    if set(given) - set(offered):
        raise Invalid("exams.question_right_unknown", field="key")
    if kind != "several" and len(set(given)) != 1:
        raise Invalid("exams.question_one_right", field="key")
    return [one for one in offered if one in given]


def unit_of(value: Any, field: str) -> str:
    """A unit that the product can read; Invalid for one that is too long or that breaks."""
    unit = text_of(value, field, LONGEST_UNIT)
    try:
        scale(unit)
    except (ArithmeticError, ValueError) as error:
        raise Invalid("exams.unit", field=field) from error
    return unit


def _number_key(given: Mapping[str, Any]) -> dict[str, Any]:
    value, tolerance = number(given.get("value")), number(given.get("tolerance") or "0")
    if value is None or tolerance is None or tolerance < 0:
        raise Invalid("exams.question_number", field="key")
    return {"value": plain(value), "unit": unit_of(given.get("unit"), "key"), "tolerance": plain(tolerance)}


def _case_key(given: Mapping[str, Any]) -> dict[str, Any]:
    found = checked_lines(given, field="key")
    if not found["indicators"]:
        raise Invalid("exams.question_no_right", field="key")
    also = given.get("field_also") or []
    if not isinstance(also, list) or set(map(str, also)) - set(Field.values):
        raise Invalid("exams.question_key", field="key")
    weights = given.get("weights") or WEIGHTS
    whole = isinstance(weights, Mapping) and set(weights) == set(WEIGHTS)
    if not whole or not all(type(part) is int and 0 <= part <= 100 for part in weights.values()):
        raise Invalid("exams.question_weights", field="key")
    if sum(weights.values()) != 100:
        raise Invalid("exams.question_weights", field="key")
    return found | {"field_also": sorted(set(map(str, also))), "weights": dict(weights)}


def checked_lines(given: Mapping[str, Any], *, field: str) -> dict[str, Any]:
    """The lines of a brief that a case compares: indicators, field, budget in fen, duration in months."""
    rows = given.get("indicators") or []
    if not isinstance(rows, list) or len(rows) > MOST_INDICATORS:
        raise Invalid("kernel.too_many", field=field, limit=MOST_INDICATORS)
    code = str(given.get("field") or "")
    if code and code not in Field.values:
        raise Invalid("exams.case_field", field=field)
    for row in rows:
        if isinstance(row, Mapping):
            unit_of(row.get("unit"), field)
    months = given.get("duration_months")
    if months is not None and (type(months) is not int or not 1 <= months <= MOST_MONTHS):
        raise Invalid("exams.case_months", field=field)
    return {
        "indicators": [dict(checked_indicator(row, place)) for place, row in enumerate(rows, start=1)],
        "field": code,
        "budget": _budget(given.get("budget"), field),
        "duration_months": months,
    }


def _budget(given: Any, field: str) -> dict[str, int] | None:
    if not given:
        return None
    ends: Iterable[Any] = (given.get("low_fen"), given.get("high_fen")) if isinstance(given, Mapping) else ()
    low, high = ([*ends, None, None])[:2]
    low, high = low if low is not None else high, high if high is not None else low
    if type(low) is not int or type(high) is not int or not 0 < low <= MAX_FEN or not 0 < high <= MAX_FEN:
        raise Invalid("exams.case_budget", field=field)
    return {"low_fen": min(low, high), "high_fen": max(low, high)}
