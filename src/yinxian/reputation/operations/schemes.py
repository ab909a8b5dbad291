"""Edit an association's scheme: a new version, from now on."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Event, Scheme
from .points import first_scheme

LARGEST = 10_000


@transaction.atomic
def new_version(
    *, association_id: int, actor: User, rules: list[dict[str, Any]], note: str = "", based_on: int | None = None
) -> Scheme:
    """Conflict when someone else has made a version since ``based_on``; Invalid for a figure outside 0 to 10,000."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.can_edit_scheme(actor, association):
        raise Forbidden("reputation.not_yours_to_edit")
    latest = Scheme.objects.filter(association=association).first() or first_scheme(association)
    if based_on is not None and based_on != latest.version:
        raise Conflict("reputation.scheme_changed", version=latest.version)
    checked = [_checked(rule) for rule in rules]
    made = Scheme.objects.create(
        association=association, version=latest.version + 1, rules=checked, note=note, created_by=actor
    )
    journal.record(
        "reputation.scheme.changed",
        actor=actor,
        subject=made,
        data={"version": made.version, "rules": checked},
        organisations=[association.pk],
    )
    return made


def _checked(rule: dict[str, Any]) -> dict[str, Any]:
    if rule.get("event") not in Event.values:
        raise Invalid("reputation.rule_wrong")
    figures = {name: rule.get(name) for name in ("base", "per_wan", "cap")}
    if any(not isinstance(value, int) or not 0 <= value <= LARGEST for value in figures.values()):
        raise Invalid("reputation.rule_wrong")
    return {"event": rule["event"], **figures}
