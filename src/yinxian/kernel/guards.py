"""Triggers by which the database itself refuses what must never happen, on SQLite and on PostgreSQL.

An app declares its guards once. They are installed after every migrate (idempotent) and taken away before
one that has a plan, because SQLite rebuilds a table to alter it and fails on its triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

PREFIX = "yx_guard_"


class Both:
    """A guard that both databases have, unless it is meant for one of them (``vendor``)."""

    vendor: str

    def on(self, vendor: str) -> Self:
        """The same guard on one of the two databases only."""
        return replace(self, vendor=vendor)  # type: ignore[type-var]  # every guard is a dataclass


@dataclass(frozen=True)
class Refuse(Both):
    """Refuse an event (INSERT, UPDATE, UPDATE OF column, DELETE, TRUNCATE) when a condition on OLD and NEW holds.

    The condition is SQL that both databases read, with TRUE for always. TRUNCATE exists on PostgreSQL only.
    """

    name: str
    table: str
    event: str
    when: str = "TRUE"
    vendor: str = ""

    def on_sqlite(self) -> Sequence[str]:
        if self.event == "TRUNCATE":
            return ()
        return (
            f"CREATE TRIGGER {PREFIX}{self.name} BEFORE {self.event} ON {self.table} WHEN {self.when} "
            f"BEGIN SELECT RAISE(ABORT, 'refused: {self.name}'); END",
        )

    def on_postgresql(self) -> Sequence[str]:
        """A condition on OLD and NEW alone stands in the trigger itself: nothing is called for a row that is right."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        gone = self.event in {"DELETE", "TRUNCATE"}
        event = f"BEFORE {self.event} ON {self.table} FOR EACH {each}"
        refuse = f"RAISE EXCEPTION 'refused: {self.name}' USING ERRCODE = '23000';"
        if "SELECT" in self.when:
            refuse = f"IF {self.when} THEN {refuse} END IF;"
        elif self.when != "TRUE":
            event += f" WHEN ({self.when})"
        return _postgresql(self.name, event, f"{refuse} RETURN {'OLD' if gone else 'NEW'};")


@dataclass(frozen=True)
class Keep(Both):
    """After a row is inserted, run statements that keep a sum elsewhere; SQL that both databases read."""

    name: str
    table: str
    statements: tuple[str, ...]
    vendor: str = ""

    def on_sqlite(self) -> Sequence[str]:
        body = " ".join(f"{statement};" for statement in self.statements)
        return (f"CREATE TRIGGER {PREFIX}{self.name} AFTER INSERT ON {self.table} BEGIN {body} END",)

    def on_postgresql(self) -> Sequence[str]:
        body = " ".join(f"{statement};" for statement in self.statements)
        return _postgresql(self.name, f"AFTER INSERT ON {self.table} FOR EACH ROW", f"{body} RETURN NULL;")


@dataclass(frozen=True)
class Raw(Both):
    """A trigger in the words of one database: ``event`` as after its name, ``body`` as between BEGIN and END.

    ``by_index``: its queries join by index only (PostgreSQL), because a plan made for a thousand rows is kept for the
    session and must serve for two too.
    """

    name: str
    table: str
    vendor: str
    event: str
    body: str
    by_index: bool = False

    def on_sqlite(self) -> Sequence[str]:
        return (f"CREATE TRIGGER {PREFIX}{self.name} {self.event} BEGIN {self.body} END",)

    def on_postgresql(self) -> Sequence[str]:
        more = "SET enable_hashjoin = off SET enable_mergejoin = off " if self.by_index else ""
        return _postgresql(self.name, self.event, self.body, more)


def _postgresql(name: str, event: str, body: str, more: str = "") -> Sequence[str]:
    function = f"{PREFIX}{name}"
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql {more}AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {function} {event} EXECUTE FUNCTION {function}()",
    )


Guard = Refuse | Keep | Raw
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


def _declared(label: str | None, vendor: str) -> list[Guard]:
    known = [one for app, guards in _guards.items() if label in (None, app) for one in guards]
    return [one for one in known if one.vendor in ("", vendor)]


def install(using: str = "default", label: str | None = None) -> None:
    """Create the guards anew (of one app, or all) on every table that is there."""
    remove(using, label)
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for one in _declared(label, connection.vendor):
            if one.table in tables:
                for statement in one.on_sqlite() if connection.vendor == "sqlite" else one.on_postgresql():
                    cursor.execute(statement)


def remove(using: str = "default", label: str | None = None) -> None:
    """Take the guards away (of one app, or all), and with them those of earlier versions that nobody declares now."""
    connection = connections[using]
    present = _present(connection)
    wanted = {f"{PREFIX}{one.name}" for one in _declared(label, connection.vendor)}
    known = {f"{PREFIX}{one.name}" for one in _declared(None, connection.vendor)}
    with connection.cursor() as cursor:
        for name, table in present.items():
            if name in wanted or name not in known:
                cursor.execute(f"DROP TRIGGER {name}{'' if connection.vendor == 'sqlite' else f' ON {table}'}")


def missing(using: str = "default") -> list[str]:
    """Guards that are declared and not in the database: an unsound installation."""
    connection = connections[using]
    present = _present(connection)
    truncates = connection.vendor != "sqlite"
    return [
        one.name
        for one in _declared(None, connection.vendor)
        if f"{PREFIX}{one.name}" not in present
        and (truncates or not (isinstance(one, Refuse) and one.event == "TRUNCATE"))
    ]
