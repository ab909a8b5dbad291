"""Backup and restore of a PostgreSQL database by its own client programs: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from yinxian.cli import archive
from yinxian.cli.words import Stop

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("backup-postgresql")]  # one database, one process
NAME = "yinxian_backup 测试"
MADE = """
CREATE TABLE deal (id int PRIMARY KEY, title text NOT NULL);
CREATE TABLE step (deal int REFERENCES deal DEFERRABLE INITIALLY DEFERRED, fen bigint CHECK (fen > 0));
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER kept BEFORE DELETE ON deal FOR EACH ROW EXECUTE FUNCTION never();
INSERT INTO deal VALUES (1, '催化'), (2, '喷氢');
INSERT INTO step VALUES (1, 4800);
"""


@pytest.fixture
def database() -> Iterator[dict[str, Any]]:
    """A database of its own, with a guard in it."""
    if not all(map(shutil.which, ("pg_dump", "pg_restore", "psql"))):
        pytest.skip("needs PostgreSQL's client programs (postgresql-client)")
    given: dict[str, Any] = {**settings.DATABASES["default"], "NAME": NAME}
    with server() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{NAME}"')
    ask(given, MADE)
    yield given
    with server() as connection:
        connection.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')


def server() -> psycopg.Connection[Any]:
    return connected({**settings.DATABASES["default"], "NAME": "postgres"})


def connected(given: dict[str, Any]) -> psycopg.Connection[Any]:
    where = {"host": given["HOST"], "port": given["PORT"] or 5432, "user": given["USER"], "dbname": given["NAME"]}
    return psycopg.connect(**where, password=given["PASSWORD"] or None, autocommit=True)


def ask(given: dict[str, Any], words: str) -> list[Any]:
    with connected(given) as connection:
        cursor = connection.execute(words)
        return cursor.fetchall() if cursor.description else []


def titles(given: dict[str, Any]) -> list[str]:
    return [row[0] for row in ask(given, "SELECT title FROM deal ORDER BY id")]


def test_what_was_backed_up_comes_back_and_what_came_later_goes(database: dict[str, Any], tmp_path: Path) -> None:
    dump = archive.dump_database(database, tmp_path)
    ask(database, "INSERT INTO deal VALUES (3, '后来'); CREATE TABLE later (deal int REFERENCES deal)")
    archive.restore_postgresql(database, dump)
    assert titles(database) == ["催化", "喷氢"]
    assert ask(database, "SELECT * FROM step") == [(1, 4800)]
    assert ask(database, "SELECT tablename FROM pg_tables WHERE tablename = 'later'") == []
    with pytest.raises(psycopg.errors.RaiseException):
        ask(database, "DELETE FROM deal")
    assert not list(tmp_path.glob("*.sql"))


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "flipped"])
def test_a_damaged_dump_is_refused_and_nothing_is_touched(
    database: dict[str, Any], tmp_path: Path, damage: str
) -> None:
    dump = archive.dump_database(database, tmp_path)
    ask(database, "INSERT INTO deal VALUES (3, '后来')")
    whole = dump.read_bytes()
    wrong = {"cut": whole[: len(whole) // 2], "empty": b"", "noise": b"\x00\xff" * 500, "flipped": b"X" + whole[1:]}
    dump.write_bytes(wrong[damage])
    with pytest.raises(Stop) as told:
        archive.restore_postgresql(database, dump)
    assert "pg_restore" in str(told.value)
    assert titles(database) == ["催化", "喷氢", "后来"]


def test_without_the_client_programs_it_says_what_to_install(
    database: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = archive.dump_database(database, tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for act in (
        lambda: archive.dump_database(database, tmp_path / "again"),
        lambda: archive.restore_postgresql(database, dump),
    ):
        with pytest.raises(Stop) as told:
            act()
        assert "PostgreSQL" in str(told.value)
    assert titles(database) == ["催化", "喷氢"]


def test_the_password_is_not_among_the_words_that_others_may_read(
    database: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def run(words: list[str], **given: Any) -> Any:
        seen.update(words=words, env=given["env"])
        raise OSError

    monkeypatch.setattr(archive.subprocess, "run", run)
    with pytest.raises(OSError):
        archive.dump_database({**database, "PASSWORD": "s3cret"}, tmp_path)
    assert "s3cret" not in " ".join(seen["words"])
    assert seen["env"]["PGPASSWORD"] == "s3cret"
