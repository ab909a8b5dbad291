"""Prepare a registration, hand it in, record what the registry said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Contract, Registration
from ..queries.registrations import known, problems
from .contracts import about, concerned, locked

State = Registration.State
KEPT = (
    "project", "seller", "buyer", "total_fen", "technology_fen", "actual_fen", "rights", "field", "goal", "industry",
    "source", "payment", "since", "until", "seal_matches", "proof_attached", "lawful",
)  # fmt: skip


def _locked(contract_id: int, actor: User) -> tuple[Contract, Registration | None]:
    contract = locked(contract_id)
    if not permissions.can_register(actor, contract):
        raise Forbidden("contracts.may_not_register")
    return contract, Registration.objects.select_for_update().filter(contract=contract).first()


def _note(name: str, actor: User, contract: Contract, **more: Any) -> None:
    data = about(contract, **more)
    journal.record(name, actor=actor, subject=contract, data=data, organisations=concerned(contract))


@transaction.atomic
def prepare_registration(*, contract_id: int, actor: User, data: Mapping[str, Any] | None = None) -> Registration:
    """Keep the form, complete or not; the first time it is filled with what the contract knows.

    Conflict before the contract is agreed, for a kind that is not registered, or once it lies with the registry.
    """
    contract, found = _locked(contract_id, actor)
    if contract.state != Contract.State.AGREED or contract.kind not in permissions.REGISTERED_KINDS:
        raise Conflict("contracts.not_to_be_registered")
    if found and found.state not in Registration.OPEN:
        raise Conflict("contracts.registration_lies_there", state=found.get_state_display())
    given = {name: value for name, value in (data or {}).items() if name in KEPT}
    if found is None:
        found = Registration(contract=contract, data=known(contract), made_by=actor)
    found.data = {**found.data, **given}
    found.changed_at = clock.now()
    found.save()
    _note("contracts.registration.prepared", actor, contract)
    return found


@transaction.atomic
def submit_registration(*, contract_id: int, actor: User, registry: str) -> Registration:
    """Record that the package was handed in. Invalid while anything is open for which a registry would refuse."""
    contract, found = _locked(contract_id, actor)
    if found is None:
        raise Conflict("contracts.not_to_be_registered")
    if open_points := problems(found):
        raise Invalid("contracts.registration_incomplete", what="；".join(point.text for point in open_points[:6]))
    where = text.clean(registry).strip()[:120]
    if not where:
        raise Invalid("contracts.registry_missing", field="registry")
    found.move_to(State.SUBMITTED)
    found.registry, found.submitted_on, found.reason, found.changed_at = where, clock.today(), "", clock.now()
    found.save()
    _note("contracts.registration.submitted", actor, contract, registry=where)
    return found


@transaction.atomic
def decide_registration(
    *, contract_id: int, actor: User, outcome: str, on: dt.date, number: str = "", reason: str = ""
) -> Registration:
    """Record what the registry did: registered (with its number), refused, changed or cancelled (with a reason)."""
    contract, found = _locked(contract_id, actor)
    if found is None or outcome not in (State.REGISTERED, State.REFUSED, State.CHANGED, State.CANCELLED):
        raise Conflict("contracts.not_to_be_registered")
    said, given = text.clean(reason).strip()[:500], text.clean(number).strip()
    if outcome == State.REGISTERED and not 0 < len(given) <= 40:
        raise Invalid("contracts.registration_number", field="number")
    if outcome != State.REGISTERED and not said:
        raise Invalid("contracts.registration_reason", field="reason")
    earliest = max(filter(None, (found.submitted_on, contract.agreed_on)), default=on)
    if not earliest <= on <= clock.today():
        raise Invalid("contracts.registration_date", field="on")
    found.move_to(outcome)
    found.reason, found.changed_at = said, clock.now()
    if outcome == State.REGISTERED:
        found.number, found.decided_on = given, on
    found.save()
    data = {"outcome": outcome, "number": found.number, "on": on.isoformat()}
    _note("contracts.registration.decided", actor, contract, **data)
    return found
