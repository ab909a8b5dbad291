"""The published form of a brief, for programs: docs/schema/brief.json describes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yinxian.kernel.quantity import number

from ..codes import Field
from .asks import sentence_of
from .brief import make_brief
from .industries import divisions
from .signs import SENTENCES as SIGNS

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
    judgement = brief.get("judgement") or {}
    return {
        "title": brief.get("title", ""),
        "problem": brief.get("problem", ""),
        "background": brief.get("background", ""),
        "target": brief.get("target", ""),
        "scene": brief.get("scene", ""),
        "tried": brief.get("tried", ""),
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
        "industry": [_industry(one) for one in brief.get("industry") or [] if one["code"] in divisions()],
        "keywords": list(brief.get("keywords") or []),
        "clarity": {
            "score": clarity.get("score", 0),
            "vague": clarity.get("vague", False),
            "missing": list(brief.get("missing") or []),
        },
        "signs": [
            {
                "code": one["code"],
                "for": one["weight"] > 0,
                "weight": one["weight"],
                "text": str(SIGNS.get(one["code"], "")),
                "quote": one["quote"],
            }
            for one in brief.get("signs") or []
        ],
        "judgement": {
            name: judgement.get(name, default)
            for name, default in (("kind", "unclear"), ("weight", 0), ("follow_up", "ask_first"))
        },
        "ownership": brief.get("ownership") or None,
        "questions": [sentence for one in brief.get("questions") or [] if (sentence := sentence_of(one))],
    }


def _industry(one: Mapping[str, Any]) -> dict[str, Any]:
    division = divisions()[one["code"]]
    return {"section": division.section, "code": division.code, "name": division.name, "score": one["score"]}


def _indicator(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "op": one["op"],
        "low": _figure(one["low"]),
        "high": _figure(one["high"]),
        "unit": one["unit"] or None,
        "quote": one["quote"],
        **({"contradicts": True} if one.get("contradicts") else {}),
    }


def _figure(text: str | None) -> int | float | None:
    """A JSON number: measured quantities, not money, so a float may carry them."""
    value = number(text)
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _yuan(fen: int) -> int | float:
    return fen // 100 if fen % 100 == 0 else fen / 100
