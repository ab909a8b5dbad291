"""A backup while others write, restored elsewhere: books balance, receipts verify, no committed answer is missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.cli.conftest import yinxian
from tests.concurrency.killing import address
from tests.conftest import ROOT
from tests.deals.introducing import acknowledged
from tests.settlement.books import REFERENCE, open_books
from tests.world import make_people
from yinxian.cli.start import prepare_data
from yinxian.deals.receipts import document_of
from yinxian.settlement.operations import fix_rule
from yinxian.settlement.rules import Fee, Share, SplitRule

pytestmark = pytest.mark.django_db(transaction=True)


class Writer:
    """The writing process, and every key that it said was committed."""

    def __init__(self) -> None:
        environment = {**os.environ, "DATABASE_URL": address(), "YINXIAN_MODE": "test"}
        environment |= {"YINXIAN_DATA": str(settings.YINXIAN_DATA), "DJANGO_SETTINGS_MODULE": "yinxian.config.settings"}
        words = [sys.executable, "-m", "tests.cli.writer"]
        self.process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self.more = threading.Condition()
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.more:
                self.said.append(line.strip())
                self.more.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self.more:
            assert self.more.wait_for(lambda: len(self.said) >= count, 60), "the writer does not write"
            return list(self.said)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.listener.join(10)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A second installation: its data folder and its database."""
    if connection.vendor == "sqlite":
        yield tmp_path / "other", f"sqlite:///{tmp_path / 'other' / 'yinxian.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_other"
    server = urlunsplit(urlsplit(address())._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        own.execute(f'CREATE DATABASE "{name}"')
        yield tmp_path / "other", urlunsplit(urlsplit(address())._replace(path=f"/{name}"))
        own.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def keys_in(url: str) -> set[str]:
    query = "SELECT key FROM settlement_transaction"
    if url.startswith("sqlite"):
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            return {row[0] for row in other.execute(query)}
    with psycopg.connect(url) as own:
        return {row[0] for row in own.execute(query).fetchall()}


def test_what_was_committed_before_the_backup_is_in_it(
    tmp_path: Path, elsewhere: tuple[Path, str], drain: Callable[[], None]
) -> None:
    prepare_data(settings.YINXIAN_DATA)
    people = make_people()
    books = open_books(people)
    shares = (Share(books.manager.code, "沈若溪", 10_000),)
    rule = SplitRule(books.supplier.code, "江北理工大学", 10**9, fee=Fee(bp=1000), shares=shares)
    fix_rule(reference=REFERENCE, rule=rule, actor=people.ruoxi)
    receipt = acknowledged(people).receipt
    drain()
    paper, target, (folder, url) = tmp_path / "receipt.json", tmp_path / "backup.tar.gz", elsewhere
    paper.write_text(json.dumps(document_of(receipt)), encoding="utf-8")
    connection.close()
    writer = Writer()
    try:
        before = writer.wait_for(20)
        done = yinxian(settings.YINXIAN_DATA, "backup", str(target), DATABASE_URL=address())
        assert done.returncode == 0, done.stderr
        during = len(writer.wait_for(len(before) + 1)) - len(before)
        assert during, "nobody wrote while the backup was made"
    finally:
        writer.stop()
    done = yinxian(folder, "restore", str(target), DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    restored = keys_in(url)
    assert set(before) <= restored, "a committed answer is missing"
    assert {key for key in restored if key.startswith("out")} <= {key.replace("in", "out") for key in restored}
    answers = json.loads(yinxian(folder, "check", "--json", DATABASE_URL=url).stdout)
    sound = {answer["question"]: answer["sound"] for answer in answers}
    assert sound["books"] and sound["seals"] and sound["database"], answers
    verified = yinxian(folder, "verify", str(paper), DATABASE_URL=url)
    assert verified.returncode == 0, verified.stdout + verified.stderr
