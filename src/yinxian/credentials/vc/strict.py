"""JSON that says one thing only: an object, no name twice, no NaN, no NUL, bounded in size, depth and number."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 1024 * 1024
DEEPEST, MOST = 24, 5_000


class Malformed(ValueError):
    """Not such a document."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a name twice")
    return made


def _no_constant(text: str) -> Any:
    raise Malformed(text)


def read_object(data: bytes | str) -> dict[str, Any]:
    """Malformed for anything that is not a plain object within the bounds."""
    if len(data) > LARGEST:
        raise Malformed("too large")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        made = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(made, ensure_ascii=False).encode()  # lone surrogates
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)[:80]) from error
    if not isinstance(made, dict):
        raise Malformed("not an object")
    _bounded(made)
    return made


def _bounded(made: Any) -> None:
    count, waiting = 0, [(made, 0)]
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST:
            raise Malformed("too deep or too long")
        if any("\x00" in said for said in (one if isinstance(one, dict) else [one] if isinstance(one, str) else [])):
            raise Malformed("NUL")  # no database keeps it, no issuer needs it
        below = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting.extend((value, depth + 1) for value in below)
