"""What an entry is about: its name, its page, and the people around it. Nothing confidential is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from yinxian.contracts.models import Contract
from yinxian.deals.models import BypassAlarm, Deal, Introduction, Milestone
from yinxian.journal.models import Entry
from yinxian.market.codes import Confidence
from yinxian.market.models import Listing, Need, Result
from yinxian.market.queries.shown import without_contacts
from yinxian.matching.models import Candidate
from yinxian.network.members import association_for, members_of
from yinxian.network.models import Membership, Organisation, User
from yinxian.reputation.models import Scheme

Role = Membership.Role
WORKS = (Role.ADMIN, Role.MEMBER)
PAYS = (Role.ADMIN, Role.FINANCE)
REVIEWS = (Role.ADMIN, Role.REVIEWER)
People = Callable[[], Iterable[User | None]]


@dataclass(frozen=True)
class About:
    title: str
    url: str
    people: dict[str, People]


def address(name: str, *args: str) -> str:
    """The path of a page; nothing where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _of(organisation_id: int | None, roles: Iterable[str]) -> People:
    return lambda: members_of(organisation_id, roles) if organisation_id else []


def _name(text: str, number: str, *listings: Listing) -> str:
    """What may stand in a notice or a mail: the number alone when a listing is for named parties only."""
    hidden = any(listing.confidence == Confidence.NAMED for listing in listings)
    return number if hidden else str(without_contacts(text))


def _listing(entry: Entry, listing: Need | Result) -> About:
    association = association_for(listing.owner)
    kind = "need" if isinstance(listing, Need) else "result"
    return About(
        _name(listing.title, listing.slug, listing),
        address(f"market:{kind}", listing.slug),
        {
            "owner": _of(listing.owner_id, WORKS),
            "manager": lambda: [listing.manager],
            "reviewers": _of(association.pk if association else None, REVIEWS),
        },
    )


def _candidate(entry: Entry, candidate: Candidate) -> About:
    about = _listing(entry, candidate.need)
    return About(about.title, address("matching:match", candidate.need.slug), about.people)


def _introduction(entry: Entry, introduction: Introduction) -> About:
    def shares() -> Iterable[User | None]:
        for share in introduction.shares.select_related("user"):
            yield share.user
            if share.organisation_id:
                yield from members_of(share.organisation_id, PAYS)

    def offered_sides() -> Iterable[User | None]:
        if introduction.offered_at is None:
            return []
        return [*members_of(introduction.buyer_id, WORKS), *members_of(introduction.supplier_id, WORKS)]

    return About(
        _name(introduction.subject, introduction.slug, introduction.need, introduction.result),
        address("deals:introduction", introduction.slug),
        {
            "manager": lambda: [introduction.manager],
            "agency": _of(introduction.agency_id, WORKS),
            "shares": shares,
            "buyer": _of(introduction.buyer_id, WORKS),
            "supplier": _of(introduction.supplier_id, WORKS),
            "offered_sides": offered_sides,
        },
    )


def _alarm(entry: Entry, alarm: BypassAlarm) -> About:
    return _introduction(entry, alarm.introduction)


def _deal(entry: Entry, deal: Deal) -> About:
    introduced = deal.introduction_id is not None
    buyer, supplier = (deal.buyer_id, deal.supplier_id) if introduced else (None, None)

    def team(side: str = "") -> list[User | None]:
        found = deal.team.filter(left_at=None, user__isnull=False).select_related("user")
        return [member.user for member in (found.filter(side=side) if side else found)]

    def audience() -> Iterable[User | None]:
        wanted = str(entry.data.get("audience", ""))
        sides: dict[str, People] = {
            "buyer": _of(buyer, WORKS),
            "supplier": _of(supplier, WORKS),
            "manager": lambda: [deal.manager],
        }
        for side in sides if wanted == "all" else [wanted]:
            if side in sides:
                yield from sides[side]()
                yield from team(side)

    return About(
        _name(deal.title, deal.number, deal.need, deal.result),
        address("deals:deal", deal.slug),
        {
            "manager": lambda: [deal.manager],
            "team": team,
            "audience": audience,
            "buyer": _of(buyer, WORKS),
            "buyer_money": _of(buyer, PAYS),
            "supplier": _of(supplier, WORKS),
            "supplier_money": _of(supplier, PAYS),
            "agency_money": _of(deal.agency_id, PAYS),
        },
    )


