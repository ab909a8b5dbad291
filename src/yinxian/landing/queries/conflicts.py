"""Who may not stand between a buyer and a supplier, and why; read for many people at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from yinxian.deals.models import Deal, Side, TeamMember
from yinxian.deals.queries.introductions import protecting
from yinxian.kernel import clock
from yinxian.network.models import Membership, Organisation


@dataclass(frozen=True)
class Standing:
    """What is known of people before they are proposed: reasons against them, and how much they have in hand.

    ``closed`` are deals that they brought to a signature or further, ``running`` those that are not ended yet, by the
    person's id.
    """

    against: dict[int, str] = field(default_factory=dict)
    running: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)


def standing_of(people: Iterable[int], *, buyer: Organisation, supplier: Organisation | None, asker: int) -> Standing:
    """Three kinds of conflict: belongs to one of the parties; acts for one of them in another deal; has an earlier
    introduction of the same pair that is still protected (the one who asks excepted: it is theirs).

    Which deal or introduction it is stays untold: only that there is one.
    """
    ids = list(people)
    parties = [place.pk for place in (buyer, supplier) if place is not None]
    against = _protected(ids, buyer, supplier, asker)
    against |= _acting(ids, parties)
    against |= _belonging(ids, parties)
    alive = ~Q(state__in=Deal.ENDED)
    own = Deal.objects.filter(manager_id__in=ids)
    running = dict(own.filter(alive).order_by().values_list("manager_id").annotate(n=Count("pk")))
    helped = TeamMember.objects.filter(user_id__in=ids, left_at=None).exclude(deal__state__in=Deal.ENDED)
    for person, number in helped.order_by().values_list("user_id").annotate(n=Count("deal", distinct=True)):
        running[person] = running.get(person, 0) + number
    closed = own.filter(state__in=Deal.AFTER_SIGNING).order_by().values_list("manager_id").annotate(n=Count("pk"))
    return Standing(against, running, dict(closed))


def _belonging(ids: list[int], parties: list[int]) -> dict[int, str]:
    rows = Membership.objects.filter(user_id__in=ids, organisation_id__in=parties, ended_at=None)
    return {
        row.user_id: _("是%(party)s的人") % {"party": row.organisation.shown_name}
        for row in rows.select_related("organisation")
    }


def _acting(ids: list[int], parties: list[int]) -> dict[int, str]:
    """In a deal that is not ended, for the side on which one of the parties stands."""
    for_buyer = Q(side=Side.BUYER, deal__buyer_id__in=parties)
    for_supplier = Q(side=Side.SUPPLIER, deal__supplier_id__in=parties)
    rows = TeamMember.objects.filter(for_buyer | for_supplier, user_id__in=ids, left_at=None)
    rows = rows.exclude(deal__state__in=Deal.ENDED).select_related("deal__buyer", "deal__supplier")
    return {
        row.user_id: _("正在项目里替%(party)s办事")
        % {"party": (row.deal.buyer if row.side == Side.BUYER else row.deal.supplier).shown_name}
        for row in rows
        if row.user_id is not None
    }


def _protected(ids: list[int], buyer: Organisation, supplier: Organisation | None, asker: int) -> dict[int, str]:
    if supplier is None:
        return {}
    earlier = protecting(buyer_id=buyer.pk, supplier_id=supplier.pk, at=clock.now()).filter(manager_id__in=ids)
    return {
        one.manager_id: _("这一对单位另有一次仍在保护期的引荐是他做的") for one in earlier if one.manager_id != asker
    }
