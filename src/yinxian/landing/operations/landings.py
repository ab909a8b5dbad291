"""Say what is needed; take it back; let it lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.fields import Field
from yinxian.network.members import association_for
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Landing, Offer
from ..queries.landings import managers_to_refer
from . import values as read

State = Landing.State
AGAIN = dt.timedelta(minutes=2)


def locked(landing_id: int) -> Landing:
    """The landing under lock; whatever changes an offer takes this lock first."""
    return Landing.objects.select_for_update(of=("self",)).get(pk=landing_id)


def own_side(landing: Landing) -> list[int]:
    return [landing.team_id]


@transaction.atomic
def want_landing(*, team_id: int, actor: User, manager_id: int, values: Mapping[str, Any]) -> Landing:
    """A team of the network says what it needs elsewhere, and which manager refers it.

    Figures are text with or without a unit, amounts integer fen; ``open_until`` is the last day for offers. Sent
    twice within two minutes it is one.
    """
    team = Organisation.objects.select_for_update(of=("self",)).select_related("admitted_by").get(pk=team_id)
    if team not in permissions.teams_of(actor):
        raise Forbidden("landing.not_a_team")
    home = association_for(team)
    if home is None:
        raise Forbidden("landing.not_a_team")
    if not managers_to_refer().filter(user_id=manager_id).exists():
        raise Invalid("landing.no_manager", field="manager")
    given = _wishes(values)
    again = Landing.objects.filter(
        team=team, created_by=actor, title=given["title"], created_at__gt=clock.now() - AGAIN, state__in=Landing.OPEN
    ).first()
    if again is not None:
        return again
    made = Landing.objects.create(
        team=team, home=home, manager_id=manager_id, created_by=actor, created_at=clock.now(), **given
    )
    journal.record(
        "landing.landing.wanted",
        actor=actor,
        subject=made,
        data={"team": team.slug, "home": home.slug, "field": made.field, "regions": made.regions},
        organisations=own_side(made),
    )
    return made


@transaction.atomic
def edit_landing(*, landing_id: int, actor: User, values: Mapping[str, Any], based_on: int) -> Landing:
    """Say it better, while no region has offered. ``based_on`` is the version that was read; Conflict when somebody of
    the team changed it since, or a region was quicker. The same again changes nothing."""
    landing = locked(landing_id)
    if not permissions.can_choose(actor, landing):
        raise Forbidden("landing.not_yours")
    if landing.state != State.WANTED:
        raise Conflict("landing.offered_already")
    given = _wishes(values)
    fields = [name for name, value in given.items() if getattr(landing, name) != value]
    if not fields:
        return landing
    if landing.version != based_on:
        raise Conflict("landing.wish_changed", version=landing.version)
    for name in fields:
        setattr(landing, name, given[name])
    landing.version += 1
    landing.save(update_fields=[*fields, "version"])
    journal.record(
        "landing.landing.edited",
        actor=actor,
        subject=landing,
        data={"version": landing.version, "fields": sorted(fields)},
        organisations=own_side(landing),
    )
    return landing


def _wishes(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked, as the model keeps them; at least one need must be among them."""
    if values.get("field") not in Field.values:
        raise Invalid("landing.choice", field="field")
    given = {
        "title": read.line(values, "title", 120),
        "about": read.words(values, "about", 4000),
        "field": values["field"],
        "contact_name": read.line(values, "contact_name", 60),
        "contact_phone": read.line(values, "contact_phone", 40),
        "regions": read.regions(values),
        "figures": read.figures(values, zero=False),
        "permits": read.permits_wanted(values),
        "extra": read.extra(values),
        "rent_fen": read.amount(values, "rent_fen"),
        "support_fen": read.amount(values, "support_fen"),
        "needed_by": read.coming(values, "needed_by"),
        "open_until": read.coming(values, "open_until", needed=True),
    }
    needs = ("figures", "permits", "extra")
    if not any(given[name] for name in needs) and given["rent_fen"] is None and given["support_fen"] is None:
        raise Invalid("landing.nothing_asked", field="area")
    return given


@transaction.atomic
def withdraw_landing(*, landing_id: int, actor: User, reason: str) -> Landing:
    """The team takes it back, until it has arrived; open offers end with it."""
    landing = locked(landing_id)
    if not permissions.can_choose(actor, landing):
        raise Forbidden("landing.not_yours")
    note = text.clean(reason).strip()
    if not note:
        raise Invalid("landing.reason_needed", field="reason")
    landing.move_to(State.WITHDRAWN)
    concerned = _end(landing, note[:300])
    journal.record("landing.landing.withdrawn", actor=actor, subject=landing, organisations=concerned)
    return landing


def _end(landing: Landing, note: str = "") -> list[int]:
    """Close it and the offers that are still open; ids of the organisations that it concerns. Saves."""
    offers = landing.offers.filter(state__in=(Offer.State.OPEN, Offer.State.CHOSEN))
    concerned = [*own_side(landing), *offers.values_list("organisation_id", flat=True)]
    landing.closed_at, landing.closed_note = clock.now(), note
    landing.save(update_fields=["state", "closed_at", "closed_note"])
    offers.update(state=Offer.State.PASSED, closed_at=landing.closed_at)
    return concerned


@transaction.atomic
def lapse_landing(*, landing_id: int, today: dt.date) -> bool:
    """End one for which nothing was chosen in time; False when something has been meanwhile."""
    landing = locked(landing_id)
    if landing.state not in Landing.OPEN or landing.open_until >= today:
        return False
    landing.move_to(State.LAPSED)
    concerned = _end(landing)
    journal.record("landing.landing.lapsed", actor=None, subject=landing, organisations=concerned)
    return True


def must_be_open(landing: Landing) -> None:
    """Conflict when no offer is taken any more."""
    if landing.state not in Landing.OPEN or landing.open_until < clock.today():
        raise Conflict("landing.closed")
