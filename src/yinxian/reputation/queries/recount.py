"""Work all points out again from the journal, to see that the rows say the same; and by a scheme that does not hold
yet, to see what it would change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from yinxian.journal.models import Cursor, Entry
from yinxian.kernel import clock
from yinxian.kernel.clock import SHANGHAI
from yinxian.network.models import User

from ..models import UNDOING, Point, Scheme
from ..reading import EARNING, FOLLOWER, facts_of
from ..reading.told import Told
from ..rules import Award, Book, Fact, Plan, replay
from .schemes import homes, in_force, scheme_at, started_of

CHUNK = 500
Key = tuple[int, int, str]


def _told(
    since: dt.datetime | None = None, until: dt.datetime | None = None, last: int | None = None
) -> Iterator[list[Told]]:
    """Every fact that has a place in the journal (up to the ``last``), in its order, so many entries at a time."""
    entries = Entry.objects.filter(name__in=EARNING, place__isnull=False)
    if last is not None:
        entries = entries.filter(place__position__lte=last)
    if since:
        entries = entries.filter(at__gte=since)
    if until:
        entries = entries.filter(at__lt=until)
    places = entries.order_by("place__position").values_list("place__position", flat=True)
    reached = 0
    while chunk := list(places.filter(place__position__gt=reached)[:CHUNK]):
        reached = chunk[-1]
        yield facts_of(list(Entry.objects.filter(place__position__in=chunk).order_by("place__position")))


def recounted() -> dict[Key, tuple[int, int, str]]:
    """(given, held, why) by (person, entry, event), from the journal alone, as far as points were given.

    Whose scheme a person came under at a fact is what the row says, where there is one: it is no part of the fact.
    """
    rows = Point.objects.filter(corrects=None).values_list("user_id", "entry_id", "event", "scheme__association_id")
    under = {(user, entry, event): home for user, entry, event, home in rows}
    found: list[Award] = []
    book = Book()
    read = Cursor.objects.filter(follower=FOLLOWER).values_list("position", flat=True).first()
    for chunk in _told(last=read or 0):
        people = {part.user for told in chunk for part in told.fact.parts if part.user}
        now = homes(people)
        schemes = started_of({*now.values(), *under.values()})

        def plan_of(
            user: int, fact: Fact, now: dict[int, int] = now, schemes: dict[int, list[Scheme]] = schemes
        ) -> Plan | None:
            home = under.get((user, fact.entry, fact.event), now.get(user))
            versions = schemes.get(home or 0, [])
            scheme = in_force(versions, fact.at) or (versions[-1] if versions else None)
            return scheme.plan if scheme else None

        found += replay([told.fact for told in chunk], plan_of, book)
    return {(one.user, one.entry, one.event): (one.amount, one.held, one.why) for one in found}


def differences() -> list[tuple[Key, tuple[int, int, str] | None, tuple[int, int, str] | None]]:
    """Rows that the journal does not bear out: the key, what the journal gives, what stands in the row.

    Rows from before refusals were kept (without ``given``) went by other rules, and are left as they are. What an
    appeal had changed before a fact was undone is a decision, not a fact: the row that takes all back is read
    without it.
    """
    rows = Point.objects.filter(Q(corrects=None) | Q(entry__name__in=UNDOING)).select_related("corrects")
    appealed: dict[int, int] = defaultdict(int)
    decided = Point.objects.filter(corrects__isnull=False).exclude(entry__name__in=UNDOING)
    for first, change in decided.values_list("corrects_id", "amount"):
        appealed[first or 0] += change
    kept, older = {}, set()
    for row in rows.iterator():
        key = (row.user_id, row.entry_id, row.event)
        if (row.corrects or row).given_id is None:
            older.add(key)
        else:
            kept[key] = (row.amount + appealed.get(row.corrects_id or 0, 0), row.held, row.why)
    journal = {key: value for key, value in recounted().items() if key not in older}
    keys = sorted({*kept, *journal})
    return [(key, journal.get(key), kept.get(key)) for key in keys if journal.get(key) != kept.get(key)]


@dataclass
class Trial:
    """What a person would have got in the window: by the scheme that holds, and by the one that is tried."""

    user: User
    now: int = 0
    then: int = 0
    now_held: int = 0
    then_held: int = 0
    facts: int = 0

    @property
    def change(self) -> int:
        return self.then - self.now


@dataclass
class Simulation:
    """``since`` and ``until`` are the window's days, both in it."""

    since: dt.date
    until: dt.date
    holds: Scheme | None
    trials: list[Trial] = field(default_factory=list)

    @property
    def totals(self) -> tuple[int, int]:
        return sum(one.now for one in self.trials), sum(one.then for one in self.trials)


def simulate(scheme: Scheme, today: dt.date | None = None) -> Simulation:
    """The facts of the 365 days before today, once by the scheme that holds now and once by this one.

    The association's people are those who belong to it today. Both begin with nothing taken, so that caps are compared
    alike.
    """
    day = today or clock.today()
    since, until = day - dt.timedelta(days=365), day - dt.timedelta(days=1)
    window = [dt.datetime.combine(one, dt.time(), SHANGHAI) for one in (since, day)]
    holds = scheme_at(scheme.association, clock.now())
    made = Simulation(since, until, holds)
    people: dict[int, Trial] = {}
    books = (Book(), Book())
    counted: dict[int, set[tuple[int, str]]] = defaultdict(set)
    plans = (holds.plan if holds else None, scheme.plan)
    for chunk in _told(window[0], window[1]):
        facts = [told.fact for told in chunk]
        ids = {part.user for fact in facts for part in fact.parts if part.user}
        own = {user for user, home in homes(ids).items() if home == scheme.association_id}
        for user in User.objects.filter(pk__in=own - set(people)):
            people[user.pk] = Trial(user)
        for book, plan, sides in zip(books, plans, (("now", "now_held"), ("then", "then_held")), strict=True):
            for one in replay(facts, _only(own, plan), book):
                trial = people[one.user]
                for name, value in zip(sides, (one.amount, one.held), strict=True):
                    setattr(trial, name, getattr(trial, name) + value)
        for fact in facts:
            for part in fact.parts:
                counted[part.user].add((fact.entry, fact.event))
                if fact.undoes:
                    counted[part.user] -= {(fact.entry, fact.event), (fact.undoes, fact.event)}
    for person, trial in people.items():
        trial.facts = len(counted[person])
    made.trials = sorted(people.values(), key=lambda one: (-one.then, -one.now, one.user.pk))
    return made


def _only(people: set[int], plan: Plan | None) -> Callable[[int, Fact], Plan | None]:
    return lambda user, _fact: plan if user in people else None
