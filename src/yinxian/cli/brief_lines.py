"""JSON lines in, JSON lines out: one brief a need, in the same order, each answered before the next is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

LONGEST = 8_000_000  # bytes of a line; longer ones are answered with an error
Make = Callable[[str, str], dict[str, Any]]


def answer_lines(lines: Iterable[bytes], out: TextIO, make: Make, progress: TextIO | None = None) -> int:
    """Write ``{"id", "brief"}`` for each line ``{"id", "title", "text"}``; ``{"id", "line", "error"}`` for one that
    cannot be read. Empty lines are skipped. Returns how many were answered with an error.
    A ``progress`` that is a terminal is told every hundred lines."""
    unread = 0
    told = progress is not None and progress.isatty() and not out.isatty()
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        row, error = read_line(line)
        answer: dict[str, Any] = {"id": row.get("id")}
        if error:
            unread += 1
            answer |= {"line": number, "error": error}
        else:
            answer["brief"] = make(_words(row.get("title")), _words(row.get("text")))
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
        if told and progress is not None and number % 100 == 0:
            progress.write(f"\r{number:,}")
            progress.flush()
    return unread


def read_line(line: bytes) -> tuple[dict[str, Any], str]:
    """The object of a line, and what is wrong with it: not_utf8, not_json, not_an_object, no_words, too_long."""
    if len(line) > LONGEST:
        return {}, "too_long"
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        return {}, "not_utf8"
    except (ValueError, RecursionError):
        return {}, "not_json"
    if not isinstance(row, dict):
        return {}, "not_an_object"
    row["id"] = _id(row.get("id"))
    if any(not isinstance(row.get(name), (str, int, float, type(None))) for name in ("title", "text")):
        return row, "no_words"
    if row.get("title") is None and row.get("text") is None:
        return row, "no_words"
    return row, ""


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _id(value: Any) -> Any:
    """A text or a number as it was given; anything else is no id."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode("utf-8")
    return value if isinstance(value, (int, float)) and abs(value) < float("inf") else None


def _words(value: Any) -> str:
    return "" if value is None else str(value).encode("utf-8", "ignore").decode("utf-8")
