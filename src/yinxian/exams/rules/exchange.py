"""Questions as files. JSON is {"format": "yinxian-questions", "version": 1, "questions": [...]} with the names that the
API uses (each question is one item, its ``key`` what QTI calls the response declaration); a table has a row a question:
options a line each, the right ones as letters, a case's key as JSON. Both come back as they went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from yinxian.kernel.errors import Invalid

FORMAT, VERSION = "yinxian-questions", 1
LETTERS = "abcdefghij"
TEXTS = ("text", "text_en", "explanation", "explanation_en", "article", "article_en")
COLUMNS = (
    "code",
    "module",
    "kind",
    "difficulty",
    "tags",
    "text",
    "text_en",
    "options",
    "options_en",
    "right",
    "value",
    "unit",
    "tolerance",
    "guide",
    "guide_en",
    "case",
    "explanation",
    "explanation_en",
    "article",
    "article_en",
)
"""The columns of a table, as they are read and written."""


def to_row(values: Mapping[str, Any]) -> list[Any]:
    """One question as cells of COLUMNS."""
    key, options = values["key"], values["options"]
    letters = {one["id"]: LETTERS[place].upper() for place, one in enumerate(options)}
    cells = {name: values.get(name, "") for name in ("code", "module", "kind", "difficulty", *TEXTS)}
    cells |= {
        "tags": ", ".join(values["tags"]),
        "options": "\n".join(one["text"] for one in options),
        "options_en": "\n".join(one["text_en"] for one in options),
        "right": ", ".join(letters.get(one, one) for one in key.get("right", ())),
        **{name: key.get(name, "") for name in ("value", "unit", "tolerance", "guide", "guide_en")},
        "case": json.dumps(key, ensure_ascii=False) if "indicators" in key else "",
    }
    return [cells[name] for name in COLUMNS]


def to_json(questions: list[dict[str, Any]]) -> str:
    whole = {"format": FORMAT, "version": VERSION, "questions": questions}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def from_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a question from a row of a table, or from an item of JSON. Invalid when it is neither."""
    if isinstance(row.get("key"), Mapping):
        return dict(row)
    cells = {name: str(row.get(name) if row.get(name) is not None else "").strip() for name in COLUMNS}
    values: dict[str, Any] = {name: cells[name] for name in ("code", "module", "kind", *TEXTS)}
    if not cells["difficulty"].isdecimal() or len(cells["difficulty"]) > 1:
        raise Invalid("exams.question_difficulty", field="difficulty")
    values["difficulty"] = int(cells["difficulty"])
    values["tags"] = [tag.strip() for tag in cells["tags"].replace("，", ",").split(",") if tag.strip()]
    texts, english = cells["options"].splitlines(), cells["options_en"].splitlines()
    values["options"] = [
        {"id": LETTERS[place], "text": _line(texts, place), "text_en": _line(english, place)}
        for place in range(min(len(LETTERS), max(len(texts), len(english))))
    ]
    values["key"] = _key(cells)
    return values


def _line(lines: list[str], place: int) -> str:
    return lines[place].strip() if place < len(lines) else ""


def _key(cells: Mapping[str, str]) -> dict[str, Any]:
    kind = cells["kind"]
    if kind in ("single", "several", "truth"):
        return {"right": [one.strip().lower() for one in cells["right"].replace("，", ",").split(",") if one.strip()]}
    if kind == "number":
        return {name: cells[name] for name in ("value", "unit", "tolerance")}
    if kind == "short":
        return {name: cells[name] for name in ("guide", "guide_en")}
    try:
        found = json.loads(cells["case"] or "{}")
    except (ValueError, RecursionError) as error:
        raise Invalid("exams.question_key", field="key") from error
    return found if isinstance(found, dict) else {}
