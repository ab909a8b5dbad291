"""What happened (经过): the journal's entries about everything a deal hangs on, as its reader may know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yinxian.contracts.queries.contracts import visible_to as contracts_visible_to
from yinxian.journal.models import Entry
from yinxian.journal.queries.entries import entries_about, inclusions
from yinxian.matching.models import Candidate

from ..models import Deal, Milestone
from ..permissions.deals import sides_of
from ..story import Facts, Told, told
from .deals import files_for

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


def timeline(deal: Deal, reader: Any, *, facts: Facts | None = None) -> list[Knot]:
    """Newest first. Nothing is told that the reader's sides may not know; a stranger gets an empty list.

    ``facts`` are this reader's, where the caller has loaded them already.
    """
    known = facts or facts_for(deal, reader)
    if not known.sides:
        return []
    found = entries_about(*_subjects(known))[:MOST]
    knots = [_knot(entry, said) for entry in found if (said := told(entry, known)) is not None]
    return knots[::-1]


def _knot(entry: Entry, said: Told) -> Knot:
    return Knot(entry.at, said.title, said.text, said.url, said.plain, entry)


def facts_for(deal: Deal, reader: Any, milestones: Sequence[Milestone] | None = None) -> Facts:
    """Everything that the story may speak of to this reader, in a fixed number of queries."""
    sides = frozenset(sides_of(reader, deal))
    audience = ["all", *sides] if sides else []
    ours = Q(reference=deal.number) | Q(pk=deal.contract_id)
    contracts = contracts_visible_to(reader).filter(ours).order_by("pk")
    return Facts(
        deal=deal,
        sides=sides,
        introduction=deal.introduction,
        milestones={found.pk: found for found in (deal.milestones.all() if milestones is None else milestones)},
        notes={found.slug: found for found in deal.notes.filter(audience__in=audience)},
        meetings={found.slug: found for found in deal.meetings.filter(audience__in=audience)},
        files={found.slug: found for found in files_for(deal, sides)},
        members={found.pk: found for found in deal.team.all()},
        contracts={found.pk: found for found in contracts} if sides else {},
    )


def _subjects(facts: Facts) -> list[Any]:
    deal = facts.deal
    candidates = Candidate.objects.filter(need_id=deal.need_id, result_id=deal.result_id)
    introduction = [deal.introduction] if deal.introduction else []
    return [deal.need, *candidates, *introduction, deal, *facts.contracts.values(), *facts.milestones.values()]


def evidence(deal: Deal, reader: Any) -> dict[str, Any]:
    """The story with what proves it: each entry's hash, and its place in the sealed journal once it has one."""
    knots = timeline(deal, reader)
    proofs = inclusions(knot.entry for knot in knots)
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
                "inclusion": proofs.get(knot.entry.pk),
            }
            for knot in reversed(knots)
        ],
    }
