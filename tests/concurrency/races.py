"""Two acts at once, brought together at one point."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

MEETING_SECONDS = 2.0  # how long the first waits at the meeting point for one who may be held up by a lock


class Meeting:
    """A point inside an operation where both wait for each other; who is alone for long goes on."""

    def __init__(self, parties: int = 2) -> None:
        self.barrier = threading.Barrier(parties, timeout=MEETING_SECONDS)

    def wait(self) -> None:
        try:
            self.barrier.wait()
        except threading.BrokenBarrierError:
            return

    def at(self, patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        """Meet when the function of the module is called."""
        original = getattr(module, name)

        def met(*args: Any, **kwargs: Any) -> Any:
            self.wait()
            return original(*args, **kwargs)

        patch.setattr(module, name, met)


def at_once(*acts: Callable[[], Any], before: Callable[[], None] = lambda: None) -> list[Any]:
    """Run each act in a thread of its own; what each returned, or the exception it raised."""
    outcomes: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts), timeout=20)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            before()
            start.wait()
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "two acts wait for each other for ever"
    return outcomes
