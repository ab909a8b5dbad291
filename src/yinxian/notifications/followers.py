"""The journal becomes notices; notices become mails."""

from __future__ import annotations

import datetime as dt

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.kernel import clock

from .operations.mails import ask_again, send_due
from .operations.telling import tell
from .table import TABLE

NAMES = tuple(sorted(TABLE))


@journal.follower("notifications.notices", NAMES)
def write_notices(entry: Entry) -> None:
    tell(entry)


@journal.follower("notifications.mails", (*NAMES, "notifications.mails.due"), batch=True, outside=True)
def send_mails(entries: list[Entry]) -> None:
    """Notices first, should the other follower be behind; then whatever is due, earlier failures included."""
    for entry in entries:
        tell(entry)
    send_due()


@journal.daily("notifications.mails")
def send_what_is_left(_today: dt.date) -> None:
    """What could not be sent is tried again even when nothing new happens."""
    ask_again(clock.now())
