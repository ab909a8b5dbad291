"""The code on the projector: signed by this installation, another every half minute.

A code is the number of its window since 1970 and the first 128 bits of HMAC-SHA256 over the meeting and that number.
It is shown for 30 seconds and taken for 30 seconds more, the time that a phone needs to open the page. The key comes
from the installation's secret.
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils.crypto import constant_time_compare, salted_hmac

SECONDS = 30
GRACE = 1  # windows that a code is taken after its own
SEEN_FOR = dt.timedelta(minutes=5)  # between the scan and the press of the button: time enough to sign in
SHAPE = re.compile(r"(\d{1,12})-([0-9a-f]{32})")


def window_at(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // SECONDS


def _mac(session: str, window: int) -> str:
    value = f"{session}:{window}"
    return salted_hmac("yinxian.training.presence", value, algorithm="sha256").hexdigest()[:32]


def code_for(session: str, moment: dt.datetime) -> str:
    """What the projector shows for a meeting (its slug) at a moment."""
    window = window_at(moment)
    return f"{window}-{_mac(session, window)}"


def seconds_left(moment: dt.datetime) -> int:
    """How long the code of this moment is still shown."""
    return SECONDS - int(moment.timestamp()) % SECONDS


def is_good(code: str, session: str, moment: dt.datetime) -> bool:
    """Whether the code was made for this meeting and is not older than its window allows, nor from the future."""
    found = SHAPE.fullmatch(code)
    if found is None:
        return False
    window, now = int(found[1]), window_at(moment)
    return now - GRACE <= window <= now and constant_time_compare(found[2], _mac(session, window))
