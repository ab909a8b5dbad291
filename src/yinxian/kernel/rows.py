"""Many rows into a table in one statement, where a thousand model objects would cost more than the writing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

ARRAYS = {"big": "bigint", "text": "text", "time": "timestamptz", "day": "date", "json": "jsonb", "uuid": "uuid"}
COPIED = 50  # rows from which on PostgreSQL's COPY is quicker than a statement
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Column = tuple[str, str, Sequence[Any]]
"""Name of the column, its kind (a key of ARRAYS), and a value for each row."""


def insert(table: str, columns: Sequence[Column], *, ids: bool = False) -> list[int]:
    """Insert the rows, all or none; with ``ids`` the ids they got, in their order. IntegrityError as ever."""
    if connection.vendor == "sqlite":
        return _on_sqlite(table, columns, ids)
    if len(columns[0][2]) >= COPIED:
        return _copy(table, columns, ids)
    names = ", ".join(name for name, _, _ in columns)
    arrays = ", ".join(f"%s::{ARRAYS[kind]}[]" for _, kind, _ in columns)
    values = [_texts(given) if kind == "json" else list(given) for _, kind, given in columns]
    back = " RETURNING id" if ids else ""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}){back}", values)
        return [row[0] for row in cursor.fetchall()] if ids else []


def _copy(table: str, columns: Sequence[Column], ids: bool) -> list[int]:
    """COPY names no ids, so they are taken from the sequence beforehand."""
    with connection.cursor() as cursor:
        taken: list[int] = []
        if ids:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, len(columns[0][2])],
            )
            taken = [row[0] for row in cursor.fetchall()]
            columns = [("id", "big", taken), *columns]
        line = "\t".join(["%s"] * len(columns))
        cells = zip(*(_cells(kind, given) for _, kind, given in columns), strict=True)
        text = "\n".join(map(line.__mod__, cells))
        names = ", ".join(name for name, _, _ in columns)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            copy.write(text + "\n")
    return taken


def _cells(kind: str, given: Sequence[Any]) -> Sequence[Any]:
    """The values of a column as COPY reads them; a column is often one value again and again."""
    if kind in ("text", "json"):
        given = _texts(given) if kind == "json" else given
        known = {value: "\\N" if value is None else value.translate(ESCAPES) for value in set(given)}
        return [known[value] for value in given]
    return ["\\N" if value is None else value for value in given] if None in given else given


def _texts(given: Sequence[Any]) -> list[str]:
    return [json.dumps(value, ensure_ascii=False) for value in given]


def _on_sqlite(table: str, columns: Sequence[Column], ids: bool) -> list[int]:
    """The same rows one after the other: nothing lies between us and the file."""
    names = ", ".join(name for name, _, _ in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
    rows = list(zip(*(map(_plain, [kind] * len(given), given) for _, kind, given in columns), strict=True))
    with connection.cursor() as cursor:
        if not ids:
            cursor.executemany(statement, rows)
            return []
        found = []
        for row in rows:
            cursor.execute(statement, row)
            found.append(int(cursor.lastrowid))
        return found


def _plain(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    if kind == "time":
        return connection.ops.adapt_datetimefield_value(value)
    if kind == "day":
        return connection.ops.adapt_datefield_value(value)
    return value.hex if kind == "uuid" else value
