"""What stands beside the things to do: money, listings, deals, the association's figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from yinxian.deals.models import Deal, Introduction
from yinxian.deals.queries.deals import visible_to
from yinxian.kernel.clock import SHANGHAI
from yinxian.market.models import Need, Result
from yinxian.market.queries.levels import visible_results
from yinxian.matching.models import Candidate
from yinxian.network.models import ManagerProfile, Organisation
from yinxian.reputation.queries.points import board, total_of
from yinxian.settlement.models import Account, Entry, Transaction

from .todo import Person

SHOWN = 5
Kind = Organisation.Kind


@dataclass(frozen=True)
class Figure:
    fen: int | None
    count: int | None
    label: str


def _new_year(today: dt.date) -> dt.datetime:
    return dt.datetime(today.year, 1, 1, tzinfo=SHANGHAI)


def _arrived(today: dt.date, **owner: Any) -> int:
    """What was released to the owner's own account since New Year, less what was reversed."""
    moved = Entry.objects.filter(
        account__code__startswith="party:",
        transaction__at__gte=_new_year(today),
        transaction__kind__in=(Transaction.Kind.RELEASE, Transaction.Kind.REVERSAL),
        **{f"account__{name}": value for name, value in owner.items()},
    )
    return int(moved.aggregate(sum=Sum("amount"))["sum"] or 0)


def _held(deals: QuerySet[Deal]) -> int:
    """What lies in the escrow accounts of these deals."""
    codes = [f"escrow:{slug}" for slug in deals.order_by().values_list("slug", flat=True)]
    return int(Account.objects.filter(code__in=codes).aggregate(sum=Sum("posted"))["sum"] or 0)


def money(person: Person) -> list[Figure]:
    """Arrived this year, in escrow; for a manager also points."""
    place = person.organisation
    running = Deal.objects.exclude(state__in=Deal.ENDED)
    if person.kind == Kind.BUYER and place:
        bought = running.filter(buyer=place)
        paid = Entry.objects.filter(
            account__code__startswith="escrow:",
            account__owner_organisation=place,
            transaction__kind=Transaction.Kind.RELEASE,
            transaction__at__gte=_new_year(person.today),
            amount__lt=0,
        ).aggregate(sum=Sum("amount"))["sum"]
        return [
            Figure(-int(paid or 0), None, _("今年已付出")),
            Figure(_held(bought), None, _("托管待放")),
        ]
    if person.kind == Kind.SUPPLIER and place:
        return [
            Figure(_arrived(person.today, owner_organisation=place), None, _("今年已到")),
            Figure(_held(running.filter(supplier=place)), None, _("托管待放")),
        ]
    figures = []
    if person.is_manager:
        figures += [
            Figure(_arrived(person.today, owner_user=person.user), None, _("我今年已到")),
            Figure(_held(running.filter(manager=person.user)), None, _("我的项目在托管")),
            Figure(None, total_of(person.user), _("积分")),
        ]
    elif place and person.kind == Kind.AGENCY:
        figures += [
            Figure(_arrived(person.today, owner_organisation=place), None, _("机构今年已到")),
            Figure(_held(running.filter(agency=place)), None, _("机构的项目在托管")),
        ]
    return figures


def my_deals(person: Person) -> QuerySet[Deal]:
    """Running deals in which the organisation, or the manager, has a part; what moved last comes first."""
    found = visible_to(person.user).exclude(state__in=Deal.ENDED)
    place = person.organisation
    if person.kind in (Kind.BUYER, Kind.SUPPLIER):
        found = found.filter(Q(buyer=place) | Q(supplier=place))
    elif person.is_manager:
        found = found.filter(Q(manager=person.user) | Q(team__user=person.user, team__left_at=None)).distinct()
    elif person.kind == Kind.AGENCY:
        found = found.filter(agency=place)
    else:
        found = found.filter(team__user=person.user, team__left_at=None).distinct()
    return found.order_by("-changed_at", "-pk")


def my_listings(person: Person) -> list[Any]:
    """The organisation's own needs or results, latest first."""
    model: type[Need] | type[Result] = Result if person.kind == Kind.SUPPLIER else Need
    ended = ("closed", "solved", "withdrawn", "rejected")
    found = model._default_manager.filter(owner=person.organisation).exclude(state__in=ended)
    return list(found.order_by("-changed_at", "-pk")[:SHOWN])


def shortlisted(person: Person) -> list[Candidate]:
    """Results on the shortlists of the person's needs, not introduced yet, that the person still may see."""
    introduced = Introduction.objects.filter(need=OuterRef("need"), result=OuterRef("result"))
    works = person.place("admin", "member") if person.kind == Kind.BUYER else 0
    found = Candidate.objects.filter(
        ~Exists(introduced), Q(need__manager=person.user) | Q(need__owner=works), state=Candidate.State.SHORTLISTED
    )
    found = found.filter(result__in=visible_results(person.user).values("pk"))
    return list(found.select_related("need", "result").order_by("-decided_at", "-pk")[:SHOWN])


def managers_of_agency(person: Person) -> list[Any]:
    """The agency's people by their running deals and the amounts of these."""
    rows = Deal.objects.filter(agency=person.organisation).exclude(state__in=Deal.ENDED)
    grouped = rows.order_by().values("manager__name", "manager__name_en", "manager__manager_profile__slug")
    return list(grouped.annotate(deals=Count("pk"), amount=Sum("amount_fen")).order_by("-deals")[:SHOWN])


def association(person: Person) -> dict[str, Any]:
    """Members, applicants, and the board of points."""
    place = person.organisation
    if place is None:
        return {}
    since = _new_year(person.today).date()
    return {
        "members": Organisation.objects.filter(admitted_by=place).count(),
        "managers": ManagerProfile.objects.filter(association=place).count(),
        "applicants": Organisation.objects.filter(applied_to=place).count(),
        "board": list(board(place, since)[:SHOWN]),
    }
