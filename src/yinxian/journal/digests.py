"""Salted digests of a statement, one a value: an entry carries them without saying the values, and whoever holds
the statement can later tell which value was altered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yinxian.kernel import crypto

LENGTH = 32  # hexadecimal digits: 128 bits


def values_of(statement: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its dotted path, depth first; an empty list or object is a value."""
    if isinstance(statement, dict) and statement:
        for name, value in statement.items():
            yield from values_of(value, f"{path}.{name}" if path else str(name))
    elif isinstance(statement, list) and statement:
        for index, value in enumerate(statement):
            yield from values_of(value, f"{path}.{index}")
    else:
        yield path, statement


def digests_of(statement: dict[str, Any], salt: str) -> dict[str, str]:
    """``{path: digest}``; the salt keeps short values (a rate, a number of days) from being guessed."""
    return {
        path: crypto.sha256_hex(crypto.canonical([salt, path, value]))[:LENGTH] for path, value in values_of(statement)
    }
