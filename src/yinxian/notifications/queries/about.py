"""What an entry is about: its name, its page, and the people around it. Nothing confidential is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from yinxian.alliances.models import Alliance, Ally, Card, Member, Referral, Studio
from yinxian.contracts.models import Contract
from yinxian.credentials.models import Application, Credential, Presentation
from yinxian.deals.models import BypassAlarm, Deal, Introduction, Milestone
from yinxian.exams.models import Appeal as ExamAppeal
from yinxian.exams.models import Sitting, Window
from yinxian.journal.models import Entry
from yinxian.landing.models import Invitation, Landing, Offer
from yinxian.market.models import Need, Result
from yinxian.matching.models import Candidate, SavedSearch
from yinxian.network.members import association_for, members_of
from yinxian.network.models import Organisation, User
from yinxian.reputation.models import Appeal, Event, Scheme
from yinxian.settlement.models import PaymentOrder
from yinxian.training.models import Enrolment, Internship, Session, Term

from .about_exams import exam_appeal_about, sitting_about, window_about
from .about_landings import invitation_about, landing_about, offer_about
from .about_training import enrolment_about, internship_about, session_about, term_about
from .around import PAYS, REVIEWS, WORKS, About, People, Role, address
from .around import of as _of
from .around import shown_name as _name


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


def _search(entry: Entry, search: SavedSearch) -> About:
    return About(search.name, address("matching:search", search.slug), {"searcher": lambda: [search.user]})


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


def _order(entry: Entry, order: PaymentOrder) -> About:
    keeper = order.bank_account.organisation_id
    return About(order.slug, address("deals:payout_order", order.slug), {"keepers": _of(keeper, PAYS)})


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
    """Of points: the deal that they were earned in, or what kind of fact it was; their page is the fact's."""
    deal = Deal.objects.select_related("need", "result").filter(slug=entry.data.get("deal", "")).first()
    event, fact = str(entry.data.get("event", "")), str(entry.data.get("fact", ""))
    title = str(Event(event).label) if event in Event.values else ""
    if deal:
        title = _name(deal.title, deal.number, deal.need, deal.result)
    url = address("reputation:fact", fact) if fact else ""
    return About(title, url or address("reputation:points"), {"member": lambda: [user]})


def _appeal(entry: Entry, appeal: Appeal) -> About:
    return About(
        str(appeal.point.get_event_display() if appeal.point else appeal.get_measure_display()),
        address("reputation:appeal", appeal.slug),
        {"member": lambda: [appeal.user], "reviewers": _of(appeal.association_id, REVIEWS)},
    )


def _scheme(entry: Entry, scheme: Scheme) -> About:
    association = scheme.association
    managers = User.objects.filter(manager_profile__association=association)
    return About(association.name, address("reputation:table", association.slug), {"managers": lambda: managers})


def _application(entry: Entry, application: Application) -> About:
    level = application.level
    return About(
        level.name,
        address("credentials:application", application.slug),
        {"member": lambda: [application.user], "reviewers": _of(level.association_id, REVIEWS)},
    )


def _credential(entry: Entry, credential: Credential) -> About:
    url = address("credentials:credential", credential.slug)
    return About(credential.level.name, url, {"member": lambda: [credential.user]})


def _presentation(entry: Entry, presentation: Presentation) -> About:
    recognition = presentation.recognition
    return About(
        recognition.their_level_name,
        address("credentials:presentation", presentation.slug),
        {"member": lambda: [presentation.user], "reviewers": _of(recognition.association_id, REVIEWS)},
    )


def _association_member(entry: Entry, member: Member) -> About:
    """A person's own membership, or an organisation's: then its administrators are told."""
    one = member.user
    mine: People = (lambda: [one]) if member.user_id else _of(member.organisation_id, (Role.ADMIN,))
    return About(
        member.association.name,
        address("alliances:member", member.slug),
        {"member": mine, "keepers": _of(member.association_id, REVIEWS)},
    )


