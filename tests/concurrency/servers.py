"""A program that starts the HTTP server (`yinxian serve`) again and again, to be killed; run by test_kill.

It loads the product once and forks a server, in a process group of its own, for each line ``N`` or ``N words`` on its
input. From there on it does what the command does: it binds the port and starts granian with its worker process. The
server says ``born``, then ``up`` once it has begun, and ``here`` when it stands before its N-th statement to the
database (that has the words in it), inside a transaction or between two: there it stays. With ``-N`` it says ``here``
and runs on, so that the kill may come anywhere, also inside a commit; with 0 it says nothing more.

``halves`` as its argument is the control: a release is no longer one transaction.
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

VOICE = os.dup(1)  # granian logs to the standard output
PORT = int(os.environ.get("KILLED_PORT", "0"))


def say(line: str) -> None:
    os.write(VOICE, f"{line}\n".encode())


def stand_at(stop: int, words: str) -> None:
    """Count the statements that have the words in them, of every connection that the server's workers open."""
    from django.db.backends.signals import connection_created

    seen = itertools.count(1)

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        if words in args[0] and next(seen) == abs(stop):
            say(f"here {os.getpid()}")
            if stop > 0:
                threading.Event().wait()  # with all that is locked
        return execute(*args)

    def counted(connection: Any, **_: Any) -> None:
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    connection_created.connect(counted, weak=False)


def load() -> None:
    """What a server needs on its first request, once for all servers; no connection is left open."""
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connections
    from django.test import RequestFactory

    importlib.import_module("granian.wsgi")
    WSGIHandler().get_response(RequestFactory().get("/api/v1/deals/", headers={"host": "127.0.0.1"}))
    connections.close_all()


def halved() -> None:
    """Commit a release as soon as the books have it, before the milestone knows."""
    from django.db import connection

    from yinxian.deals.operations.milestones import closing

    whole = closing.settlement.release

    def release(**given: Any) -> Any:
        posted = whole(**given)
        connection._commit()
        if connection.vendor == "sqlite":
            connection.cursor().execute("BEGIN IMMEDIATE")
        return posted

    closing.settlement.release = release


def serve(stop: int, words: str) -> None:
    from granian.server.common import AbstractServer

    from yinxian.cli.commands import serve as command

    spawn = AbstractServer._spawn_workers

    def spawned(self: Any, *args: Any) -> None:
        if stop:
            stand_at(stop, words)
        spawn(self, *args)
        say(f"up {os.getpid()}")

    AbstractServer._spawn_workers = spawned  # type: ignore[method-assign]  # to say when it is there
    command.port_is_free("127.0.0.1", PORT)
    command.serve("127.0.0.1", PORT, worker=False)


def run() -> None:
    os.dup2(2, 1)
    load()
    if "halves" in sys.argv:
        halved()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            say(f"born {os.getpid()}")
            stop, _space, words = line.rstrip("\n").partition(" ")
            serve(int(stop), words)
        _, status = os.waitpid(child, 0)
        say(f"gone {os.WTERMSIG(status)}")


if __name__ == "__main__":
    run()
