"""A list of needs (需求榜单) read as words: a row a need, under named columns or without any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yinxian.kernel.errors import Invalid

from ..intake.siblings import siblings
from .columns import COLUMNS, map_columns, missing, plain, without_heads
from .readers import FORMULA, read_rows

SHEET = b"PK\x03\x04"
BESIDE = ("budget", "deadline", "scene", "tried", "limits")  # columns that say more of the need in words
FEWEST = 2  # rows of a list; one alone may be a form of labels and values


@dataclass(frozen=True)
class Listed:
    """One need of a list: the row's own number, else its place in the list."""

    key: str
    title: str
    text: str


def read_list(data: bytes, name: str) -> list[Listed]:
    """The needs of a sheet or table; rows without any words are left out. Invalid("market.file_many_needs") when no
    column holds words."""
    rows = read_rows(data, name)
    mapping = map_columns("needs", rows[0])
    if (bare := without_heads("needs", rows)) is not None:
        rows, mapping = bare
    if missing("needs", mapping):
        raise Invalid("market.file_many_needs", field="file")
    column = {field: head for head, field in mapping.items()}
    found = []
    for place, row in enumerate(rows, 1):
        title, text = _cell(row, column.get("title")), _cell(row, column.get("raw_words"))
        beside = [(column[name], _cell(row, column[name])) for name in BESIDE if name in column]
        text = "\n".join([text, *(f"{head}：{value}" for head, value in beside if value)]).strip()
        key = _cell(row, column.get("source_key")) or str(place)
        several = siblings(text)
        for number, one in enumerate(several, 1):
            found.append(Listed(f"{key}-{number}", f"{title}（{number}）" if title else "", one.text))
        if (title or text) and not several:
            found.append(Listed(key, title, text))
    return found


def is_list(data: bytes, name: str) -> bool:
    """Whether a sheet is a list of needs rather than one need written as labels and values."""
    if not data.startswith(SHEET):
        return False
    try:
        rows = read_rows(data, name)
        labels = [str(next(iter(row.values()), "") or "") for row in rows]
        if any(plain(label) in COLUMNS["needs"] for label in labels):
            return False  # a form: the names stand down the first column
        return len(read_list(data, name)) >= FEWEST
    except Invalid:
        return False


def _cell(row: dict[str, Any], head: str | None) -> str:
    value = row.get(head) if head is not None else None
    return "" if value is None or value == FORMULA else str(value).strip()
