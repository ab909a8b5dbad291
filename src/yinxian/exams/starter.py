"""The questions that the product brings: our own, reviewed, in both languages, beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .rules.keys import TRUTH

DATA = Path(__file__).resolve().parent / "data"
LETTERS = "abcdefghij"
YUAN = 100  # fen


@cache
def starter() -> tuple[dict[str, Any], ...]:
    """Each question as ``operations.bank`` takes it; the file's name gives the module where the question names none."""
    found = []
    for path in sorted(DATA.glob("*.toml")):
        module = path.stem.partition("_")[2]
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            found.append(_values(row, module))
    return tuple(found)


def _values(row: dict[str, Any], module: str) -> dict[str, Any]:
    kind = row["kind"]
    options = [
        {"id": LETTERS[place], "text": text, "text_en": english}
        for place, (text, english) in enumerate(row.get("options", ()))
    ]
    kept = ("code", "difficulty", "tags", "text", "text_en", "explanation", "explanation_en", "article", "article_en")
    values = {name: row[name] for name in kept}
    return values | {"kind": kind, "module": row.get("module", module), "options": options, "key": _key(kind, row)}


def _key(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    if kind in ("single", "several"):
        return {"right": [LETTERS[place] for place in row["right"]]}
    if kind == "truth":
        return {"right": [TRUTH[row["right"] != "true"]]}
    if kind == "number":
        return {"value": row["value"], "unit": row["unit"], "tolerance": row.get("tolerance", "0")}
    if kind == "short":
        return {"guide": row["guide"], "guide_en": row["guide_en"]}
    budget = row.get("budget")
    return {
        "indicators": row["indicators"],
        "field": row["field"],
        "field_also": row.get("field_also", []),
        "budget": {"low_fen": budget[0] * YUAN, "high_fen": budget[1] * YUAN} if budget else None,
        "duration_months": row.get("duration_months"),
    }
