"""Evidence that somebody else confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse

from yinxian.journal.models import Entry
from yinxian.market.models import Need

from ..models import Event
from ..rules import Fact, Part
from .told import Ties, Told, own_word


def published(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Evidence is confirmed when somebody else publishes the need that it speaks for; each piece once."""
    needs = {need.pk: need for need in Need.objects.filter(pk__in={entry.subject_id for entry in entries})}
    names = [f"market.need.{verb}" for verb in ("evidence_added", "evidence_withdrawn", "published")]
    about = Entry.objects.filter(subject_type=Need._meta.label_lower, subject_id__in=needs, name__in=names)
    history: dict[int, list[Entry]] = defaultdict(list)
    for entry in about.order_by("pk"):
        history[entry.subject_id].append(entry)
    ties, found = Ties(need.owner_id for need in needs.values()), {}
    for entry in entries:
        if need := needs.get(entry.subject_id):
            found[entry.pk] = [
                Told(
                    Fact(entry.pk, Event.EVIDENCE_CONFIRMED, entry.at, pieces, (Part(giver, 1, tie),)),
                    entry,
                    title=need.slug,
                    path=reverse("market:need", args=[need.slug]),
                )
                for giver, pieces in _standing(history[need.pk], entry).items()
                for tie in [own_word(entry, giver) or ties.of(giver, (need.owner_id,), entry.at)]
            ]
    return found


def _standing(history: Iterable[Entry], published: Entry) -> dict[int, int]:
    """Pieces of evidence by giver that were added since the need was last published, and not withdrawn."""
    pieces: dict[str, int] = {}
    for entry in history:
        if entry.pk >= published.pk:
            break
        if entry.name == "market.need.published":
            pieces = {}
        elif entry.name == "market.need.evidence_added" and entry.actor_id:
            pieces[str(entry.data.get("evidence"))] = entry.actor_id
        else:
            pieces.pop(str(entry.data.get("evidence")), None)
    counted: dict[int, int] = {}
    for giver in pieces.values():
        counted[giver] = counted.get(giver, 0) + 1
    return dict(sorted(counted.items()))
