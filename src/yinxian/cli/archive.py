"""A backup: one tar.gz with the database, the files, the keys, and a manifest of hashes. The search index is left
out, it is made again."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from yinxian import __version__

from .start import FORMAT
from .words import Stop, stop

MANIFEST = "manifest.json"
KEPT = ("files", "keys")
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_database(settings: dict[str, Any], folder: Path) -> Path:
    """A consistent copy of the database while others go on working: SQLite's own backup, or pg_dump."""
    if "sqlite" in settings["ENGINE"]:
        target = folder / DATABASE_NAMES["sqlite"]
        with closing(sqlite3.connect(settings["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target
    target = folder / DATABASE_NAMES["postgresql"]
    _postgresql("pg_dump", ["--format=custom", "--no-owner", f"--file={target}", address_of(settings)], settings)
    return target


def address_of(settings: dict[str, Any]) -> str:
    """The database as a connection string without the password, which goes by the environment: others may read
    what a program was started with."""
    user = f"{quote(settings['USER'])}@" if settings.get("USER") else ""
    port = f":{settings['PORT']}" if settings.get("PORT") else ""
    return f"postgresql://{user}{settings.get('HOST') or ''}{port}/{quote(settings['NAME'])}"


def _postgresql(program: str, words: list[str], settings: dict[str, Any]) -> None:
    if shutil.which(program) is None:
        raise stop(
            f"没有找到 {program}：请安装 PostgreSQL 的客户端程序。什么也没有动。",
            f"{program} was not found: install PostgreSQL's client programs. Nothing was touched.",
        )
    secret = {"PGPASSWORD": settings["PASSWORD"]} if settings.get("PASSWORD") else {}
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False, env=os.environ | secret)
    if done.returncode:
        raise stop(
            f"{program} 失败，什么也没有动：{done.stderr.strip()}",
            f"{program} failed, nothing was touched: {done.stderr.strip()}",
        )


EMPTY = """
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT format('DROP TABLE %I.%I CASCADE', schemaname, tablename)
    FROM pg_tables WHERE schemaname = current_schema() LOOP EXECUTE one; END LOOP;
  FOR one IN SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP EXECUTE one; END LOOP;
END $$;
"""


def restore_postgresql(settings: dict[str, Any], dump: Path) -> None:
    """All of it or nothing, in one transaction: what is there now goes, also what the backup does not know."""
    script = dump.with_suffix(".sql")
    _postgresql("pg_restore", ["--no-owner", f"--file={script}", str(dump)], settings)
    whole = dump.with_suffix(".whole.sql")
    with whole.open("wb") as target, script.open("rb") as source:
        target.write(EMPTY.encode())
        shutil.copyfileobj(source, target)
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={whole}"]
    _postgresql("psql", [*words, address_of(settings)], settings)
    script.unlink()
    whole.unlink()


def members_of(data: Path) -> Iterator[tuple[Path, str]]:
    for part in KEPT:
        for path in sorted((data / part).rglob("*")):
            if path.is_file():
                yield path, str(path.relative_to(data))


def write(target: Path, data: Path, settings: dict[str, Any], scratch: Path, made_at: str) -> dict[str, Any]:
    """Write the archive beside the target and move it there when it is whole; the manifest is returned."""
    database = dump_database(settings, scratch)
    members = [(database, database.name), *members_of(data)]
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "made_at": made_at,
        "members": {name: sha256_of(path) for path, name in members},
    }
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        with tarfile.open(unfinished, "w:gz") as archive:
            text = json.dumps(manifest, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
            for path, name in members:
                archive.add(path, name)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def unpack(source: Path, scratch: Path) -> dict[str, Any]:
    """Unpack into an empty folder and check every hash; Stop when anything is missing, extra or altered."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(scratch, filter="data")
        manifest = json.loads((scratch / MANIFEST).read_text())
        expected: dict[str, str] = manifest["members"]
    except FileNotFoundError as error:
        raise _damaged(source, str(error.filename or MANIFEST)) from error
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(source, f"{type(error).__name__}: {error}") from error
    if manifest.get("format") != FORMAT:
        version = manifest.get("version", "?")
        raise stop(
            f"{source} 是另一版本（{version}）的备份；什么也没有动。",
            f"{source} is a backup of another version ({version}); nothing was touched.",
        )
    found = {str(path.relative_to(scratch)) for path in scratch.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted(found ^ expected.keys()):
        raise _damaged(source, name)
    for name, digest in expected.items():
        if sha256_of(scratch / name) != digest:
            raise _damaged(source, name)
    return dict(manifest)


def check_sqlite(path: Path) -> None:
    """Stop when the database in the backup does not hold together."""
    try:
        with closing(sqlite3.connect(path)) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error
    if answer != "ok":
        raise _damaged(path, str(answer))


def _damaged(source: Path, what: str) -> Stop:
    return stop(
        f"备份 {source.name} 已损坏（{what}）；什么也没有动，现有数据原样。",
        f"The backup {source.name} is damaged ({what}); nothing was touched, the present data are as they were.",
    )
