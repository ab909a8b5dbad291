"""What a brief may hold when a person or a program writes it: checked, and completed by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.kernel.quantity import OPS, Indicator, number, plain
from yinxian.kernel.text import clean

from ..codes import Field, Mode
from .asks import Question, what_is_missing
from .brief import judge_brief
from .contradictions import mark_contradictions
from .industries import divisions
from .ownership import OWNERSHIPS
from .segments import segment
from .words import clean as read_clean

LONGEST = 8_000
MOST_INDICATORS = 200
MOST_LINES = 30
QUOTED = ("budget", "deadline", "duration_months", "modes", "ownership")


def checked_content(given: Mapping[str, Any], raw_words: str) -> dict[str, Any]:
    """A content fit to be kept, with clarity and what is missing judged anew. Invalid names the field."""
    content: dict[str, Any] = {
        name: _text(given, name) for name in ("problem", "scene", "tried", "target", "background")
    }
    content = {"title": " ".join(_text(given, "title", 200).split()), **content}
    if not content["title"]:
        raise Invalid("market.title_missing", field="title")
    rows = given.get("indicators") or []
    if not isinstance(rows, list) or len(rows) > MOST_INDICATORS:
        raise Invalid("kernel.too_many", field="indicators", limit=MOST_INDICATORS)
    content |= {
        "indicators": mark_contradictions(
            [dict(checked_indicator(one, place)) for place, one in enumerate(rows, start=1)]
        ),
        "constraints": _lines(given, "constraints"),
        "budget": _budget(given.get("budget")),
        "deadline": _day(given.get("deadline")),
        "duration_months": _months(given.get("duration_months")),
        "modes": _modes(given.get("modes") or []),
        "ownership": _code(given.get("ownership"), OWNERSHIPS, "ownership"),
        "field": _fields(given.get("field") or []),
        "industry": _industries(given.get("industry") or []),
        "keywords": [word[:40] for word in _lines(given, "keywords")],
        "quotes": _quotes(given.get("quotes")),
    }
    judge_brief(content, segment(read_clean(raw_words)))
    content["missing"] = what_is_missing(content, raw_words)
    content["questions"] = _questions(given.get("questions") or [])
    return content


def checked_indicator(given: Any, place: int) -> Indicator:
    """One row: a name, an operator, the figures that the operator needs. A range upside down is put right."""
    if not isinstance(given, Mapping):
        raise Invalid("market.brief_indicator_figure", field="indicators", row=place)
    name, unit = _short(given.get("name"), 60), _short(given.get("unit"), 20)
    op = str(given.get("op") or "")
    low, high = number(given.get("low")), number(given.get("high"))
    if not name:
        raise Invalid("market.brief_indicator_name", field="indicators", row=place)
    if op in ("<", "<="):
        low, high = None, high if high is not None else low
    elif op == "range":
        if low is None or high is None:
            raise Invalid("market.brief_indicator_range", field="indicators", row=place)
        low, high = min(low, high), max(low, high)
    else:
        low, high = low if low is not None else high, None
    if op not in OPS or (low is None and high is None):
        raise Invalid("market.brief_indicator_figure", field="indicators", row=place)
    return {
        "name": name,
        "op": op,
        "low": None if low is None else plain(low),
        "high": None if high is None else plain(high),
        "unit": unit,
        "quote": _short(given.get("quote"), 200),
    }


def _short(value: Any, longest: int) -> str:
    return " ".join(clean(str(value or "")).split())[:longest]


def _text(given: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    text = clean(str(given.get(name) or "")).strip()
    if len(text) > longest:
        raise Invalid("market.too_long", field=name, limit=longest, length=len(text))
    return text


def _lines(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name) or []
    if not isinstance(value, list) or len(value) > MOST_LINES:
        raise Invalid("kernel.too_many", field=name, limit=MOST_LINES)
    return list(dict.fromkeys(line for one in value if (line := _short(one, 300))))


def _budget(value: Any) -> dict[str, int] | None:
    if not value:
        return None
    try:
        low, high = int(value["low_fen"]), int(value["high_fen"])
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("kernel.amount", field="budget") from error
    if not 0 <= min(low, high) <= max(low, high) <= MAX_FEN:
        raise Invalid("kernel.amount", field="budget")
    return {"low_fen": min(low, high), "high_fen": max(low, high)}


def _day(value: Any) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise Invalid("market.brief_date", field="deadline") from error


def _months(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 600:
        raise Invalid("market.brief_months", field="duration_months")
    return value


def _modes(value: Any) -> list[str]:
    if not isinstance(value, list) or any(one not in Mode.values for one in value):
        raise Invalid("market.unknown_choice", field="modes")
    return [mode for mode in Mode.values if mode in value]


def _fields(value: Any) -> list[dict[str, Any]]:
    rows = []
    for one in value[:4] if isinstance(value, list) else []:
        code = one.get("code") if isinstance(one, Mapping) else None
        if code not in Field.values:
            raise Invalid("market.unknown_choice", field="field")
        score = number(one.get("score"))
        rows.append({"code": code, "score": round(float(min(max(score or 0, 0), 1)), 3)})
    return rows


def _code(value: Any, known: Iterable[str], field: str) -> str:
    if value and value not in known:
        raise Invalid("market.unknown_choice", field=field)
    return str(value or "")


def _industries(value: Any) -> list[dict[str, Any]]:
    rows = []
    for one in value[:3] if isinstance(value, list) else []:
        code = one.get("code") if isinstance(one, Mapping) else None
        if code not in divisions():
            raise Invalid("market.unknown_choice", field="industry")
        score = number(one.get("score"))
        rows.append({"code": code, "score": round(float(min(max(score or 0, 0), 1)), 3)})
    return rows


def _quotes(value: Any) -> dict[str, list[str]]:
    """Which words of the company each line was read from; only for lines that have such words."""
    if not isinstance(value, Mapping):
        return {}
    return {
        name: [words for one in said[:12] if (words := _short(one, 200))]
        for name, said in ((name, value.get(name)) for name in QUOTED)
        if isinstance(said, list) and said
    }


def _questions(value: Any) -> list[Question]:
    """Own questions are texts; those of the rules keep their code."""
    questions: list[Question] = []
    for one in value[:MOST_LINES] if isinstance(value, list) else []:
        given = one if isinstance(one, Mapping) else {"text": one}
        text = _short(given.get("text"), 300)
        code, about = _short(given.get("code"), 20), _short(given.get("about"), 60)
        if text or code:
            questions.append({"code": code, "about": about, "text": text})
    return questions
