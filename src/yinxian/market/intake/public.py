"""The published form of a brief, for programs: docs/schema/brief.json describes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yinxian.kernel.quantity import number

from ..codes import Field
from .asks import sentence_of
from .brief import make_brief

CURRENCY = "CNY"


def public_brief(title: str, text: str, today: date) -> dict[str, Any]:
    """The published brief of a text."""
    return to_public(make_brief(title, text, today))


def to_public(brief: Mapping[str, Any]) -> dict[str, Any]:
    """A brief's content as it is published: figures as numbers, money in yuan, field names and questions in the
    reader's language."""
    budget = brief.get("budget")
    names = dict(Field.choices)
    clarity = brief.get("clarity") or {}
    return {
        "title": brief.get("title", ""),
        "problem": brief.get("problem", ""),
        "background": brief.get("background", ""),
        "target": brief.get("target", ""),
        "indicators": [_indicator(one) for one in brief.get("indicators") or []],
        "constraints": list(brief.get("constraints") or []),
        "budget": budget and {"low": _yuan(budget["low_fen"]), "high": _yuan(budget["high_fen"]), "currency": CURRENCY},
        "deadline": brief.get("deadline"),
        "duration_months": brief.get("duration_months"),
        "modes": list(brief.get("modes") or []),
        "field": [
            {"code": one["code"], "name": str(names.get(one["code"], "")), "score": one["score"]}
            for one in brief.get("field") or []
        ],
        "industry": [],
        "keywords": list(brief.get("keywords") or []),
        "clarity": {
            "score": clarity.get("score", 0),
            "vague": clarity.get("vague", False),
            "missing": list(brief.get("missing") or []),
        },
        "signs": [],
        "questions": [sentence for one in brief.get("questions") or [] if (sentence := sentence_of(one))],
    }


def _indicator(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "op": one["op"],
        "low": _figure(one["low"]),
        "high": _figure(one["high"]),
        "unit": one["unit"] or None,
        "quote": one["quote"],
    }


def _figure(text: str | None) -> int | float | None:
    """A JSON number: measured quantities, not money, so a float may carry them."""
    value = number(text)
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _yuan(fen: int) -> int | float:
    return fen // 100 if fen % 100 == 0 else fen / 100
