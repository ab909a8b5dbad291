"""kill -9 to the worker while it builds the index, several times: everything that the database has is found, nothing
that it has not; and a change is found within two seconds of its commit."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from tests.concurrency.killing import PATIENCE, address
from tests.conftest import ROOT
from tests.market.listings import make_result
from tests.world import People, make_people
from yinxian import journal
from yinxian.kernel import indexbuild
from yinxian.kernel.text import required_terms
from yinxian.kernel.textindex import Unreadable
from yinxian.market import search
from yinxian.market.models import Result

pytestmark = pytest.mark.django_db(transaction=True)
RESULTS, KILLS, SOON = 1500, 5, 2.0


class Worker:
    """``indexer.py`` as a process."""

    def __init__(self, data: Path) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": address(),
            "YINXIAN_MODE": "test",
            "YINXIAN_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "yinxian.config.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.indexer"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self.group = 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        if self.group:
            os.killpg(self.group, signal.SIGKILL)
        self.process.kill()
        self.process.communicate()

    def hear(self, expected: str) -> int:
        assert self.process.stdout
        assert select.select([self.process.stdout], [], [], PATIENCE)[0], f"never heard {expected}"
        word, number = self.process.stdout.readline().decode().split()
        assert word == expected
        return int(number)

    def start(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.group = self.hear("up")

    def kill(self) -> None:
        """SIGKILL to the worker alone: what makes tokens for it must end by itself."""
        os.kill(self.group, signal.SIGKILL)
        assert self.hear("gone") == signal.SIGKILL
        eventually(lambda: not alive(self.group))
        self.group = 0


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(true: Callable[[], Any]) -> float:
    """Seconds until it is so."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() < start + PATIENCE, "it never came to be"
        threading.Event().wait(0.02)
    return time.monotonic() - start


def name(number: int) -> str:
    """A figure that no other result has."""
    return f"7{number:07d}"


def publish(people: People, number: int, verb: str = "published", **changed: Any) -> Result:
    with transaction.atomic():
        result = make_result(people, title=f"第{name(number)}号", **changed)
        journal.record(f"market.result.{verb}", actor=people.qiao, subject=result)
    return result


def found(number: int) -> set[int]:
    terms = required_terms(f"第{name(number)}号")
    try:
        return {hit.pk for hit in search.index().search(terms, network=True, every=True).hits}
    except Unreadable:
        return set()


def test_killed_while_it_builds_it_goes_on_and_everything_is_found(tmp_path: Path, settings: LazySettings) -> None:
    settings.YINXIAN_DATA = tmp_path
    people = make_people()
    first = publish(people, 0)
    fields = {field.attname: getattr(first, field.attname) for field in Result._meta.concrete_fields}
    fields.pop("id")
    Result.objects.bulk_create(
        Result(**(fields | {"slug": f"R{n:09d}", "title": f"第{name(n)}号"})) for n in range(1, RESULTS)
    )
    chance, halfway = random.Random(20260701), set[int]()
    with Worker(tmp_path) as worker:
        for kill in range(KILLS):
            worker.start()
            if kill < KILLS - 1:  # somewhere after the next commit
                before = indexbuild.progress(search.index())
                eventually(lambda before=before: indexbuild.progress(search.index()) != before)  # type: ignore[misc]
                threading.Event().wait(chance.random() * 0.1)
            else:  # anywhere
                threading.Event().wait(chance.random() * 0.5)
            worker.kill()
            state = indexbuild.progress(search.index())
            halfway |= {state.done} if state else set()
            Result.objects.filter(title=f"第{name(kill + 1)}号").update(state=Result.State.WITHDRAWN)
            withdrawn = Result.objects.get(title=f"第{name(kill + 1)}号")
            with transaction.atomic():
                journal.record("market.result.withdrawn", actor=people.lan, subject=withdrawn)
            publish(people, RESULTS + kill)
        assert len(halfway) > 1, "the kills never came in the middle of a build"
        worker.start()
        eventually(lambda: indexbuild.progress(search.index()) is None and found(RESULTS + KILLS - 1))
        eventually(lambda: not found(KILLS))
        soon = []
        for number in range(RESULTS + KILLS, RESULTS + KILLS + 3):
            publish(people, number)
            soon.append(eventually(lambda number=number: found(number)))  # type: ignore[misc]
        assert min(soon) < SOON, f"a change was found after {soon} seconds"
    listed = {row.pk: row.title for row in Result.objects.filter(state=Result.State.PUBLISHED)}
    assert search.index().count() == len(listed) == RESULTS + 3
    for number in (0, *range(KILLS + 1, RESULTS + KILLS, 97), *range(RESULTS, RESULTS + KILLS + 3)):
        assert {listed[pk] for pk in found(number)} == {f"第{name(number)}号"}
    assert not any(found(number) for number in range(1, KILLS + 1))
