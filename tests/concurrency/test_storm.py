"""Two servers with sixteen threads, a thousand keyed requests sent one to five times, while servers and the database's
own backends are killed: each request took effect once, or says that it did not."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from tests.concurrency.killing import address
from tests.conftest import ROOT
from tests.settlement.books import REFERENCE, open_books
from tests.world import make_people
from yinxian.journal.models import Entry as JournalEntry
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.operations import fix_rule, open_account, receive
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Fee, Share, SplitRule

pytestmark = pytest.mark.django_db(transaction=True)
KEYS, MOST = 1000, 5
DEEP, SHALLOW = REFERENCE, "DSHALLOW"
LIMIT = 100.0  # seconds; on the machine where it was written it takes about a quarter of that


@pytest.fixture
def started(tmp_path: Path) -> None:
    """An escrow with more than enough, and one in which what arrives is fought over."""
    people = make_people()
    books = open_books(people)
    open_account(code=f"escrow:{SHALLOW}", name="浅户", owner_organisation=people.buyer)
    shares = (Share(books.manager.code, "沈若溪", 10_000),)
    for reference in (DEEP, SHALLOW):
        rule = SplitRule(books.supplier.code, "江北理工大学", 10**9, fee=Fee(bp=1160), shares=shares)
        fix_rule(reference=reference, rule=rule, actor=people.ruoxi)
    receive(reference=DEEP, amount_fen=10**7, key="start", actor=people.heng)


def requests(chance: random.Random) -> list[str]:
    kinds = ("receive", "release", "release", "refund")
    made = []
    for number in range(KEYS):
        line = f"q{number} {chance.choice(kinds)} {chance.choice((DEEP, SHALLOW))} {chance.randint(1, 900)}"
        made += [line] * chance.randint(1, MOST)
    chance.shuffle(made)
    return made


class Storm:
    """Keeps two servers at work, kills what the dice say, and writes down every answer."""

    def __init__(self, url: str, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance, self.number = folder, chance, 0
        self.answers: dict[str, list[str]] = {}
        self.pids: dict[str, int] = {}
        self.left: dict[str, list[str]] = {}
        self.killed: set[str] = set()
        self.kills = {"server": 0, "backend": 0}
        self.lock = threading.Condition()
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "yinxian.config.settings"}
        environment |= {"YINXIAN_MODE": "test", "YINXIAN_DATA": str(settings.YINXIAN_DATA)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.storm"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def send(self, lines: list[str]) -> None:
        self.number += 1
        path = self.folder / f"{self.number}.txt"
        path.write_text("\n".join(lines))
        self.left[str(self.number)] = list(lines)
        assert self.process.stdin
        self.process.stdin.write(f"{self.number} {path}\n")
        self.process.stdin.flush()

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            number, key, said = line.rstrip("\n").split(" ", 2)
            with self.lock:
                if said.startswith("started"):
                    self.pids[number] = int(said.split()[1])
                elif said == "done":
                    self.pids.pop(number, None)
                else:
                    self.answers.setdefault(key, []).append(said)
                    place = next(n for n, one in enumerate(self.left[number]) if one.split(" ", 1)[0] == key)
                    self.left[number].pop(place)
                self.lock.notify_all()

    def kill_server(self) -> None:
        """kill -9, and send again what it had not answered."""
        with self.lock:
            if not self.pids:
                return
            number = self.chance.choice(sorted(self.pids))
            os.kill(self.pids.pop(number), signal.SIGKILL)
            self.lock.wait(0.05)  # what it had written is still in the pipe
            lines = list(self.left[number])
            self.killed.add(number)
            self.kills["server"] += 1
        if lines:
            self.send(lines)

    def at_work(self) -> bool:
        """Whether a server that was not killed has something left to answer."""
        with self.lock:
            return any(lines for number, lines in self.left.items() if number not in self.killed)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.listener.join(10)
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def private_cluster(programs: Path) -> Iterator[str]:
    """A PostgreSQL of this test's own with a copy of the test database: killing a backend restarts all of it."""
    user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="yinxian-storm-", dir="/tmp"))
    if user:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **user}
    server = None
    try:
        words = ["-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"]
        subprocess.run([programs / "initdb", *words], check=True, **quiet)
        options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        options += ["-c", "max_connections=120", "-c", "shared_buffers=32MB"]
        server = subprocess.Popen([programs / "postgres", "-D", str(folder / "data"), *options], **quiet)
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        answering(url)
        dump = subprocess.run([programs / "pg_dump", "--no-owner", address()], check=True, capture_output=True)
        load = [programs / "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", url]
        subprocess.run(load, input=dump.stdout, check=True, capture_output=True)
        yield url
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def answering(url: str) -> None:
    """Wait until the server takes connections."""
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PostgreSQL did not start"
            threading.Event().wait(0.1)


