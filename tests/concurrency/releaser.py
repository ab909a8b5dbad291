"""A process that releases milestones one after another until it is killed; run as a program by test_kill.

It loads Django once and forks a releaser for each line ``N`` on its input. The releaser says ``here`` when it
stands before its N-th statement to the database (inside a transaction or between two) and stays there; with ``-N``
it says ``here`` and runs on, so that the kill may come anywhere, also inside a commit.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def release_all(stop: int) -> None:
    from django.db import connection

    from yinxian.deals.models import Milestone
    from yinxian.deals.operations.milestones import accept_and_release
    from yinxian.network.models import User

    seen = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == abs(stop):
            say(f"here {os.getpid()}")
            if stop > 0:
                signal.pause()
        return execute(*args)

    with connection.execute_wrapper(count):
        buyer = User.objects.get(name="周衡")
        for pk in list(Milestone.objects.filter(state="submitted").order_by("pk").values_list("pk", flat=True)):
            accept_and_release(milestone_id=pk, actor=buyer)
    say(f"done {os.getpid()}")
    signal.pause()


def main() -> None:
    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            release_all(int(line))
        _, status = os.waitpid(child, 0)
        say(f"gone {os.WTERMSIG(status)}")


if __name__ == "__main__":
    main()
