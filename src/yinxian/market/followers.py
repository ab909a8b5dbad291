"""What the market does with the journal's entries and once a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from yinxian import journal

from . import followers_drafts as followers_drafts
from . import followers_imports as followers_imports
from . import indexing
from .operations.freshness import expire_listings, remind_owners

if TYPE_CHECKING:
    from yinxian.journal.models import Entry


@journal.follower("market.index", indexing.ENTRIES, batch=True, outside=True)
def index(entries: list[Entry]) -> None:
    """Keep the index in step: whatever the entries are about is read and written anew."""
    if changed := indexing.changed_by(entries):
        indexing.update(changed)


@journal.daily("market.freshness")
def keep_fresh(today: dt.date) -> None:
    """What is past its date leaves the lists; owners hear of it a month ahead."""
    expire_listings(today)
    remind_owners(today)


@journal.daily("market.index_check", outside=True)
def check_index(today: dt.date) -> None:
    """A missing, damaged or half-built index is made whole."""
    indexing.mend()