def _milestone(entry: Entry, milestone: Milestone) -> About:
    about = _deal(entry, milestone.deal)
    return About(about.title, address("deals:milestone", milestone.slug), about.people)


def _contract(entry: Entry, contract: Contract) -> About:
    """Its number and kind only: a title may say what the work is about. Nobody is on a side before the offer."""

    def sides() -> Iterable[User | None]:
        if contract.offered_at is None:
            return
        for side in contract.sides:
            if place := contract.organisation_of(side):
                yield from members_of(place, WORKS)
        yield contract.broker_user

    return About(
        contract.number,
        address("contracts:contract", contract.slug),
        {"sides": sides, "handler": lambda: [contract.handler, contract.created_by]},
    )


def _member(entry: Entry) -> People:
    return lambda: User.objects.filter(slug=entry.data.get("member") or entry.subject_slug)


def _organisation(entry: Entry, organisation: Organisation) -> About:
    """An admission that was decided has left ``applied_to``: the entry still names the association."""
    asked = [pk for pk in entry.organisations if pk != organisation.pk]
    return About(
        organisation.name,
        address("network:organisation", organisation.slug),
        {
            "admins": _of(organisation.pk, (Role.ADMIN,)),
            "reviewers": _of(asked[0] if asked else None, REVIEWS),
            "member": _member(entry),
        },
    )


def _person(entry: Entry, user: User) -> About:
    """Of points: the deal that they were earned in."""
    deal = Deal.objects.select_related("need", "result").filter(slug=entry.data.get("deal", "")).first()
    title = _name(deal.title, deal.number, deal.need, deal.result) if deal else ""
    return About(title, address("reputation:points"), {"member": lambda: [user]})


def _scheme(entry: Entry, scheme: Scheme) -> About:
    association = scheme.association
    managers = User.objects.filter(manager_profile__association=association)
    return About(association.name, address("reputation:table", association.slug), {"managers": lambda: managers})


PARTS = ("buyer", "supplier", "agency", "manager", "need", "result")
DEAL_PARTS = tuple(f"deal__{part}" for part in PARTS)
READERS: dict[str, tuple[Any, tuple[str, ...], Callable[[Entry, Any], About]]] = {}


def _reads(model: Any, related: tuple[str, ...], read: Callable[[Entry, Any], About]) -> None:
    READERS[model._meta.label_lower] = (model, related, read)


_reads(Need, ("owner__admitted_by", "manager"), _listing)
_reads(Result, ("owner__admitted_by", "manager"), _listing)
_reads(Candidate, ("need__owner__admitted_by", "need__manager"), _candidate)
_reads(Introduction, PARTS, _introduction)
_reads(BypassAlarm, tuple(f"introduction__{part}" for part in PARTS), _alarm)
_reads(Deal, PARTS, _deal)
_reads(Milestone, DEAL_PARTS, _milestone)
_reads(Contract, ("broker_user", "handler", "created_by"), _contract)
_reads(Organisation, (), _organisation)
_reads(User, (), _person)
_reads(Scheme, ("association",), _scheme)


def about(entry: Entry) -> About | None:
    """None when its subject is of no kind that people are told of, or is gone."""
    if entry.subject_type not in READERS:
        return None
    model, related, read = READERS[entry.subject_type]
    subject = model._default_manager.select_related(*related).filter(pk=entry.subject_id).first()
    return read(entry, subject) if subject is not None else None
