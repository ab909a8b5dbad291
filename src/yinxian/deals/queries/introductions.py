"""Reads of introductions; who may not see one finds nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yinxian.kernel import clock, text
from yinxian.network.members import memberships_of, organisation_ids
from yinxian.network.models import ManagerProfile, Organisation, User

from ..models import Acknowledgement, BypassAlarm, Introduction, Share
from ..permissions import introductions as permissions

State = Introduction.State
RUNNING = (State.DRAFT, State.SHARES_PENDING, State.OFFERED)
ALIKE = 0.5
SORTS = {
    "new": ("-created_at", "-pk"),
    "old": ("created_at", "pk"),
    "until": ("protected_until", "-pk"),
    "subject": ("subject", "pk"),
}


def visible_to(user: Any) -> QuerySet[Introduction]:
    """The manager, the agency and everyone with a share: always; the two sides: from the offer on."""
    if not getattr(user, "is_authenticated", False):
        return Introduction.objects.none()
    mine = organisation_ids(user)
    shared = Share.objects.filter(Q(user_id=user.pk) | Q(organisation_id__in=mine), introduction=OuterRef("pk"))
    team = Q(manager_id=user.pk) | Q(agency_id__in=mine) | Exists(shared)
    parties = (Q(buyer_id__in=mine) | Q(supplier_id__in=mine)) & Q(offered_at__isnull=False)
    return Introduction.objects.filter(team | parties).select_related(
        "buyer", "supplier", "manager", "agency", "need", "result"
    )


def introduction_for(user: Any, slug: str) -> Introduction | None:
    return visible_to(user).filter(slug=slug).first()


def listed(user: Any, *, state: str = "", words: str = "", sort: str = "new") -> QuerySet[Introduction]:
    """The list page and the export: filtered, sorted, with the number of open alarms where the reader sees them."""
    found = visible_to(user)
    if state in State.values:
        found = found.filter(state=state)
    if words := text.clean(words).strip()[:100]:
        names = Q(buyer__name__icontains=words) | Q(supplier__name__icontains=words)
        found = found.filter(names | Q(subject__icontains=words) | Q(manager__name__icontains=words))
    open_alarms = Count("alarms", filter=Q(alarms__state=BypassAlarm.State.OPEN), distinct=True)
    return found.annotate(open_alarms=open_alarms).order_by(*SORTS.get(sort, SORTS["new"]))


def waiting_shares(user: Any) -> QuerySet[Share]:
    """Shares that wait for this person's answer: their own, and those of organisations whose money they look after."""
    mine = memberships_of(user).filter(role__in=permissions.TREASURERS).values("organisation_id")
    holder = Q(user_id=getattr(user, "pk", None)) | Q(organisation_id__in=mine)
    return (
        Share.objects.filter(holder, introduction__state=State.SHARES_PENDING, accepted_at=None, declined_at=None)
        .select_related("introduction", "organisation", "user")
        .order_by("pk")
    )


def waiting_answers(user: Any) -> QuerySet[Introduction]:
    """Offers that wait for the answer of an organisation of this person."""
    mine = organisation_ids(user)
    answered = {
        side: Exists(Acknowledgement.objects.filter(introduction=OuterRef("pk"), side=side))
        for side in ("buyer", "supplier")
    }
    open_side = Q(buyer_id__in=mine) & ~answered["buyer"] | Q(supplier_id__in=mine) & ~answered["supplier"]
    return visible_to(user).filter(open_side, state=State.OFFERED)


def alike(one: str, other: str) -> bool:
    """Whether two subjects are about the same: at least half of the shorter one's pairs of characters are shared."""
    first, second = set(text.tokenise(one)), set(text.tokenise(other))
    if not first or not second:
        return False
    return len(first & second) >= ALIKE * min(len(first), len(second))


def earlier_record(
    *,
    buyer_id: int,
    supplier_id: int,
    need_id: int,
    result_id: int,
    subject: str,
    manager_id: int,
    today: dt.date,
    except_id: int | None = None,
) -> Introduction | None:
    """The first acknowledged introduction of the same pair for the same matter, by somebody else, still protected.

    The same matter: the same need, the same result, or a subject that reads alike.
    """
    found = (
        Introduction.objects.filter(
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            state=State.ACKNOWLEDGED,
            protected_until__gte=today,
        )
        .exclude(manager_id=manager_id)
        .exclude(pk=except_id or 0)
        .order_by("acknowledged_at", "pk")
    )
    return next(
        (one for one in found if one.need_id == need_id or one.result_id == result_id or alike(one.subject, subject)),
        None,
    )


def protecting(*, buyer_id: int, supplier_id: int, at: dt.datetime) -> QuerySet[Introduction]:
    """Acknowledged introductions of a pair whose protection covers the moment."""
    day = at.astimezone(clock.SHANGHAI).date()
    return Introduction.objects.filter(
        buyer_id=buyer_id,
        supplier_id=supplier_id,
        state=State.ACKNOWLEDGED,
        acknowledged_at__lte=at,
        protected_until__gte=day,
    ).select_related("manager", "agency")


def contacts_of(introduction: Introduction) -> list[dict[str, str]]:
    """Both sides' contacts. The caller asks first: ``permissions.sees_contacts``, or a used link of the pair."""
    sides = (("buyer", introduction.buyer, introduction.need), ("supplier", introduction.supplier, introduction.result))
    return [
        {
            "side": side,
            "organisation": organisation.shown_name,
            "name": listing.contact_name,
            "phone": listing.contact_phone,
            "email": listing.contact_email,
        }
        for side, organisation, listing in sides
    ]


def without_contact(introduction: Introduction) -> list[str]:
    """The sides of which the other will see nothing: their listing names no person, phone or address."""
    return [one["side"] for one in contacts_of(introduction) if not (one["phone"] or one["email"])]


def contacts_for(user: Any, introduction: Introduction) -> list[dict[str, str]] | None:
    """Both sides' contacts, or None when the reader may not see them (yet)."""
    return contacts_of(introduction) if permissions.sees_contacts(user, introduction) else None


def alarms_for(user: Any, introduction: Introduction) -> list[BypassAlarm]:
    return list(introduction.alarms.all()) if permissions.sees_alarms(user, introduction) else []


def alarm_for(user: Any, slug: str) -> BypassAlarm | None:
    alarm = BypassAlarm.objects.filter(slug=slug).select_related("introduction", "introduction__agency").first()
    return alarm if alarm and permissions.sees_alarms(user, alarm.introduction) else None


def possible_holders(user: User) -> list[tuple[str, str]]:
    """Who may be given a share: (key, name); managers of the network, agencies and associations."""
    managers = ManagerProfile.objects.filter(association__isnull=False).select_related("user").order_by("user__name")
    people = [(f"u{profile.user_id}", str(profile.user)) for profile in managers if profile.user_id != user.pk]
    kinds = (Organisation.Kind.AGENCY, Organisation.Kind.ASSOCIATION)
    places = Organisation.objects.filter(kind__in=kinds).order_by("name")
    return [
        (f"u{user.pk}", str(user)),
        *people,
        *[(f"o{place.pk}", str(place)) for place in places if place.in_network],
    ]


def agencies_of(user: User) -> list[Organisation]:
    """Agencies for which the manager may act."""
    return list(
        Organisation.objects.filter(pk__in=organisation_ids(user), kind=Organisation.Kind.AGENCY).order_by("name")
    )
