"""Triggers by which the database itself refuses what must never happen, on SQLite and on PostgreSQL.

An app declares its guards once. They are installed after every migrate (idempotent) and taken away before
one that has a plan, because SQLite rebuilds a table to alter it and fails on its triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

PREFIX = "yx_guard_"


@dataclass(frozen=True)
class Refuse:
    """Refuse an event (INSERT, UPDATE, UPDATE OF column, DELETE, TRUNCATE) when a condition on OLD and NEW holds.

    The condition is SQL that both databases read, with TRUE for always. TRUNCATE exists on PostgreSQL only.
    """

    name: str
    table: str
    event: str
    when: str = "TRUE"

    def on_sqlite(self) -> Sequence[str]:
        if self.event == "TRUNCATE":
            return ()
        return (
            f"CREATE TRIGGER {PREFIX}{self.name} BEFORE {self.event} ON {self.table} WHEN {self.when} "
            f"BEGIN SELECT RAISE(ABORT, 'refused: {self.name}'); END",
        )

    def on_postgresql(self) -> Sequence[str]:
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        gone = self.event in {"DELETE", "TRUNCATE"}
        return _postgresql(
            self.name,
            f"BEFORE {self.event} ON {self.table} FOR EACH {each}",
            f"IF {self.when} THEN RAISE EXCEPTION 'refused: {self.name}' USING ERRCODE = '23000'; END IF; "
            f"RETURN {'OLD' if gone else 'NEW'};",
        )


@dataclass(frozen=True)
class Keep:
    """After a row is inserted, run statements that keep a sum elsewhere; SQL that both databases read."""

    name: str
    table: str
    statements: tuple[str, ...]

    def on_sqlite(self) -> Sequence[str]:
        body = " ".join(f"{statement};" for statement in self.statements)
        return (f"CREATE TRIGGER {PREFIX}{self.name} AFTER INSERT ON {self.table} BEGIN {body} END",)

    def on_postgresql(self) -> Sequence[str]:
        body = " ".join(f"{statement};" for statement in self.statements)
        return _postgresql(self.name, f"AFTER INSERT ON {self.table} FOR EACH ROW", f"{body} RETURN NULL;")


def _postgresql(name: str, event: str, body: str) -> Sequence[str]:
    function = f"{PREFIX}{name}"
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {function} {event} EXECUTE FUNCTION {function}()",
    )


Guard = Refuse | Keep
_guards: dict[str, tuple[Guard, ...]] = {}


def append_only(table: str) -> tuple[Guard, ...]:
    """Rows may be added, never changed or removed."""
    return tuple(Refuse(f"{table}_{event.lower()}", table, event) for event in ("UPDATE", "DELETE", "TRUNCATE"))


def guard(app: AppConfig, guards: Iterable[Guard]) -> None:
    """Declare the guards of an app; call in its ``ready``."""
    _guards[app.label] = tuple(guards)
    pre_migrate.connect(_before_migrate, sender=app, dispatch_uid=f"guards.{app.label}")
    post_migrate.connect(_after_migrate, sender=app, dispatch_uid=f"guards.{app.label}")


def _before_migrate(sender: AppConfig, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    if plan:
        remove(using, sender.label)


def _after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    install(using, sender.label)


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Our triggers in the database, and the table each is on."""
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def _declared(label: str | None) -> list[Guard]:
    return [one for app, guards in _guards.items() if label in (None, app) for one in guards]


def install(using: str = "default", label: str | None = None) -> None:
    """Create the guards anew (of one app, or all) on every table that is there."""
    remove(using, label)
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for one in _declared(label):
            if one.table in tables:
                for statement in one.on_sqlite() if connection.vendor == "sqlite" else one.on_postgresql():
                    cursor.execute(statement)


def remove(using: str = "default", label: str | None = None) -> None:
    """Take the guards away (of one app, or all)."""
    connection = connections[using]
    present = _present(connection)
    with connection.cursor() as cursor:
        for one in _declared(label):
            name = f"{PREFIX}{one.name}"
            if name in present:
                tail = "" if connection.vendor == "sqlite" else f" ON {present[name]}"
                cursor.execute(f"DROP TRIGGER {name}{tail}")


def missing(using: str = "default") -> list[str]:
    """Guards that are declared and not in the database: an unsound installation."""
    connection = connections[using]
    present = _present(connection)
    truncates = connection.vendor != "sqlite"
    return [
        one.name
        for one in _declared(None)
        if f"{PREFIX}{one.name}" not in present
        and (truncates or not (isinstance(one, Refuse) and one.event == "TRUNCATE"))
    ]
