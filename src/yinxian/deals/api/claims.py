"""REST endpoints of the claim after a bypass (民法典 965)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import StrictInt

from yinxian.kernel.http import or_404
from yinxian.settlement.idempotency import once

from ..http import SignedIn
from ..models import BypassAlarm
from ..operations import claims
from ..queries import introductions as queries

router = Router()


class ClaimIn(Schema):
    debtor: str
    amount_fen: StrictInt
    ground: str


class PaidIn(Schema):
    amount_fen: StrictInt
    number: str
    paid_on: dt.date


class ReasonIn(Schema):
    reason: str


class ClaimOut(Schema):
    alarm: str
    state: str
    claim: str | None
    debtor: str | None
    amount_fen: int
    open_fen: int


def _out(alarm: BypassAlarm) -> dict[str, Any]:
    alarm.refresh_from_db()
    found = claims.claim_of(alarm)
    return {
        "alarm": alarm.slug,
        "state": alarm.state,
        "claim": found.slug if found else None,
        "debtor": found.debtor.slug if found else None,
        "amount_fen": found.amount_fen if found else 0,
        "open_fen": claims.open_fen(found) if found else 0,
    }


def _alarm(request: SignedIn, slug: str) -> BypassAlarm:
    return or_404(queries.alarm_for(request.user, slug))


@router.get("/{bypassalarm}", response=ClaimOut, url_name="claim")
def claim(request: SignedIn, bypassalarm: str) -> dict[str, Any]:
    """What was claimed after a bypass and is still open; in fen."""
    return _out(_alarm(request, bypassalarm))


@router.post("/{bypassalarm}", response=ClaimOut, url_name="claim_record")
@decorate_view(once)
def record(request: SignedIn, bypassalarm: str, given: ClaimIn) -> dict[str, Any]:
    """Record what the client that went around owes, once for each alarm."""
    alarm = _alarm(request, bypassalarm)
    claims.claim_fee(alarm_id=alarm.pk, actor=request.user, **given.dict())
    return _out(alarm)


@router.post("/{bypassalarm}/paid", response=ClaimOut, url_name="claim_paid")
@decorate_view(once)
def paid(request: SignedIn, bypassalarm: str, given: PaidIn) -> dict[str, Any]:
    """Record that (part of) it was paid; divided by the introduction's shares at once."""
    alarm = _alarm(request, bypassalarm)
    claims.record_claim_paid(alarm_id=alarm.pk, actor=request.user, **given.dict())
    return _out(alarm)


@router.post("/{bypassalarm}/give-up", response=ClaimOut, url_name="claim_give_up")
@decorate_view(once)
def give_up(request: SignedIn, bypassalarm: str, given: ReasonIn) -> dict[str, Any]:
    """Give up what is still open."""
    alarm = _alarm(request, bypassalarm)
    claims.give_up_claim(alarm_id=alarm.pk, actor=request.user, reason=given.reason)
    return _out(alarm)
