"""Plays a year: what happens on which day, in order, each under the clock of its own moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from yinxian.kernel import clock
from yinxian.network.models import User

OPENS = dt.time(9, 0)
BETWEEN = dt.timedelta(minutes=4)


@dataclass
class World:
    """What has been made so far, by the key that the texts use."""

    today: dt.date
    made: dict[tuple[str, str], int] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    unread: set[tuple[str, int]] = field(default_factory=set)  # listings that the index does not know yet

    def day(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def keep(self, kind: str, key: str, pk: int) -> None:
        self.made[kind, key] = pk

    def pk(self, kind: str, key: str) -> int:
        return self.made[kind, key]


@dataclass(frozen=True)
class Event:
    """``days`` from today (0 or less); of one day, the lower ``rank`` comes first, then as they were written."""

    days: int
    rank: float
    run: Callable[[], object]


def play(events: Iterable[Event], today: dt.date) -> None:
    """Run all, oldest first. Nothing happens later than the present moment."""
    ordered = sorted(events, key=lambda event: (event.days, event.rank))
    for days, group in groupby(ordered, key=lambda event: event.days):
        opens = dt.datetime.combine(today + dt.timedelta(days=days), OPENS, clock.SHANGHAI)
        for number, event in enumerate(group):
            with at(opens + number * BETWEEN):
                event.run()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with clock.at(min(moment, clock.now())):
        yield
