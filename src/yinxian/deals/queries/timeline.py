"""What happened (经过): the journal's entries about everything a deal hangs on, as its reader may know them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from yinxian.contracts.models import Contract
from yinxian.contracts.queries.contracts import visible_to as contracts_visible_to
from yinxian.journal.models import Entry
from yinxian.journal.queries.entries import entries_about, inclusion
from yinxian.matching.models import Candidate

from ..models import Deal
from ..permissions.deals import sides_of
from ..story import Facts, Told, told

MOST = 2_000


@dataclass(frozen=True)
class Knot:
    """As ``_knots.html`` draws it, with the entry it stands on."""

    when: dt.datetime
    title: str
    text: str
    url: str
    plain: bool
    entry: Entry


def timeline(deal: Deal, reader: Any, *, sides: set[str] | None = None) -> list[Knot]:
    """Newest first. Nothing is told that the reader's sides may not know; a stranger gets an empty list."""
    mine = sides_of(reader, deal) if sides is None else sides
    if not mine:
        return []
    contracts = list(contracts_visible_to(reader).filter(reference=deal.number))
    facts = facts_of(deal, mine, contracts)
    found = entries_about(*_subjects(deal, facts, contracts))[:MOST]
    knots = [_knot(entry, said) for entry in found if (said := told(entry, facts, mine)) is not None]
    return knots[::-1]


def _knot(entry: Entry, said: Told) -> Knot:
    return Knot(entry.at, said.title, said.text, said.url, said.plain, entry)


def facts_of(deal: Deal, sides: set[str], contracts: list[Contract]) -> Facts:
    audience = ["all", *sides]
    return Facts(
        deal=deal,
        introduction=deal.introduction,
        milestones={found.pk: found for found in deal.milestones.all()},
        notes={found.slug: found for found in deal.notes.filter(audience__in=audience)},
        meetings={found.slug: found for found in deal.meetings.filter(audience__in=audience)},
        files={found.slug: found for found in deal.files.filter(audience__in=audience)},
        members={found.pk: found for found in deal.team.all()},
        contracts={found.pk: found.slug for found in contracts},
    )


def _subjects(deal: Deal, facts: Facts, contracts: list[Contract]) -> list[Any]:
    candidates = Candidate.objects.filter(need_id=deal.need_id, result_id=deal.result_id)
    introduction = [deal.introduction] if deal.introduction else []
    return [deal.need, *candidates, *introduction, deal, *contracts, *facts.milestones.values()]


def evidence(deal: Deal, reader: Any) -> dict[str, Any]:
    """The story with what proves it: each entry's hash, and its place in the sealed journal once it has one."""
    knots = timeline(deal, reader)
    return {
        "deal": deal.slug,
        "number": deal.number,
        "title": deal.title,
        "events": [
            {
                "at": knot.when.isoformat(),
                "says": knot.title,
                "more": knot.text,
                "entry": knot.entry.body(),
                "leaf": knot.entry.leaf,
                "inclusion": inclusion(knot.entry),
            }
            for knot in reversed(knots)
        ],
    }
