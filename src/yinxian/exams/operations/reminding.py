"""Who is registered hears the day before that the window opens."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock

from ..models import Window


@transaction.atomic
def remind(today: dt.date) -> int:
    """Record, once a window, that it opens today or tomorrow; the notices tell those registered. Returns how many."""
    end = dt.datetime.combine(today + dt.timedelta(days=2), dt.time(), clock.SHANGHAI)
    soon = Window.objects.select_for_update(of=("self",)).filter(
        state=Window.State.OPEN, reminded_at=None, opens_at__lt=end, closes_at__gt=clock.now()
    )
    found = list(soon.select_related("exam").order_by("pk"))
    for window in found:
        window.reminded_at = clock.now()
        window.save(update_fields=["reminded_at"])
        journal.record(
            "exams.window.near",
            actor=None,
            subject=window,
            data={"opens_at": window.opens_at.isoformat()},
            organisations=[window.exam.association_id],
        )
    return len(found)