def _alliance(entry: Entry, alliance: Alliance) -> About:
    def allies() -> Iterable[User | None]:
        for ally in alliance.allies.filter(state=Ally.State.JOINED).exclude(organisation=alliance.founder):
            yield from members_of(ally.organisation_id, (Role.ADMIN,))

    asked = Organisation.objects.filter(slug=entry.data.get("organisation", "")).values_list("pk", flat=True).first()
    people = {"founder": _of(alliance.founder_id, (Role.ADMIN,)), "allies": allies, "asked": _of(asked, (Role.ADMIN,))}
    return About(alliance.name, address("alliances:alliance", alliance.slug), people)


def _referral(entry: Entry, referral: Referral) -> About:
    people = {"giver": _of(referral.giver_id, WORKS), "taker": _of(referral.taker_id, WORKS)}
    return About(referral.slug, address("alliances:referral", referral.slug), people)


def _studio(entry: Entry, studio: Studio) -> About:
    agreed = User.objects.filter(studio_memberships__in=studio.members.filter(left_at=None, joined_at__isnull=False))
    return About(
        studio.name,
        address("alliances:studio", studio.slug),
        {"owner": lambda: [studio.owner], "members": lambda: agreed, "invited": _member(entry)},
    )


def _card(entry: Entry, card: Card) -> About:
    mine: People = (lambda: [card.user]) if card.user_id else _of(card.organisation_id, (Role.ADMIN,))
    return About(card.shown_name, address("alliances:card", card.slug), {"holder": mine})


PARTS = ("buyer", "supplier", "agency", "manager", "need", "result")
DEAL_PARTS = tuple(f"deal__{part}" for part in PARTS)
READERS: dict[str, tuple[Any, tuple[str, ...], Callable[[Entry, Any], About]]] = {}


def _reads(model: Any, related: tuple[str, ...], read: Callable[[Entry, Any], About]) -> None:
    READERS[model._meta.label_lower] = (model, related, read)


_reads(Need, ("owner__admitted_by", "manager"), _listing)
_reads(Result, ("owner__admitted_by", "manager"), _listing)
_reads(Candidate, ("need__owner__admitted_by", "need__manager"), _candidate)
_reads(SavedSearch, ("user",), _search)
_reads(Introduction, PARTS, _introduction)
_reads(BypassAlarm, tuple(f"introduction__{part}" for part in PARTS), _alarm)
_reads(Deal, PARTS, _deal)
_reads(Milestone, DEAL_PARTS, _milestone)
_reads(PaymentOrder, ("bank_account",), _order)
_reads(Contract, ("broker_user", "handler", "created_by"), _contract)
_reads(Organisation, (), _organisation)
_reads(User, (), _person)
_reads(Application, ("level", "user"), _application)
_reads(Credential, ("level", "user"), _credential)
_reads(Presentation, ("recognition", "user"), _presentation)
_reads(Member, ("association", "user"), _association_member)
_reads(Alliance, ("founder",), _alliance)
_reads(Referral, (), _referral)
_reads(Studio, ("owner",), _studio)
_reads(Card, ("user", "organisation"), _card)
_reads(Scheme, ("association",), _scheme)
_reads(Window, ("exam",), window_about)
_reads(Sitting, ("window__exam", "user"), sitting_about)
_reads(ExamAppeal, ("item__sitting__window__exam", "item__sitting__user"), exam_appeal_about)
_reads(Landing, ("manager",), landing_about)
_reads(Offer, ("landing__manager", "organisation__admitted_by", "manager"), offer_about)
_reads(Invitation, ("need__manager", "user", "asked_by"), invitation_about)
_reads(Term, ("course",), term_about)
_reads(Session, ("term__course",), session_about)
_reads(Enrolment, ("term__course", "user"), enrolment_about)
_reads(Internship, ("trainee", "mentor"), internship_about)
_reads(Appeal, ("point", "user"), _appeal)


def about(entry: Entry) -> About | None:
    """None when its subject is of no kind that people are told of, or is gone."""
    if entry.subject_type not in READERS:
        return None
    model, related, read = READERS[entry.subject_type]
    subject = model._default_manager.select_related(*related).filter(pk=entry.subject_id).first()
    return read(entry, subject) if subject is not None else None
