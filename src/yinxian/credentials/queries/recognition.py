"""Does an association of this installation recognise an issuer's level? Only by what it has signed itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from yinxian.kernel import clock
from yinxian.network.models import Organisation

from .. import addresses
from ..models import Issuer, Level, Recognition
from ..vc.answers import Answer


class Recogniser:
    """The fourth answer, on a day; ``association`` narrows it to one of ours.

    ``elsewhere`` asks whether another association than the issuer has signed for it: two associations of one
    installation recognise each other as two far apart do.
    """

    def __init__(
        self, association: Organisation | None = None, day: dt.date | None = None, *, elsewhere: bool = False
    ) -> None:
        self.association, self.day, self.elsewhere = association, day or clock.today(), elsewhere

    def __call__(self, issuer: str, level: str) -> Answer:
        own = Issuer.objects.select_related("association").filter(did=issuer).first()
        asked = not self.elsewhere if self.association is None else own and own.association_id == self.association.pk
        if own is not None and asked:
            data: dict[str, Any] = {"association": own.association.shown_name, "level": level}
            return Answer("recognition", "own", True, data)
        found = recognised_by(issuer, level, self.day)
        if self.association is not None:
            found = found.filter(association=self.association)
        first = found.order_by("-equals__rank", "pk").first()
        if first is None:
            return Answer("recognition", "not_recognised", False)
        data = {
            "association": first.association.shown_name,
            "level": first.equals.shown_name,
            "version": first.version,
            "until": first.valid_until.isoformat(),
            "conditions": first.conditions,
            "recognition": first.slug,
        }
        return Answer("recognition", "recognised", True, data)


def in_force(day: dt.date) -> QuerySet[Recognition]:
    """What holds on the day."""
    return Recognition.objects.filter(ended_at=None, valid_from__lte=day, valid_until__gte=day).select_related(
        "association", "equals"
    )


def recognised_by(issuer: str, level: str, day: dt.date) -> QuerySet[Recognition]:
    """Who of this installation has signed, in force on the day, that an issuer's level equals one of its own."""
    return in_force(day).filter(issuer_did=issuer, their_level=level)


def recognisers(day: dt.date) -> QuerySet[Organisation]:
    """The associations to which somebody may bring a certificate of another."""
    return Organisation.objects.filter(pk__in=in_force(day).values("association")).order_by("name", "pk")


def recognitions_of(association: Organisation) -> QuerySet[Recognition]:
    """All versions, those in force and those that ended; anyone may read them."""
    return Recognition.objects.filter(association=association).select_related("association", "equals", "created_by")


def level_at(address: str) -> Level | None:
    """Our level that an address in a certificate names."""
    slug = address.removeprefix(addresses.site("/levels/")).strip("/")
    return Level.objects.select_related("association").filter(slug=slug).first() if slug else None


def prefilled(given: Any) -> dict[str, str]:
    """What a form to recognise begins with, from the address that the verification page links to."""
    names = ("issuer_did", "issuer_name", "their_level", "their_level_name")
    return {name: str(given.get(name, ""))[:300] for name in names}
