"""A fact as it was told, who is related to whom at a moment, and names in what an entry says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yinxian.journal.models import Entry
from yinxian.kernel.text import clean
from yinxian.network.models import Membership, Organisation, User

from ..models import Relation, Why
from ..rules import Fact

Span = tuple[int, dt.datetime, dt.datetime | None]
"""A person, from when and until when."""


@dataclass(frozen=True)
class Told:
    """A fact, and what a page says of it. ``title`` is empty where the deal's own is to be read."""

    fact: Fact
    entry: Entry
    deal_id: int | None = None
    title: str = ""
    path: str = ""


class Ties:
    """Who belonged to which organisation, or had declared a relation with it, at a moment; two queries."""

    def __init__(self, organisation_ids: Iterable[int]) -> None:
        wanted = sorted(set(organisation_ids))
        self.members: dict[int, list[Span]] = defaultdict(list)
        self.declared: dict[int, list[Span]] = defaultdict(list)
        for row in Membership.objects.filter(organisation__in=wanted):
            self.members[row.organisation_id].append((row.user_id, row.since, row.ended_at))
        for one in Relation.objects.filter(organisation__in=wanted):
            self.declared[one.organisation_id].append((one.user_id, one.declared_at, one.ended_at))

    @staticmethod
    def _at(spans: Iterable[Span], moment: dt.datetime) -> set[int]:
        return {who for who, since, until in spans if since <= moment and (until is None or until > moment)}

    def acting(self, organisation_id: int, moment: dt.datetime) -> set[int]:
        """Who belonged to the organisation."""
        return self._at(self.members[organisation_id], moment)

    def of(self, user_id: int, organisations: Iterable[int], moment: dt.datetime) -> str:
        """Why the person may not earn from a fact with these organisations on the other side; nothing when they may."""
        places = list(organisations)
        if any(user_id in self._at(self.members[place], moment) for place in places):
            return Why.OWN_ORGANISATION
        if any(user_id in self._at(self.declared[place], moment) for place in places):
            return Why.DECLARED
        return ""

    def between(self, one: Organisation, other: Organisation, moment: dt.datetime) -> str:
        """Why nobody earns from a fact between the two; nothing when they are strangers to each other."""
        if one.pk == other.pk or (one.credit_code and one.credit_code == other.credit_code):
            return Why.ONE_ORGANISATION
        shared = self._at(self.members[one.pk], moment) & self._at(self.members[other.pk], moment)
        return Why.BOTH_SIDES if shared else ""


def people(slugs: Iterable[Any]) -> dict[str, int]:
    wanted = {slug for slug in slugs if isinstance(slug, str)}
    return dict(User.objects.filter(slug__in=wanted).values_list("slug", "pk"))


def words(entry: Entry) -> str:
    return clean(str(entry.data.get("title") or entry.subject_slug))[:200]


def own_word(entry: Entry, user_id: int) -> str:
    """Why somebody whose own act confirmed the fact may not earn from it; nothing when it was somebody else's."""
    return Why.OWN_WORD if entry.actor_id == user_id else ""
