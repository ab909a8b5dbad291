"""Teams that landed where they were referred to."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yinxian.journal.models import Entry
from yinxian.landing.models import Landing
from yinxian.network.models import Organisation

from ..models import Event
from ..rules import Fact, Part
from .told import Ties, Told, people, words


def landed(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Both regions have confirmed: the people of the share agreement, by its shares; the team's own earn nothing."""
    lines = {entry.pk: [one for one in entry.data.get("shares", ()) if isinstance(one, dict)] for entry in entries}
    known = people(one.get("holder") for rows in lines.values() for one in rows)
    slugs = {str(entry.data.get("team")) for entry in entries}
    teams = dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    named = Landing.objects.in_bulk(
        [entry.subject_id for entry in entries if entry.subject_type == Landing._meta.label_lower]
    )
    ties, found = Ties(teams.values()), {}
    for entry in entries:
        landing = named.get(entry.subject_id) if entry.subject_type == Landing._meta.label_lower else None
        team = teams.get(str(entry.data.get("team")))
        parts = tuple(
            Part(user, bp, ties.of(user, [team] if team else [], entry.at) if user else "")
            for one in lines[entry.pk]
            for user, bp in [(known.get(str(one.get("holder")), 0), one.get("bp"))]
            if type(bp) is int and bp > 0
        )
        if parts:
            fact = Fact(entry.pk, Event.REFERRAL_LANDED, entry.at, 0, parts)
            path = reverse("landing:landing", args=[landing.slug]) if landing else ""
            found[entry.pk] = [Told(fact, entry, title=landing.title if landing else words(entry), path=path)]
    return found