def kill_backend(url: str, chance: random.Random, *, hard: bool) -> bool:
    """One of the servers' backends: kill -9 (the whole cluster restarts) or, politely, pg_terminate_backend."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as own:
            pids = [row[0] for row in own.execute(query + " AND application_name <> 'pytest'").fetchall()]
            if not pids:
                return False
            if hard:
                os.kill(chance.choice(pids), signal.SIGKILL)
            else:
                own.execute("SELECT pg_terminate_backend(%s)", [chance.choice(pids)])
    except (psycopg.OperationalError, ProcessLookupError):
        return False
    return True


def storm(url: str, folder: Path, *, hard: bool, polite: bool) -> Storm:
    chance = random.Random(20261125)
    made = requests(chance)
    found = Storm(url, folder, chance)
    try:
        found.send(made[::2])
        found.send(made[1::2])
        until = time.monotonic() + LIMIT
        while found.at_work():
            assert time.monotonic() < until, "the storm does not end"
            threading.Event().wait(chance.uniform(0.2, 0.6))
            dice = chance.random()
            if dice < 0.35 and found.kills["server"] < 10:
                found.kill_server()
            elif dice < 0.8 and (hard or polite) and found.kills["backend"] < 12:
                found.kills["backend"] += kill_backend(url, chance, hard=hard and found.kills["backend"] % 4 == 1)
    finally:
        found.stop()
    return found


def check(found: Storm) -> None:
    """Every answer holds, every key took effect at most once, and nothing else moved."""
    posted = {one.key: one for one in Transaction.objects.filter(key__startswith="q")}
    assert len(found.answers) == KEYS
    for key, answers in found.answers.items():
        ids = {said.split()[1] for said in answers if said.startswith("ok")}
        assert len(ids) <= 1, (key, answers)
        if ids:
            assert str(posted[key].pk) == ids.pop(), (key, answers)
        elif all(said.startswith("refused") for said in answers):
            assert key not in posted, (key, answers)
    told = JournalEntry.objects.filter(name="settlement.transaction.posted")
    assert told.count() == Transaction.objects.count()
    assert sorted(told.values_list("subject_id", flat=True)) == sorted(Transaction.objects.values_list("pk", flat=True))
    assert len(posted) > KEYS // 3, "too little got through for the kills to mean anything"
    assert sum(Account.objects.values_list("posted", flat=True)) == 0
    assert books_balance() == []


@pytest.mark.usefixtures("started")
def test_a_thousand_requests_in_a_storm_of_kills(tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        check(storm(address(), tmp_path, hard=False, polite=False))
        return
    programs = binaries()
    if programs is None:  # somebody else's PostgreSQL: no kill -9 there
        check(storm(address(), tmp_path, hard=False, polite=True))
        return
    connection.close()
    with private_cluster(programs) as url:
        found = storm(url, tmp_path, hard=True, polite=True)
        assert found.kills["backend"] >= 3
        here = connections.settings["default"]
        before = {name: here[name] for name in ("NAME", "HOST", "PORT", "USER")}
        given = psycopg.conninfo.conninfo_to_dict(url)
        answering(url)
        try:
            connection.close()
            connection.settings_dict.update(
                NAME=given["dbname"], HOST=given["host"], PORT=str(given["port"]), USER=given["user"]
            )
            check(found)
        finally:
            connection.close()
            connection.settings_dict.update(before)
