"""The demo year for tests that walk through all of it: loaded once a run, then put in from a copy.

The first who asks loads it through the product's own operations and keeps the rows and the files; everybody after
that, in whichever process, gets the same rows in a second.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from tests.demo_folder import FOLDER
from yinxian.kernel import clock, guards
from yinxian.portal.demo.load import load

OF_THE_SCHEMA = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def put_in_the_demo() -> None:
    """The year before today, in the test's database and data folder. The tables must be empty."""
    kept = Path(os.environ[FOLDER])
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        copy = kept / "rows"
        if copy.exists():
            _restore(pickle.loads(copy.read_bytes()))
            shutil.copytree(kept / "data", settings.YINXIAN_DATA, dirs_exist_ok=True)
            return
        with transaction.atomic():
            empty = _rows()
            load(clock.today(), lambda line: None)
            copy.write_bytes(pickle.dumps({table: rows for table, rows in _rows().items() if rows != empty[table]}))
        ours = shutil.ignore_patterns("*.sqlite3*")
        shutil.copytree(settings.YINXIAN_DATA, kept / "data", ignore=ours, dirs_exist_ok=True)


def _tables() -> list[str]:
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - OF_THE_SCHEMA)


def _rows() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def _restore(kept: Rows) -> None:
    """The guards step aside: what they keep (totals, balances) is in the rows already."""
    with transaction.atomic(), connection.cursor() as cursor:
        guards.remove(connection.alias)
        for table, (columns, rows) in kept.items():
            name, names = connection.ops.quote_name(table), ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"DELETE FROM {name}")
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table may wait for a check when its guards return
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        models = connection.introspection.installed_models(list(kept))
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
        guards.install(connection.alias)
