"""The worker's round: give places, let the followers read, do the daily duties, seal."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Max

from yinxian.kernel import clock

from ..models import Cursor, DayDone, Entry, Parked, Position, Seal
from ..registry import DUTIES, FOLLOWERS, OUTSIDE, ROUNDS, Follower
from .entries import give_places
from .sealing import seal

logger = logging.getLogger(__name__)
READ = 500
ATTEMPTS = 5


def work(*, seal_after: dt.timedelta = dt.timedelta()) -> int:
    """One round; returns how much was done, so that 0 means: rest a little."""
    done = give_places()
    for follower in _behind():
        done += _follow(follower)
    today = clock.today()
    for name in _still_to_do(today):
        done += _do_duty(name, today)
    for name in list(ROUNDS):
        done += _do_round(name)
    last = Seal.objects.order_by("-number").first()
    if last is None or clock.now() - last.at >= seal_after:
        done += seal() is not None
    return done


def drain(rounds: int = 50) -> None:
    """Work until nothing is left (after an import, in tests)."""
    for _ in range(rounds):
        if not work():
            return


def _behind() -> list[Follower]:
    """Those that have something to read, asked in two queries: a round with nothing to do should cost next to none."""
    head = Position.objects.aggregate(head=Max("position"))["head"] or 0
    read = dict(Cursor.objects.values_list("follower", "position"))
    return [follower for follower in FOLLOWERS.values() if read.get(follower.name, -1) < head]


def _still_to_do(today: dt.date) -> list[str]:
    """Duties of the day that are not done yet."""
    done = set(DayDone.objects.filter(day=today).values_list("duty", flat=True))
    return [name for name in DUTIES if name not in done]


def _follow(follower: Follower) -> int:
    """Read on from the cursor; a failing entry is tried ATTEMPTS rounds, then parked."""
    try:
        if follower.outside:
            places = _unread(follower, Cursor.objects.filter(follower=follower.name).first())
            _handle(follower, _wanted(follower, places))
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
            if not follower.outside:
                places = _unread(follower, cursor)
                _handle(follower, _wanted(follower, places))
            if places:
                cursor.position, cursor.attempts, cursor.error = places[-1].position, 0, ""
                cursor.save()
            return len(_wanted(follower, places))
    except Exception as error:  # one follower's fault must not stop the others; it is recorded
        logger.exception("follower %s failed", follower.name)
        return _failed(follower, error)


def _unread(follower: Follower, cursor: Cursor | None) -> list[Position]:
    """The next places; up to the first wanted one only, when something failed before (to find what)."""
    ahead = Position.objects.filter(position__gt=cursor.position if cursor else 0).order_by("position")
    places = list(ahead.select_related("entry__actor")[:READ])
    if cursor and cursor.attempts:
        first = next((number for number, place in enumerate(places) if follower.wants(place.entry.name)), len(places))
        places = places[: first + 1]
    return places


def _wanted(follower: Follower, places: list[Position]) -> list[Entry]:
    return [place.entry for place in places if follower.wants(place.entry.name)]


def _handle(follower: Follower, entries: list[Entry]) -> None:
    if follower.batch:
        if entries:
            follower.handle(entries)
        return
    for entry in entries:
        follower.handle(entry)


@transaction.atomic
def _failed(follower: Follower, error: Exception) -> int:
    """Count the failure; park the entry when it has failed too often. Returns 1 when the way is free again."""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
    cursor.attempts += 1
    cursor.error = f"{type(error).__name__}: {error}"
    parked = 0
    if cursor.attempts >= ATTEMPTS:
        ahead = Position.objects.filter(position__gt=cursor.position).order_by("position").select_related("entry")
        culprit = next((place for place in ahead[:READ] if follower.wants(place.entry.name)), None)
        if culprit:
            Parked.objects.get_or_create(
                follower=follower.name,
                entry=culprit.entry,
                defaults={"error": cursor.error, "at": clock.now()},
            )
            cursor.position, cursor.attempts, parked = culprit.position, 1, 1
    cursor.save()
    return parked


def _do_duty(name: str, today: dt.date) -> int:
    """Once a day; a duty that fails is undone, logged and tried again in the next round."""
    try:
        if name in OUTSIDE:
            DUTIES[name](today)
        with transaction.atomic():
            _, created = DayDone.objects.get_or_create(duty=name, day=today)
            if created and name not in OUTSIDE:
                DUTIES[name](today)
            return int(created)
    except Exception:  # one duty's fault must not stop the others; it is logged and comes again
        logger.exception("daily duty %s failed", name)
        return 0


def _do_round(name: str) -> int:
    """What is asked in every round; a failure is undone, logged and asked again in the next."""
    try:
        if f"round {name}" in OUTSIDE:
            return ROUNDS[name]()
        with transaction.atomic():
            return ROUNDS[name]()
    except Exception:  # one duty's fault must not stop the others; it is logged and comes again
        logger.exception("duty of each round %s failed", name)
        return 0
