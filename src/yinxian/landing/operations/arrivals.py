"""The team has arrived: a paper says so, and both regions confirm it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text, uploads
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.members import has_role
from yinxian.network.models import Organisation, User

from .. import permissions
from ..kinds import FIGURE, read_quantity
from ..models import Confirmation, Evidence, Landing, Offer
from ..queries.landings import chosen_offer
from . import values as read
from .landings import locked

State, Side = Landing.State, Confirmation.Side


def _chosen(landing: Landing) -> Offer:
    found = chosen_offer(landing)
    if found is None:
        raise Conflict("landing.no_evidence")
    return found


def _three(landing: Landing, offer: Offer) -> list[int]:
    return [landing.team_id, landing.home_id, offer.organisation_id]


@transaction.atomic
def report_arrival(
    *,
    landing_id: int,
    actor: User,
    kind: str,
    number: str,
    dated_on: dt.date,
    upload: UploadedFile[Any],
    area: str = "",
) -> Evidence:
    """A business licence or a lease there, with its number, its day (since the choice, not after today) and the file;
    kept with its SHA-256."""
    landing = locked(landing_id)
    offer = chosen_offer(landing)
    if not permissions.can_report(actor, landing, offer):
        raise Forbidden("landing.not_reporter")
    landing.move_to(State.LANDED)
    offer = _chosen(landing)
    if kind not in Evidence.Kind.values:
        raise Invalid("landing.choice", field="kind")
    named = read.line({"number": number}, "number", 60)
    since = landing.chosen_at.astimezone(clock.SHANGHAI).date() if landing.chosen_at else dated_on
    if not since <= dated_on <= clock.today():
        raise Invalid("landing.evidence_date", field="dated_on")
    metres = read_quantity(area, FIGURE["area"].unit, field="area") or ""
    checked = uploads.check(upload)
    upload.name = checked.name
    made = Evidence.objects.create(
        landing=landing,
        kind=kind,
        number=named,
        dated_on=dated_on,
        area=metres,
        file=upload,
        name=checked.name,
        size=checked.size,
        sha256=checked.sha256,
        added_by=actor,
        added_at=clock.now(),
    )
    landing.landed_at = clock.now()
    landing.save(update_fields=["state", "landed_at"])
    journal.record(
        "landing.landing.landed",
        actor=actor,
        subject=landing,
        data={"offer": offer.slug, "evidence": kind, "dated_on": dated_on.isoformat(), "sha256": checked.sha256},
        organisations=_three(landing, offer),
    )
    return made


def _current(landing: Landing, evidence_id: int) -> Evidence:
    """The paper that waits, which must be the one that was read."""
    if landing.state != State.LANDED:
        raise Conflict("landing.no_evidence")
    newest = landing.evidence.order_by("-pk").first()
    if newest is None:
        raise Conflict("landing.no_evidence")
    if newest.pk != evidence_id:
        raise Conflict("landing.evidence_changed")
    return newest


@transaction.atomic
def confirm_arrival(*, landing_id: int, actor: User, side: str, evidence_id: int) -> Landing:
    """One region's word for the paper; with the second, by another person, the referral has landed.

    Neither manager, nobody with a share and nobody of the team confirms. The fact ``landing.landing.confirmed`` is what
    points are counted from: the shares of both ends stand in it.
    """
    landing = locked(landing_id)
    offer = _chosen(landing)
    if side not in permissions.sides_of(actor, landing, offer):
        raise Forbidden("landing.not_confirmer")
    evidence = _current(landing, evidence_id)
    given = list(evidence.confirmations.all())
    if any(one.side == side for one in given):
        raise Conflict("landing.confirmed_before")
    if any(one.by_id == actor.pk for one in given):
        raise Forbidden("landing.not_confirmer")
    place = landing.home if side == Side.HOME else _speaks_for(actor, offer)
    Confirmation.objects.create(evidence=evidence, side=side, by=actor, organisation=place, at=clock.now())
    journal.record(
        "landing.landing.vouched",
        actor=actor,
        subject=landing,
        data={"offer": offer.slug, "side": side, "sha256": evidence.sha256},
        organisations=_three(landing, offer),
    )
    if len(given) + 1 == len(Side.values):
        _stand(landing, offer, evidence, actor)
    return landing


def _speaks_for(actor: User, offer: Offer) -> Organisation:
    """The agency itself where the person is its admin, else its association."""
    own = has_role(actor, offer.organisation_id, permissions.ADMIN)
    return offer.organisation if own or offer.organisation.admitted_by is None else offer.organisation.admitted_by


def _stand(landing: Landing, offer: Offer, evidence: Evidence, actor: User) -> None:
    landing.move_to(State.CONFIRMED)
    landing.closed_at = clock.now()
    landing.save(update_fields=["state", "closed_at"])
    agreement = offer.agreement
    journal.record(
        "landing.landing.confirmed",
        actor=actor,
        subject=landing,
        data={
            "offer": offer.slug,
            "team": landing.team.slug,
            "home": landing.home.slug,
            "receiving": offer.organisation.slug,
            "home_manager": landing.manager.slug,
            "receiving_manager": offer.manager.slug,
            "evidence": evidence.kind,
            "dated_on": evidence.dated_on.isoformat(),
            "fee_fen": agreement.fee_fen,
            "shares": [
                {"holder": share.holder_slug, "side": share.side, "bp": share.bp}
                for share in agreement.shares.select_related("user", "organisation")
            ],
        },
        organisations=_three(landing, offer),
    )


@transaction.atomic
def question_arrival(*, landing_id: int, actor: User, evidence_id: int, reason: str) -> Landing:
    """A region says what is wrong with the paper: it stays on record, and another is asked for."""
    landing = locked(landing_id)
    offer = _chosen(landing)
    if not permissions.sides_of(actor, landing, offer):
        raise Forbidden("landing.not_confirmer")
    evidence = _current(landing, evidence_id)
    said = text.clean(reason).strip()
    if not said:
        raise Invalid("landing.reason_needed", field="reason")
    evidence.questioned_at, evidence.questioned_by, evidence.question = clock.now(), actor, said[:300]
    evidence.save(update_fields=["questioned_at", "questioned_by", "question"])
    landing.move_to(State.CHOSEN)
    landing.save(update_fields=["state"])
    journal.record(
        "landing.landing.questioned",
        actor=actor,
        subject=landing,
        data={"offer": offer.slug, "sha256": evidence.sha256},
        organisations=_three(landing, offer),
    )
    return landing
