"""Read entries of the journal as facts that may earn points: who takes part, how much it is, who is related to whom.

What an entry does not say itself is read from rows that do not change after it: the shares that were agreed with the
introduction, the amount fixed at signing, what a milestone released. Memberships and declared relations are those of
the entry's own moment.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yinxian.deals.models import Deal, Milestone
from yinxian.journal.models import Entry
from yinxian.kernel.text import clean
from yinxian.landing.models import Landing
from yinxian.market.models import Need
from yinxian.network.models import Membership, Organisation, User
from yinxian.training.models import Term

from .models import Event, Relation, Why
from .rules import WAN_FEN, Fact, Part

EARNING = (
    "deals.deal.registered",
    "deals.milestone.released",
    "market.need.published",
    "training.course.taught",
    "landing.landing.confirmed",
)
"""Names of the entries that may earn points; all of them are read, in the order of the journal."""
FOLLOWER = "reputation.facts"
MINUTES, MOST_UNITS = 60, 10**9
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


def facts_of(entries: Sequence[Entry]) -> list[Told]:
    """The facts of the entries in their order; the number of queries does not depend on how many there are."""
    read: dict[str, Callable[[Sequence[Entry]], dict[int, list[Told]]]] = {
        "deals.deal.registered": _registered,
        "deals.milestone.released": _released,
        "market.need.published": _published,
        "training.course.taught": _taught,
        "landing.landing.confirmed": _landed,
    }
    found: dict[int, list[Told]] = {}
    for name, reader in read.items():
        chosen = [entry for entry in entries if entry.name == name]
        if chosen:
            found |= reader(chosen)
    return [told for entry in entries for told in found.get(entry.pk, ())]


def _deals(ids: Iterable[int]) -> dict[int, Deal]:
    deals = Deal.objects.filter(pk__in=set(ids)).select_related("introduction", "buyer", "supplier")
    return {deal.pk: deal for deal in deals.prefetch_related("introduction__shares", "team")}


def _ties(deals: Iterable[Deal]) -> Ties:
    return Ties(place for deal in deals for place in (deal.buyer_id, deal.supplier_id))


def _brokers(deal: Deal, ties: Ties, moment: dt.datetime) -> tuple[Part, ...]:
    """Those who share the fee; whoever belongs to a side earns nothing from it."""
    if deal.introduction is None:
        return ()
    whole = ties.between(deal.buyer, deal.supplier, moment)
    sides = (deal.buyer_id, deal.supplier_id)
    shares = sorted(deal.introduction.shares.all(), key=lambda share: share.position)
    return tuple(
        Part(share.user_id or 0, share.bp, (whole or ties.of(share.user_id, sides, moment)) if share.user_id else "")
        for share in shares
    )


def _staff(deal: Deal, ties: Ties, moment: dt.datetime) -> tuple[Part, ...]:
    """The supplier's own people who work on the deal or share its fee, in equal parts: they belong to the supplier, so
    only the buyer must be strange to them."""
    whole = ties.between(deal.buyer, deal.supplier, moment)
    shares = deal.introduction.shares.all() if deal.introduction else ()
    working = {one.user_id for one in deal.team.all() if one.side == "supplier"} | {one.user_id for one in shares}
    people = sorted(user for user in working if user and user in ties.acting(deal.supplier_id, moment))
    return tuple(Part(user, 1, whole or ties.of(user, (deal.buyer_id,), moment)) for user in people)


def _registered(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    deals = _deals(entry.subject_id for entry in entries)
    ties, found = _ties(deals.values()), {}
    for entry in entries:
        if deal := deals.get(entry.subject_id):
            parts = _brokers(deal, ties, entry.at)
            units = (deal.amount_fen or 0) // WAN_FEN
            fact = Fact(entry.pk, Event.CONTRACT_REGISTERED, entry.at, units, parts)
            found[entry.pk] = [Told(fact, entry, deal.pk)]
    return found


def _released(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Payments of the buyer's fee are not work accepted: they earn nothing."""
    stones = Milestone.objects.in_bulk([entry.subject_id for entry in entries])
    deals = _deals(stone.deal_id for stone in stones.values())
    ties, found = _ties(deals.values()), {}
    for entry in entries:
        stone = stones.get(entry.subject_id)
        if stone is None or stone.kind == Milestone.Kind.FEE:
            continue
        deal, split = deals[stone.deal_id], stone.kept_split
        amounts = {Event.MILESTONE_ACCEPTED: (stone.released_fen, _brokers(deal, ties, entry.at))}
        if split is not None and split.reward_fen:
            amounts[Event.REWARD_PAID] = (split.reward_fen, _staff(deal, ties, entry.at))
        found[entry.pk] = [
            Told(Fact(entry.pk, event, entry.at, fen // WAN_FEN, parts), entry, deal.pk)
            for event, (fen, parts) in amounts.items()
        ]
    return found


def _published(entries: Sequence[Entry]) -> dict[int, list[Told]]:
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
                for tie in [_own_word(entry, giver) or ties.of(giver, (need.owner_id,), entry.at)]
            ]
    return found


def _own_word(entry: Entry, giver: int) -> str:
    return Why.OWN_WORD if entry.actor_id == giver else ""


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


def _people(slugs: Iterable[Any]) -> dict[str, int]:
    wanted = {slug for slug in slugs if isinstance(slug, str)}
    return dict(User.objects.filter(slug__in=wanted).values_list("slug", "pk"))


def _taught(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Of a term that is over: "member" (or "teacher") taught so many "minutes" (or "hours") of it."""
    people, found = _people(_teacher(entry) for entry in entries), {}
    terms = Term.objects.select_related("course").in_bulk(
        [entry.subject_id for entry in entries if entry.subject_type == Term._meta.label_lower]
    )
    for entry in entries:
        teacher = people.get(_teacher(entry))
        if teacher is None:
            continue
        term = terms.get(entry.subject_id) if entry.subject_type == Term._meta.label_lower else None
        fact = Fact(entry.pk, Event.COURSE_TAUGHT, entry.at, _hours(entry.data), (Part(teacher, 1),))
        title, path = (str(term)[:200], reverse("training:term", args=[term.slug])) if term else (_words(entry), "")
        found[entry.pk] = [Told(fact, entry, title=title, path=path)]
    return found


def _teacher(entry: Entry) -> str:
    return str(entry.data.get("member") or entry.data.get("teacher"))


def _hours(data: Mapping[str, Any]) -> int:
    hours, minutes = data.get("hours"), data.get("minutes")
    if type(minutes) is int and hours is None:
        hours = minutes // MINUTES
    return min(max(hours, 0), MOST_UNITS) if type(hours) is int else 0


def _words(entry: Entry) -> str:
    return clean(str(entry.data.get("title") or entry.subject_slug))[:200]


def _landed(entries: Sequence[Entry]) -> dict[int, list[Told]]:
    """Both regions have confirmed: the people of the share agreement, by its shares; the team's own earn nothing."""
    lines = {entry.pk: [one for one in entry.data.get("shares", ()) if isinstance(one, dict)] for entry in entries}
    people = _people(one.get("holder") for rows in lines.values() for one in rows)
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
            for user, bp in [(people.get(str(one.get("holder")), 0), one.get("bp"))]
            if type(bp) is int and bp > 0
        )
        if parts:
            fact = Fact(entry.pk, Event.REFERRAL_LANDED, entry.at, 0, parts)
            path = reverse("landing:landing", args=[landing.slug]) if landing else ""
            found[entry.pk] = [Told(fact, entry, title=landing.title if landing else _words(entry), path=path)]
    return found
