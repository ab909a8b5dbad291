"""Edit an association's scheme: a draft, tried on the last year, then put in force from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.clock import SHANGHAI
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Event, Scheme
from ..queries.schemes import scheme_at
from ..rules import WHOLE_BP, check_terms, checked
from .points import first_scheme

FURTHEST = dt.timedelta(days=3 * 366)


@transaction.atomic
def draft_scheme(
    *,
    association_id: int,
    actor: User,
    rules: Any,
    yearly_bp: Any = WHOLE_BP,
    year_cap: Any = None,
    note: str = "",
    based_on: int | None = None,
) -> Scheme:
    """A new version that nobody's points go by yet.

    Conflict when someone else has made a version since ``based_on``; Invalid for rules that cannot be (see rules.py).
    """
    association = _locked(association_id, actor)
    latest = Scheme.objects.filter(association=association).first() or first_scheme(association)
    if based_on is not None and based_on != latest.version:
        raise Conflict("reputation.scheme_changed", version=latest.version)
    found = checked(rules, {event.value: str(event.label) for event in Event})
    check_terms(yearly_bp, year_cap)
    made = Scheme.objects.create(
        association=association,
        version=latest.version + 1,
        rules=found,
        yearly_bp=yearly_bp,
        year_cap=year_cap,
        note=clean(note).strip()[:200],
        created_by=actor,
    )
    data = {"version": made.version, "rules": found, "yearly_bp": yearly_bp, "year_cap": year_cap}
    journal.record("reputation.scheme.drafted", actor=actor, subject=made, data=data, organisations=[association.pk])
    return made


@transaction.atomic
def start_scheme(*, scheme_id: int, actor: User, on: dt.date) -> Scheme:
    """Put a draft in force from a day on: today means from this moment. Points already given stay as they are.

    Conflict when it has a day already, or when a later version holds.
    """
    association_id = Scheme.objects.values_list("association_id", flat=True).get(pk=scheme_id)
    association = _locked(association_id, actor)
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)
    today = clock.today()
    if scheme.starts_at is not None:
        raise Conflict("reputation.scheme_started", version=scheme.version)
    if not today <= on <= today + FURTHEST:
        raise Invalid("reputation.scheme_day", field="on")
    holds = scheme_at(association, clock.now())
    if holds is not None and holds.version > scheme.version:
        raise Conflict("reputation.scheme_overtaken", version=holds.version)
    scheme.starts_at = clock.now() if on == today else dt.datetime.combine(on, dt.time(), SHANGHAI)
    scheme.started_by = actor
    scheme.save(update_fields=["starts_at", "started_by"])
    journal.record(
        "reputation.scheme.changed",
        actor=actor,
        subject=scheme,
        data={"version": scheme.version, "on": on.isoformat()},
        organisations=[association.pk],
    )
    return scheme


def _locked(association_id: int, actor: User) -> Organisation:
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_edit_scheme(actor, association):
        raise Forbidden("reputation.not_yours_to_edit")
    return association
