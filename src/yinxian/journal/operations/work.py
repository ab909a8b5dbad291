"""The worker's round: give places, let the followers read, do the daily duties, seal."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from yinxian.kernel import clock

from ..models import Cursor, DayDone, Entry, Parked, Position, Seal
from ..registry import DUTIES, FOLLOWERS, Follower
from .entries import give_places
from .sealing import seal

logger = logging.getLogger(__name__)
READ = 500
ATTEMPTS = 5


def work(*, seal_after: dt.timedelta = dt.timedelta()) -> int:
    """One round; returns how much was done, so that 0 means: rest a little."""
    done = give_places()
    for follower in list(FOLLOWERS.values()):
        done += _follow(follower)
    today = clock.today()
    for name in list(DUTIES):
        done += _do_duty(name, today)
    last = Seal.objects.order_by("-number").first()
    if last is None or clock.now() - last.at >= seal_after:
        done += seal() is not None
    return done


def drain(rounds: int = 50) -> None:
    """Work until nothing is left (after an import, in tests)."""
    for _ in range(rounds):
        if not work():
            return


def _follow(follower: Follower) -> int:
    """Read on from the cursor; a failing entry is tried ATTEMPTS rounds, then parked."""
    try:
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
            places = list(
                Position.objects.filter(position__gt=cursor.position)
                .order_by("position")
                .select_related("entry__actor")[:READ]
            )
            if not places:
                return 0
            wanted = [place for place in places if follower.wants(place.entry.name)]
            if cursor.attempts and wanted:  # something failed before: go one by one to find what
                wanted = wanted[:1]
                places = [place for place in places if place.position <= wanted[0].position]
            _handle(follower, [place.entry for place in wanted])
            cursor.position, cursor.attempts, cursor.error = places[-1].position, 0, ""
            cursor.save()
            return len(wanted)
    except Exception as error:  # one follower's fault must not stop the others; it is recorded
        logger.exception("follower %s failed", follower.name)
        return _failed(follower, error)


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
    if DayDone.objects.filter(duty=name, day=today).exists():
        return 0
    try:
        with transaction.atomic():
            _, created = DayDone.objects.get_or_create(duty=name, day=today)
            if created:
                DUTIES[name](today)
            return int(created)
    except Exception:  # one duty's fault must not stop the others; it is logged and comes again
        logger.exception("daily duty %s failed", name)
        return 0
