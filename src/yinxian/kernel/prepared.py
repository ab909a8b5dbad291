"""A statement that PostgreSQL plans once a connection and that libpq runs without the driver's own work around it.

For the one or two statements of which a machine asks thousands a second; everything else goes through Django. It is a
transaction of its own when none is open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors, pq

UNKNOWN = b"26000"  # invalid_sql_statement_name: this connection has not prepared it yet


class Prepared:
    """SQL with ``{name}`` where a value stands; all of them are given as text, and the SQL says what each is."""

    def __init__(self, sql: str) -> None:
        self.names = tuple(dict.fromkeys(re.findall(r"{(\w+)}", sql)))
        self.text = sql.format(**{name: f"${place}" for place, name in enumerate(self.names, 1)}).encode()
        self.name = b"yinxian_" + hashlib.sha256(self.text).hexdigest()[:20].encode()

    def value(self, database: BaseDatabaseWrapper, given: Mapping[str, str]) -> str | None:
        """The first column of the first row, None without one. ValueError for a text with NUL, which libpq would end
        there; what the server refuses as Django's own errors."""
        values = [given[name].encode() for name in self.names]
        if b"\x00" in b"".join(values):
            raise ValueError("a text for PostgreSQL has no NUL")
        if database.connection is None:
            database.ensure_connection()
        with database.wrap_database_errors:
            server = database.connection.pgconn
            result = server.exec_prepared(self.name, values)
            if result.error_field(pq.DiagnosticField.SQLSTATE) == UNKNOWN:
                _sound(server, server.prepare(self.name, self.text))
                result = server.exec_prepared(self.name, values)
            _sound(server, result)
            found = result.get_value(0, 0) if result.ntuples else None
        return None if found is None else bytes(found).decode()


def _sound(server: Any, result: Any) -> None:
    if result.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        return
    if server.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(result.get_error_message())
    raise errors.error_from_result(result)


def integers(values: Iterable[int | None]) -> str:
    """An array in PostgreSQL's words (section 8.15 of its manual)."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


@lru_cache(maxsize=10_000)
def texts(values: tuple[str, ...]) -> str:
    """The same of texts. They are often the same texts again."""
    return "{" + ",".join(['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]) + "}"
