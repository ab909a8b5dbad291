"""What alliances does with the journal's entries and once a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from yinxian import journal
from yinxian.credentials.models import Credential, Presentation
from yinxian.deals.models import Deal
from yinxian.kernel import clock
from yinxian.network.models import ManagerProfile

from .operations.cards import refresh_cards, stale_cards
from .operations.fees import remind_and_lapse

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

ABOUT_PEOPLE = (
    *("network.manager.", "network.person.", "network.member.", "credentials.credential.", "credentials.presentation."),
    *("deals.deal.", "alliances.member."),
)
WHOSE = {
    "network.managerprofile": (ManagerProfile, "user_id"),
    "credentials.credential": (Credential, "user_id"),
    "credentials.presentation": (Presentation, "user_id"),
    "deals.deal": (Deal, "manager_id"),
}
BATCH = 500


@journal.follower("alliances.directory", ABOUT_PEOPLE, batch=True)
def keep_directory(entries: list[Entry]) -> None:
    """Cards follow profiles, certificates and deals."""
    wanted: set[int] = {entry.subject_id for entry in entries if entry.subject_type == "network.user"}
    wanted |= {entry.actor_id for entry in entries if entry.name.startswith("network.") and entry.actor_id}
    for subject_type, (model, whose) in WHOSE.items():
        keys = [entry.subject_id for entry in entries if entry.subject_type == subject_type]
        if keys:
            wanted |= set(model._default_manager.filter(pk__in=keys).values_list(whose, flat=True))
    refresh_cards(wanted)


@journal.daily("alliances.cards")
def keep_cards(today: dt.date) -> None:
    """Managers who came before the directory get a card; a level that ran out leaves it."""
    stale = stale_cards(clock.now())
    for start in range(0, len(stale), BATCH):
        refresh_cards(stale[start : start + BATCH])


@journal.daily("alliances.members")
def keep_members(today: dt.date) -> None:
    """Who is about to run out is reminded, who has run out lapses."""
    remind_and_lapse(today)
