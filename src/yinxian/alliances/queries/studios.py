"""Studios as anyone reads them, and as their members do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinxian.deals.models import Deal
from yinxian.kernel.fields import Field
from yinxian.network.models import User

from ..models import Studio, StudioCase, StudioMember
from ..permissions import is_in_studio
from .directory import ld

WAN = 10_000_00


STUDIO_SORTS = {"name": ("name", "pk"), "new": ("-created_at", "-pk"), "cases": ("-case_count", "name", "pk")}


def studios(user: Any, *, text: str = "", region: str = "", field: str = "", sort: str = "") -> QuerySet[Studio]:
    """Published ones, and one's own, each with the number of its cases."""
    mine = Q(pk__in=[])
    if getattr(user, "is_authenticated", False):
        own = StudioMember.objects.filter(user=user, left_at=None).values("studio")
        mine = Q(owner=user) | Q(pk__in=own)
    found = Studio.objects.filter(Q(published=True) | mine)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(about__icontains=text))
    if region:
        found = found.filter(region__startswith=region[:2])
    if field in Field.values:
        found = found.filter(tracks__icontains=f'"{field}"')
    counted = found.annotate(case_count=Count("cases"))
    return counted.order_by(*STUDIO_SORTS.get(sort, STUDIO_SORTS["name"]))


def visible_studio(user: Any, slug: str) -> Studio | None:
    found = Studio.objects.filter(slug=slug).select_related("owner").first()
    if found is None or found.published or is_in_studio(user, found):
        return found
    asked = getattr(user, "is_authenticated", False) and found.members.filter(user=user, left_at=None).exists()
    return found if asked else None


def invitation_of(user: Any, studio: Studio) -> StudioMember | None:
    """The person's own row, agreed or not yet."""
    if not getattr(user, "is_authenticated", False):
        return None
    return studio.members.filter(user=user, left_at=None).first()


@dataclass(frozen=True)
class Case:
    """What the register of contracts says of a deal: nothing that names a party."""

    pk: int
    year: int
    field: str
    kind: str
    amount: str


def cases_of(studio: Studio) -> list[Case]:
    rows = studio.cases.select_related("deal__need", "deal__contract")
    return [_case(row) for row in rows]


def _case(row: StudioCase) -> Case:
    deal = row.deal
    contract = deal.contract
    return Case(
        pk=row.pk,
        year=deal.registered_on.year if deal.registered_on else 0,
        field=str(deal.need.get_field_display()),
        kind=str(contract.get_kind_display()) if contract else "",
        amount=_band(deal.amount_fen),
    )


def _band(fen: int | None) -> str:
    if fen is None:
        return ""
    for most, said in ((50, _("50 万元以下")), (200, _("50 万至 200 万元")), (1000, _("200 万至 1000 万元"))):
        if fen <= most * WAN:
            return said
    return _("1000 万元以上")


def deals_to_show(user: User, studio: Studio) -> QuerySet[Deal]:
    """The person's own registered deals that are not a case of the studio yet."""
    mine = Deal.objects.filter(manager=user, registered_on__isnull=False)
    states = (Deal.State.REGISTERED, Deal.State.PERFORMING, Deal.State.COMPLETED)
    return mine.filter(state__in=states).exclude(pk__in=studio.cases.values("deal")).order_by("-registered_on", "pk")


def shown_members(studio: Studio) -> QuerySet[StudioMember]:
    """Whom the public page names: who has agreed to be there and to be named."""
    return studio.members.filter(left_at=None, joined_at__isnull=False, shown=True).select_related("user__card")


def json_ld(studio: Studio, names: list[str]) -> SafeString:
    """schema.org Organization, of the public page only."""
    fields = dict(Field.choices)
    return ld(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "identifier": studio.slug,
            "name": studio.shown_name,
            "url": f"{settings.YINXIAN_URL}{reverse('alliances:studio', args=[studio.slug])}",
            "description": studio.shown_about[:300],
            "areaServed": studio.region_name,
            "knowsAbout": [str(fields[code]) for code in studio.tracks if code in fields],
            "employee": [{"@type": "Person", "name": name} for name in names],
        }
    )
