"""Who follows the journal, and who has something to do once a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Entry

Handler = Callable[["Entry"], Any]
BatchHandler = Callable[[list["Entry"]], Any]
Duty = Callable[[dt.date], Any]


@dataclass(frozen=True)
class Follower:
    name: str
    prefixes: tuple[str, ...]
    handle: Callable[[Any], Any]
    batch: bool
    outside: bool

    def wants(self, entry_name: str) -> bool:
        return entry_name.startswith(self.prefixes)


FOLLOWERS: dict[str, Follower] = {}
DUTIES: dict[str, Duty] = {}
ROUNDS: dict[str, Callable[[], int]] = {}
OUTSIDE: set[str] = set()  # duties that run in no transaction; those of each round as "round …"


def follower(
    name: str, prefixes: tuple[str, ...], *, batch: bool = False, outside: bool = False
) -> Callable[[Callable[[Any], Any]], Any]:
    """Call the function for every entry whose name begins with one of the prefixes, in order.

    With ``batch`` it gets a list. Its database writes and the cursor commit together, so they happen
    exactly once; with ``outside`` (mail, index, long imports) it runs in no transaction and the cursor moves
    afterwards: it may be called again after a crash and must be idempotent.
    """

    def register(handle: Callable[[Any], Any]) -> Callable[[Any], Any]:
        FOLLOWERS[name] = Follower(name, prefixes, handle, batch, outside)
        return handle

    return register


def daily(name: str, *, outside: bool = False) -> Callable[[Duty], Duty]:
    """Call the function with the date, once a day (freshness, reminders, protection periods that end).

    With ``outside`` (the index) it runs in no transaction: it may be called again after a crash and must be idempotent.
    """

    def register(duty: Duty) -> Duty:
        DUTIES[name] = duty
        if outside:
            OUTSIDE.add(name)
        return duty

    return register


def each_round(name: str, *, outside: bool = False) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Call the function in every round of the worker, in a transaction of its own (what must end on the minute), or
    with ``outside`` (the network) in none.

    It returns how much it did; most rounds find nothing, so the question must be a cheap one.
    """

    def register(duty: Callable[[], int]) -> Callable[[], int]:
        ROUNDS[name] = duty
        if outside:
            OUTSIDE.add(f"round {name}")
        return duty

    return register
