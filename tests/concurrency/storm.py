"""Sixteen threads that send keyed requests to the ledger; run as a program by test_storm, which kills it.

It loads Django once. For each line ``NUMBER FILE`` on its input it forks a server: a process whose threads work off the
requests of the file (``key kind reference amount`` a line) and write ``NUMBER key answer`` for each: ``ok <id>``,
``refused <code>`` or ``lost <error>``; at the end ``NUMBER - done``.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from pathlib import Path

import django

THREADS = 16


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def serve(number: str, path: Path) -> None:
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for line in path.read_text().splitlines():
        waiting.put(line)
    threads = [threading.Thread(target=work, args=(number, waiting)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(f"{number} - done")


def work(number: str, waiting: queue.SimpleQueue[str]) -> None:
    from django.db import DatabaseError, InterfaceError, close_old_connections, connection

    from yinxian.kernel.errors import Refusal

    while True:
        try:
            key, kind, reference, amount = waiting.get_nowait().split()
        except queue.Empty:
            connection.close()
            return
        try:
            close_old_connections()
            said = f"ok {ask(key, kind, reference, int(amount))}"
        except Refusal as refusal:
            said = f"refused {refusal.code}"
        except (DatabaseError, InterfaceError) as error:
            said = f"lost {type(error).__name__}"
            connection.close()
        say(f"{number} {key} {said}")


def ask(key: str, kind: str, reference: str, amount: int) -> int:
    from yinxian.kernel.errors import Refusal
    from yinxian.network.models import User
    from yinxian.settlement.operations import receive, refund
    from yinxian.settlement.operations.quick import release_one
    from yinxian.settlement.operations.releases import Release

    actor = User.objects.get(name="周衡")
    if kind == "release":
        outcome = release_one(Release(reference, amount, key), actor=actor)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome.pk
    verb = receive if kind == "receive" else refund
    return int(verb(reference=reference, amount_fen=amount, key=key, actor=actor).pk)


def main() -> None:
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        number, path = line.split()
        child = os.fork()
        if child == 0:
            serve(number, Path(path))
            os._exit(0)
        say(f"{number} - started {child}")


if __name__ == "__main__":
    main()
