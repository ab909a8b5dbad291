"""Sessions are read plainly: while they last, and no longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.test import Client

from tests.world import People


def test_a_session_holds_until_it_expires_or_is_gone(people: People, client_of: Callable[..., Client]) -> None:
    browser = client_of(people.ruoxi)
    assert browser.get("/me/").status_code == 200
    last = Session.objects.get().expire_date
    Session.objects.update(expire_date=last - dt.timedelta(days=60))
    assert browser.get("/me/").status_code == 302
    other = client_of(people.heng)
    assert other.get("/me/").status_code == 200
    Session.objects.all().delete()
    assert other.get("/me/").status_code == 302
