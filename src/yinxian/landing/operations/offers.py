"""A region makes an offer, changes it, takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.regions import REGIONS
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Agreement, Landing, Offer
from ..queries.landings import receivers_of
from . import values as read
from .landings import locked, must_be_open

State = Offer.State


def both_sides(landing: Landing, offer: Offer) -> list[int]:
    """Whom an offer concerns: the team and the region that made it, no other."""
    return [landing.team_id, offer.organisation_id]


def locked_offer(offer_id: int) -> tuple[Landing, Offer]:
    """The landing, then the offer, both under lock."""
    landing = locked(Offer.objects.values_list("landing_id", flat=True).get(pk=offer_id))
    return landing, Offer.objects.select_for_update(of=("self",)).get(pk=offer_id)


@transaction.atomic
def make_offer(*, landing_id: int, organisation_id: int, actor: User, values: Mapping[str, Any]) -> Offer:
    """An association or agency of another region says what it has; one open offer for each of them."""
    landing = locked(landing_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    if organisation not in permissions.regions_of(actor, landing):
        raise Forbidden("landing.not_a_region")
    must_be_open(landing)
    if landing.offers.filter(organisation=organisation, state=State.OPEN).exists():
        raise Conflict("landing.offer_exists")
    made = Offer.objects.create(
        landing=landing,
        organisation=organisation,
        made_by=actor,
        made_at=clock.now(),
        **_terms(values, organisation),
    )
    if landing.state == Landing.State.WANTED:
        landing.move_to(Landing.State.OFFERED)
        landing.save(update_fields=["state"])
    journal.record(
        "landing.offer.made",
        actor=actor,
        subject=made,
        data={"landing": landing.slug, "organisation": organisation.slug},
        organisations=both_sides(landing, made),
    )
    return made


@transaction.atomic
def revise_offer(*, offer_id: int, actor: User, based_on: int, values: Mapping[str, Any]) -> Offer:
    """Other terms, until the team has chosen. Whoever agreed to the shares is asked again: they knew other terms."""
    landing, offer = locked_offer(offer_id)
    if not permissions.can_manage_offer(actor, offer):
        raise Forbidden("landing.not_your_offer")
    must_be_open(landing)
    if offer.state != State.OPEN:
        raise Conflict("landing.closed")
    if offer.version != based_on:
        raise Conflict("landing.offer_changed", version=offer.version)
    for name, value in _terms(values, offer.organisation).items():
        setattr(offer, name, value)
    offer.version += 1
    offer.save()
    agreement = Agreement.objects.filter(offer=offer).first()
    if agreement is not None:
        agreement.version += 1
        agreement.agreed_at = None
        agreement.save(update_fields=["version", "agreed_at"])
        agreement.shares.update(accepted_at=None, declined_at=None, answered_by=None, reason="")
    journal.record(
        "landing.offer.changed",
        actor=actor,
        subject=offer,
        data={"landing": landing.slug, "version": offer.version, "asked_again": agreement is not None},
        organisations=both_sides(landing, offer),
    )
    return offer


@transaction.atomic
def withdraw_offer(*, offer_id: int, actor: User) -> Offer:
    """Take it back before the team has chosen."""
    landing, offer = locked_offer(offer_id)
    if not permissions.can_manage_offer(actor, offer):
        raise Forbidden("landing.not_your_offer")
    _close(landing, offer, State.WITHDRAWN)
    journal.record(
        "landing.offer.withdrawn",
        actor=actor,
        subject=offer,
        data={"landing": landing.slug},
        organisations=both_sides(landing, offer),
    )
    return offer


@transaction.atomic
def lapse_offer(*, offer_id: int, today: dt.date) -> bool:
    """End an offer that is no longer good; False when something has happened to it meanwhile."""
    landing, offer = locked_offer(offer_id)
    if offer.state != State.OPEN or offer.valid_until >= today:
        return False
    _close(landing, offer, State.LAPSED)
    journal.record(
        "landing.offer.lapsed",
        actor=None,
        subject=offer,
        data={"landing": landing.slug},
        organisations=both_sides(landing, offer),
    )
    return True


def _close(landing: Landing, offer: Offer, state: str) -> None:
    """End an open offer; without any other the team is looking again. Saves both."""
    offer.move_to(state)
    offer.closed_at = clock.now()
    offer.save(update_fields=["state", "closed_at"])
    if landing.state == Landing.State.OFFERED and not landing.offers.filter(state=State.OPEN).exists():
        landing.move_to(Landing.State.WANTED)
        landing.save(update_fields=["state"])


def _terms(values: Mapping[str, Any], organisation: Organisation) -> dict[str, Any]:
    """Checked, as the model keeps them."""
    if values.get("region") not in REGIONS:
        raise Invalid("landing.choice", field="region")
    receiver = receivers_of(organisation).filter(pk=values.get("manager_id") or 0).first()
    if receiver is None:
        raise Invalid("landing.manager_elsewhere", field="manager")
    return {
        "manager": receiver,
        "region": values["region"],
        "place": read.line(values, "place", 120),
        "figures": read.figures(values, zero=True),
        "permits": read.permits_said(values),
        "extra": read.extra(values),
        "rent_fen": read.amount(values, "rent_fen"),
        "support_fen": read.amount(values, "support_fen"),
        "equipment": read.words(values, "equipment", 2000, needed=False),
        "policies": read.policies(values),
        "note": read.words(values, "note", 2000, needed=False),
        "available_from": read.coming(values, "available_from"),
        "valid_until": read.coming(values, "valid_until", needed=True),
    }
