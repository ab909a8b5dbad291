"""Servers that are killed, and the people who press on meanwhile."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.conftest import ROOT

PATIENCE = 60  # seconds after which a server that says nothing is a fault
LOST = (OSError, http.client.HTTPException)


def address() -> str:
    """The test database as DATABASE_URL."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    return f"postgresql://{who}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """``servers.py`` as a process: ``start`` a server, ``kill`` all that belongs to it."""

    def __init__(self, *arguments: str) -> None:
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DATABASE_URL": address(),
            "KILLED_PORT": str(self.port),
            "YINXIAN_MODE": "test",
            "YINXIAN_DATA": str(settings.YINXIAN_DATA / "served"),
            "DJANGO_SETTINGS_MODULE": "yinxian.config.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.servers", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self.group = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever failed, nothing is left running."""
        if self.group:
            os.killpg(self.group, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()

    def hear(self, expected: str) -> int:
        assert self.process.stdout
        assert select.select([self.process.stdout], [], [], PATIENCE)[0], f"never heard {expected}"
        word, _space, number = self.process.stdout.readline().decode().partition(" ")
        assert word == expected, f"heard {word!r}, not {expected!r}"
        return int(number)

    def start(self, statement: int, words: str = "") -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{statement} {words}\n".encode())
        self.group = self.hear("born")
        assert self.hear("up") == self.group

    def kill(self) -> None:
        """SIGKILL to the server and its worker at once."""
        os.killpg(self.group, signal.SIGKILL)
        self.group = 0
        assert self.hear("gone") == signal.SIGKILL


@dataclass
class Presser:
    """A person who releases one milestone after another over HTTP, each with a key of its own that is sent again
    until there is an answer."""

    port: int
    token: str
    left: list[str]
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def press(self) -> None:
        """Go on until all is answered or the server is gone."""
        with contextlib.suppress(*LOST), contextlib.closing(reached(self.port)) as line:
            while self.left:
                slug = self.left[0]
                body = json.dumps({"key": f"{self.token[:8]}-{slug}"})
                headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
                line.request("POST", f"/api/v1/deals/milestones/{slug}/release", body, headers)
                answer = line.getresponse()
                content = json.loads(answer.read())
                self.answers[slug] = answer.status, str(content.get("state") or content.get("code"))
                self.left.pop(0)


def reached(port: int) -> http.client.HTTPConnection:
    """A connection to a server that has just begun."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(PATIENCE * 100):
        try:
            line.connect()
        except ConnectionRefusedError:
            threading.Event().wait(0.01)
        else:
            return line
    raise AssertionError("the server did not come up")


def pressing(pressers: list[Presser]) -> list[threading.Thread]:
    threads = [threading.Thread(target=one.press) for one in pressers]
    for thread in threads:
        thread.start()
    return threads
