"""Who is registered hears the day before that the window opens, when it opens, and before it closes; each once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from yinxian import journal
from yinxian.kernel import clock

from ..models import Window

LAST_CALL = dt.timedelta(days=1)


@transaction.atomic
def remind(today: dt.date) -> int:
    """Record, once a window, that it opens today or tomorrow; the notices tell those registered. Returns how many."""
    end = dt.datetime.combine(today + dt.timedelta(days=2), dt.time(), clock.SHANGHAI)
    soon = Window.objects.filter(reminded_at=None, opens_at__lt=end, opens_at__gt=clock.now())
    return _say("exams.window.near", "reminded_at", soon)


@transaction.atomic
def call() -> int:
    """Record, once a window each, that it has opened, and that it closes soon: a day before, or in the second half of
    a window that is shorter than two days. The notices tell those who have not begun. Returns how many."""
    now = clock.now()
    open_now = Window.objects.filter(opens_at__lte=now, closes_at__gt=now)
    untold = Q(opening_told_at=None) | Q(closing_told_at=None, closes_at__lte=now + LAST_CALL)
    due = list(open_now.filter(untold, state=Window.State.OPEN))  # one query a round of the worker, mostly for nothing
    began = [one.pk for one in due if one.opening_told_at is None]
    late = [one.pk for one in due if one.closing_told_at is None and one.closes_at - now <= _last_call(one)]
    said = 0
    if began:
        said += _say("exams.window.began", "opening_told_at", open_now.filter(pk__in=began, opening_told_at=None))
    if late:
        said += _say("exams.window.closing", "closing_told_at", open_now.filter(pk__in=late, closing_told_at=None))
    return said


def _last_call(window: Window) -> dt.timedelta:
    return min(LAST_CALL, (window.closes_at - window.opens_at) / 2)


def _say(name: str, told: str, windows: QuerySet[Window]) -> int:
    found = windows.filter(state=Window.State.OPEN).select_for_update(of=("self",)).select_related("exam")
    said = list(found.order_by("pk"))
    for window in said:
        setattr(window, told, clock.now())
        window.save(update_fields=[told])
        data = {"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat()}
        journal.record(name, actor=None, subject=window, data=data, organisations=[window.exam.association_id])
    return len(said)
