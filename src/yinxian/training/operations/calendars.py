"""A person's calendar address."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.network.models import User

from ..models import CalendarKey


@transaction.atomic
def renew_calendar(*, actor: User) -> CalendarKey:
    """Another secret address; the one before stops working at once."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)
    key, made = CalendarKey.objects.get_or_create(user=actor, defaults={"number": 2})  # the first address is number 1
    if not made:
        key.number += 1
        key.renewed_at = clock.now()
        key.save(update_fields=["number", "renewed_at"])
    journal.record("training.calendar.renewed", actor=actor, subject=actor)
    return key
