"""What a member still owes others: the reason why somebody cannot leave yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from yinxian.deals.models import Deal

from ..models import Member, Referral

UNDER_WAY = (Deal.State.SIGNED, Deal.State.REGISTERED, Deal.State.PERFORMING, Deal.State.DISPUTED)


@dataclass(frozen=True)
class Obligation:
    what: str
    url: str


def obligations_of(member: Member) -> list[Obligation]:
    """Deals that were signed and have not ended, which a person manages or an organisation is a party of; and an
    organisation's referrals that were taken."""
    if member.user_id is not None:
        mine = Q(manager_id=member.user_id)
    elif member.organisation_id is not None:
        one = member.organisation_id
        mine = Q(buyer_id=one) | Q(supplier_id=one) | Q(agency_id=one)
    else:
        return []
    deals = Deal.objects.filter(mine, state__in=UNDER_WAY).order_by("pk").only("slug", "number")[:100]
    found = [
        Obligation(_("项目 %(number)s") % {"number": one.number}, reverse("deals:deal", args=[one.slug]))
        for one in deals
    ]
    if member.organisation_id is not None:
        either = Q(giver=member.organisation_id) | Q(taker=member.organisation_id)
        for slug in Referral.objects.filter(either, state=Referral.State.TAKEN).values_list("slug", flat=True)[:100]:
            found.append(
                Obligation(_("转介 %(number)s") % {"number": slug}, reverse("alliances:referral", args=[slug]))
            )
    return found
