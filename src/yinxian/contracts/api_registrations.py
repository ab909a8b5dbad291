"""REST endpoints of registration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from . import operations
from .documents.registration import as_json
from .models import Contract
from .queries.contracts import find
from .queries.registrations import problems, registration_of

router = Router()


class RegistrationOut(Schema):
    """``package`` is the form as it is handed in (amounts in fen), ``problems`` what a registry would refuse for."""

    state: str | None
    number: str
    package: dict[str, Any]
    problems: list[str]


class Submit(Schema):
    registry: str


class Decide(Schema):
    outcome: str
    on: dt.date
    number: str = ""
    reason: str = ""


def _out(contract: Contract) -> dict[str, Any]:
    kept = registration_of(contract)
    if kept is None:
        return {"state": None, "number": "", "package": {}, "problems": []}
    told = [one.text for one in problems(kept)]
    return {"state": kept.state, "number": kept.number, "package": as_json(kept), "problems": told}


@router.get("/{contract}/registration", response=RegistrationOut)
def registration(request: HttpRequest, contract: str) -> Any:
    return _out(or_404(find(request.user, contract)))


@router.post("/{contract}/registration/submit", response=RegistrationOut)
def submit(request: HttpRequest, contract: str, given: Submit) -> Any:
    """Record that the package was handed in; refused while something is open."""
    found = or_404(find(request.user, contract))
    actor: Any = request.user
    operations.submit_registration(contract_id=found.pk, actor=actor, registry=given.registry)
    return _out(found)


@router.post("/{contract}/registration/decide", response=RegistrationOut)
def decide(request: HttpRequest, contract: str, given: Decide) -> Any:
    """Record the registry's answer: registered, refused, changed, cancelled."""
    found = or_404(find(request.user, contract))
    actor: Any = request.user
    operations.decide_registration(contract_id=found.pk, actor=actor, **given.dict())
    return _out(found)
