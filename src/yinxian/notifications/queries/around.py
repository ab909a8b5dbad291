"""What every reader of entries builds on: a name, a page, and people by what they are to the thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from yinxian.market.codes import Confidence
from yinxian.market.models import Listing
from yinxian.market.queries.shown import without_contacts
from yinxian.network.members import members_of
from yinxian.network.models import Membership, User

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


def of(organisation_id: int | None, roles: Iterable[str]) -> People:
    return lambda: members_of(organisation_id, roles) if organisation_id else []


def shown_name(text: str, number: str, *listings: Listing) -> str:
    """What may stand in a notice or a mail: the number alone when a listing is for named parties only."""
    hidden = any(listing.confidence == Confidence.NAMED for listing in listings)
    return number if hidden else str(without_contacts(text))
