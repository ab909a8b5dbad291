"""Which facts earn points."""

from __future__ import annotations

from yinxian import journal
from yinxian.journal.models import Entry

from .operations.points import award
from .reading import EARNING, FOLLOWER


@journal.follower(FOLLOWER, EARNING)
def fact_stands(entry: Entry) -> None:
    if entry.name in EARNING:  # the registry knows prefixes only
        award(entry=entry)
