"""What the market does with the journal's entries and once a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from yinxian import journal

from . import followers_imports as followers_imports
from . import search
from .models import Brief, ImportRun
from .operations.freshness import expire_listings, remind_owners
from .queries.imported import imported_by

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

KIND_OF = {"market.result": "result", "market.need": "need"}


@journal.follower("market.index", ("market.",), batch=True, outside=True)
def index(entries: list[Entry]) -> None:
    """Keep the index in step: whatever the entries are about is read and written anew."""
    about: dict[str, set[int]] = {}
    for entry in entries:
        about.setdefault(entry.subject_type, set()).add(entry.subject_id)
    changed = {(kind, pk) for subject, kind in KIND_OF.items() for pk in about.get(subject, ())}
    briefs = Brief.objects.filter(pk__in=about.get("market.brief", ()))
    changed |= {("need", pk) for pk in briefs.values_list("need_id", flat=True)}
    for run in ImportRun.objects.filter(pk__in=about.get("market.importrun", ()), state=ImportRun.State.DONE):
        changed |= imported_by(run)
    if changed:
        search.update(changed)


@journal.daily("market.freshness")
def keep_fresh(today: dt.date) -> None:
    """What is past its date leaves the lists; owners hear of it a month ahead."""
    expire_listings(today)
    remind_owners(today)


@journal.daily("market.index_check")
def check_index(today: dt.date) -> None:
    """A missing or damaged index is built anew."""
    search.mend()
