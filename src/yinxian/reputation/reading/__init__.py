"""Read entries of the journal as facts that may earn points: who takes part, how much it is, who is related to whom.

What an entry does not say itself is read from rows that do not change after it: the shares that were agreed with the
introduction, the amount fixed at signing, what a milestone released. Memberships and declared relations are those of
the entry's own moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yinxian.journal.models import Entry

from . import courses, deals, landings, needs
from .told import Told

READERS: dict[str, Callable[[Sequence[Entry]], dict[int, list[Told]]]] = {
    "deals.deal.registered": deals.registered,
    "deals.milestone.released": deals.released,
    "market.need.published": needs.published,
    "training.course.taught": courses.taught,
    "training.course.completed": courses.completed,
    "training.completion.withdrawn": courses.withdrawn,
    "landing.landing.confirmed": landings.landed,
}
EARNING = tuple(READERS)
"""Names of the entries that may earn points or take them back; all are read, in the order of the journal."""
FOLLOWER = "reputation.facts"


def facts_of(entries: Sequence[Entry]) -> list[Told]:
    """The facts of the entries in their order; the number of queries does not depend on how many there are."""
    found: dict[int, list[Told]] = {}
    for name, reader in READERS.items():
        chosen = [entry for entry in entries if entry.name == name]
        if chosen:
            found |= reader(chosen)
    return [told for entry in entries for told in found.get(entry.pk, ())]
