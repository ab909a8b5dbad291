"""What the entries of landings and of teams are about."""

from __future__ import annotations

from collections.abc import Iterable

from yinxian.journal.models import Entry
from yinxian.landing.models import Invitation, Landing, LandingShare, Offer
from yinxian.landing.queries.landings import chosen_offer
from yinxian.network.members import association_for, members_of
from yinxian.network.models import User

from .around import PAYS, REVIEWS, WORKS, About, Role, address, of, shown_name


def landing_about(entry: Entry, landing: Landing, offer: Offer | None = None) -> About:
    """``region``, ``receiver`` and ``shares`` are those of one offer: the entry's own, or the one that was chosen."""
    one = offer or chosen_offer(landing)
    place = one.organisation if one else None
    receiving = association_for(place) if place else None

    def shares() -> Iterable[User | None]:
        for share in LandingShare.objects.filter(agreement__offer=one).select_related("user") if one else ():
            yield share.user
            if share.organisation_id:
                yield from members_of(share.organisation_id, PAYS)

    def confirmers() -> Iterable[User | None]:
        yield from members_of(landing.home_id, REVIEWS)
        if place is not None:
            yield from members_of(place.pk, (Role.ADMIN,))
        if receiving is not None:
            yield from members_of(receiving.pk, REVIEWS)

    def regions() -> Iterable[User | None]:
        for offered in landing.offers.exclude(state=Offer.State.WITHDRAWN):
            yield from members_of(offered.organisation_id, WORKS)

    return About(
        landing.title,
        address("landing:landing", landing.slug),
        {
            "team": of(landing.team_id, WORKS),
            "manager": lambda: [landing.manager],
            "home": of(landing.home_id, REVIEWS),
            "region": of(place.pk if place else None, WORKS),
            "receiver": lambda: [one.manager if one else None],
            "receivers": lambda: User.objects.filter(pk__in=landing.offers.values("manager_id")),
            "regions": regions,
            "shares": shares,
            "confirmers": confirmers,
        },
    )


def offer_about(entry: Entry, offer: Offer) -> About:
    return landing_about(entry, offer.landing, offer)


def invitation_about(entry: Entry, invitation: Invitation) -> About:
    need = invitation.need
    return About(
        shown_name(need.title, need.slug, need),
        address("landing:invitations"),
        {
            "invited": lambda: [invitation.user],
            "asker": lambda: [invitation.asked_by],
            "manager": lambda: [need.manager],
        },
    )
