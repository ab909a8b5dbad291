"""Reads of landings and offers; who may see which is decided here."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yinxian.kernel import clock, text
from yinxian.network.members import is_in_network, memberships_of, organisation_ids
from yinxian.network.models import ManagerProfile, Membership, Organisation, User
from yinxian.network.permissions import REVIEWING

from .. import permissions
from ..models import Confirmation, Landing, LandingShare, Offer

State = Landing.State
SORTS = {
    "new": ("-created_at", "-pk"),
    "deadline": ("open_until", "pk"),
    "title": ("title", "pk"),
    "team": ("team__name", "-pk"),
    "state": ("state", "-pk"),
}


def visible_to(user: Any) -> QuerySet[Landing]:
    """Open ones: the network. Any: the team, its manager, its home, whoever offered, was given a share, or receives."""
    if not getattr(user, "is_authenticated", False):
        return Landing.objects.none()
    mine = organisation_ids(user)
    offers = Offer.objects.filter(landing=OuterRef("pk"))
    shares = LandingShare.objects.filter(
        Q(user_id=user.pk) | Q(organisation_id__in=mine), agreement__offer__landing=OuterRef("pk")
    )
    part = (
        Q(team_id__in=mine)
        | Q(home_id__in=mine)
        | Q(manager_id=user.pk)
        | Exists(offers.filter(Q(organisation_id__in=mine) | Q(manager_id=user.pk)))
        | Exists(offers.filter(organisation__admitted_by_id__in=mine, state=Offer.State.CHOSEN))
        | Exists(shares)
    )
    looking = Q(state__in=Landing.OPEN) if is_in_network(user) else Q(pk__in=[])
    return Landing.objects.filter(part | looking).select_related("team", "home", "manager")


def landing_for(user: Any, slug: str) -> Landing | None:
    return visible_to(user).filter(slug=slug).first()


def listed(
    user: Any,
    *,
    state: str = "",
    words: str = "",
    field: str = "",
    region: str = "",
    mine: bool = False,
    sort: str = "",
) -> QuerySet[Landing]:
    """The list page, the export and the endpoint. ``region``: wanted there, or anywhere."""
    found = visible_to(user)
    if state == "open":
        found = found.filter(state__in=Landing.OPEN)
    elif state in State.values:
        found = found.filter(state=state)
    if words := text.clean(words).strip()[:100]:
        found = found.filter(Q(title__icontains=words) | Q(about__icontains=words) | Q(team__name__icontains=words))
    if field:
        found = found.filter(field=field)
    if region:
        found = found.filter(Q(regions__icontains=f'"{region}"') | Q(regions=[]))
    if mine:
        own = organisation_ids(user)
        offered = Exists(Offer.objects.filter(landing=OuterRef("pk"), organisation_id__in=own))
        found = found.filter(Q(team_id__in=own) | Q(manager_id=user.pk) | offered)
    counted = found.annotate(offer_count=Count("offers", filter=Q(offers__state__in=("open", "chosen")), distinct=True))
    return counted.order_by(*SORTS.get(sort, SORTS["new"]))


def offers_for(user: Any, landing: Landing) -> list[Offer]:
    """The offers that this reader may see: all of them for the team, their own for a region."""
    found = landing.offers.select_related(
        "organisation__admitted_by", "manager", "landing__team", "landing__home", "agreement"
    )
    found = found.prefetch_related("agreement__shares__user", "agreement__shares__organisation")
    return [offer for offer in found if permissions.sees_offer(user, offer)]


def offer_for(user: Any, landing: Landing, slug: str) -> Offer | None:
    return next((offer for offer in offers_for(user, landing) if offer.slug == slug), None)


def chosen_offer(landing: Landing) -> Offer | None:
    """The offer that the team chose; read by whoever has asked for permission."""
    related = ("organisation__admitted_by", "manager", "landing__team", "landing__home", "agreement")
    return landing.offers.filter(state=Offer.State.CHOSEN).select_related(*related).first()


def managers_to_refer(team: Organisation | None = None) -> QuerySet[ManagerProfile]:
    """Managers whom an association knows; those of the team's own association first."""
    found = ManagerProfile.objects.filter(association__isnull=False, user__is_active=True)
    return found.select_related("user", "association").order_by("user__name", "pk")


def receivers_of(organisation: Organisation) -> QuerySet[User]:
    """Who may receive a team there: its members now, and for an association the managers whom it knows."""
    members = Membership.objects.filter(organisation=organisation, ended_at=None).values("user_id")
    known = ManagerProfile.objects.filter(association=organisation).values("user_id")
    return User.objects.filter(Q(pk__in=members) | Q(pk__in=known), is_active=True).order_by("name", "pk")


def waiting_shares(user: Any) -> QuerySet[LandingShare]:
    """Shares that wait for this person's own answer."""
    return (
        LandingShare.objects.filter(
            Q(user_id=getattr(user, "pk", None)),
            accepted_at=None,
            declined_at=None,
            agreement__offer__state=Offer.State.OPEN,
        )
        .select_related("agreement__offer__landing")
        .order_by("pk")
    )


def waiting_confirmations(user: Any) -> QuerySet[Landing]:
    """Landings whose evidence waits for a region for which the person may speak (permissions.sides_of), in two queries
    however many there are."""
    rows = list(memberships_of(user).values_list("organisation_id", "role"))
    mine = [place for place, _role in rows]
    reviewing = [place for place, role in rows if role in REVIEWING]
    admin = [place for place, role in rows if role in permissions.ADMIN]
    said = Confirmation.objects.filter(evidence__landing=OuterRef("pk"), evidence__questioned_at=None)
    chosen = Offer.objects.filter(landing=OuterRef("pk"), state=Offer.State.CHOSEN)
    pk = getattr(user, "pk", None)
    earns = LandingShare.objects.filter(
        Q(user_id=pk), agreement__offer__landing=OuterRef("pk"), agreement__offer__state=Offer.State.CHOSEN
    )
    there = Q(organisation_id__in=[*admin, *reviewing]) | Q(organisation__admitted_by_id__in=reviewing)
    home = Q(home_id__in=reviewing) & ~Exists(said.filter(side=Confirmation.Side.HOME))
    receiving = Exists(chosen.filter(there)) & ~Exists(said.filter(side=Confirmation.Side.RECEIVING))
    partial = Q(team_id__in=mine) | Q(manager_id=pk) | Exists(chosen.filter(Q(manager_id=pk))) | Exists(earns)
    return Landing.objects.filter(home | receiving, ~partial, state=State.LANDED).order_by("landed_at", "pk")


def lapsing(today: Any) -> tuple[QuerySet[Landing], QuerySet[Offer]]:
    """What has run out: landings that nobody chose in time, offers that are no longer good."""
    return (
        Landing.objects.filter(state__in=Landing.OPEN, open_until__lt=today),
        Offer.objects.filter(state=Offer.State.OPEN, valid_until__lt=today),
    )


def days_left(landing: Landing) -> int:
    return (landing.open_until - clock.today()).days
