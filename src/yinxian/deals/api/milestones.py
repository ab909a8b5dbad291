"""REST endpoints of payment plans: the same verbs and views as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import StrictInt

from yinxian.kernel.http import or_404
from yinxian.settlement.idempotency import once

from ..http import SignedIn
from ..models import Milestone
from ..operations import milestones as operations
from ..queries import deals
from ..queries import milestones as queries

router = Router()


class MilestoneOut(Schema):
    milestone: str
    deal: str
    position: int
    kind: str
    title: str
    acceptance: str
    amount_fen: int
    released_fen: int
    refunded_fen: int
    due_on: dt.date | None
    state: str


class PartOut(Schema):
    name: str
    role: str
    basis: str
    article: str
    share_bp: int | None
    amount_fen: int


class DetailOut(MilestoneOut):
    outstanding_fen: int
    rule_version: int | None
    split: list[PartOut]


class PlanOut(Schema):
    deal: str
    escrow_fen: int
    milestones: list[MilestoneOut]


class PaymentIn(Schema):
    amount_fen: StrictInt
    number: str
    paid_on: dt.date
    payer: str
    key: str


class ForeignIn(Schema):
    """Amounts in hundredths of the currency; ``rate``: yuan for one unit, as ``source`` states it."""

    currency: str
    received: StrictInt
    exchanged: StrictInt | None = None
    rate: str
    source: str
    number: str
    paid_on: dt.date
    payer: str
    key: str


class ReturnIn(Schema):
    currency: str
    amount: StrictInt
    number: str
    key: str = ""


class UndoIn(Schema):
    number: str
    reason: str


class TextIn(Schema):
    text: str
    key: str = ""


class KeyIn(Schema):
    key: str = ""


class PartIn(KeyIn):
    amount_fen: StrictInt | None = None


class OutcomeIn(Schema):
    outcome: str
    amount_fen: StrictInt | None = None
    key: str = ""


def _out(one: Milestone) -> dict[str, Any]:
    return {
        "milestone": one.slug,
        "deal": one.deal.slug,
        "position": one.position,
        "kind": one.kind,
        "title": one.title,
        "acceptance": one.acceptance,
        "amount_fen": one.amount_fen,
        "released_fen": one.released_fen,
        "refunded_fen": one.refunded_fen,
        "due_on": one.due_on,
        "state": one.state,
    }


def _detail(request: SignedIn, slug: str) -> dict[str, Any]:
    found = or_404(queries.milestone_for(request.user, slug))
    view = queries.split_view(request.user, found)
    return {
        **_out(found),
        "outstanding_fen": queries.outstanding(found),
        "rule_version": view.version if view else None,
        "split": [part.__dict__ for part in view.parts] if view else [],
    }


def _pk(request: SignedIn, slug: str) -> int:
    return or_404(queries.milestone_for(request.user, slug)).pk


@router.get("/of/{deal}", response=PlanOut, url_name="deal_milestones")
def plan(request: SignedIn, deal: str) -> dict[str, Any]:
    """The payment plan of a deal; amounts in fen."""
    view = queries.plan_view(request.user, or_404(deals.find(request.user, deal)))
    return {
        "deal": view.deal.slug,
        "escrow_fen": view.escrow_fen,
        "milestones": [_out(one) for one in view.milestones],
    }


@router.get("/{milestone}", response=DetailOut, url_name="milestone")
def detail(request: SignedIn, milestone: str) -> dict[str, Any]:
    """A milestone and how it is split, as the reader may see it."""
    return _detail(request, milestone)


@router.post("/{milestone}/payment", response=DetailOut, url_name="milestone_pay")
@decorate_view(once)
def record_payment(request: SignedIn, milestone: str, given: PaymentIn) -> dict[str, Any]:
    """Record a bank receipt; the same key again has no second effect."""
    operations.record_payment(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/payment/foreign", response=DetailOut, url_name="milestone_pay_foreign")
@decorate_view(once)
def record_foreign_payment(request: SignedIn, milestone: str, given: ForeignIn) -> dict[str, Any]:
    """Record a receipt in a foreign currency with the rate at which the bank exchanged it; no other rate is used."""
    operations.record_foreign_payment(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/payment/return", response=DetailOut, url_name="milestone_return_foreign")
@decorate_view(once)
def return_foreign(request: SignedIn, milestone: str, given: ReturnIn) -> dict[str, Any]:
    """Record that what was not exchanged went back to the buyer in its own currency."""
    found = or_404(queries.milestone_for(request.user, milestone))
    operations.return_foreign(deal_id=found.deal_id, actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/payment/undo", response=DetailOut, url_name="milestone_payment_undo")
@decorate_view(once)
def undo_payment(request: SignedIn, milestone: str, given: UndoIn) -> dict[str, Any]:
    """Take back a receipt that was recorded wrongly, by its number; the books hold its opposite beside it."""
    found = or_404(queries.milestone_for(request.user, milestone))
    receipts = found.receipts.filter(number=given.number).order_by("-pk")
    receipt = or_404(receipts.filter(undone_at=None).first() or receipts.first())
    operations.undo_payment(receipt_id=receipt.pk, reason=given.reason, actor=request.user)
    return _detail(request, milestone)


@router.post("/{milestone}/submit", response=DetailOut, url_name="milestone_submit")
@decorate_view(once)
def submit(request: SignedIn, milestone: str, given: TextIn) -> dict[str, Any]:
    operations.submit(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/changes", response=DetailOut, url_name="milestone_changes")
@decorate_view(once)
def request_changes(request: SignedIn, milestone: str, given: TextIn) -> dict[str, Any]:
    operations.request_changes(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/release", response=DetailOut, url_name="milestone_release")
@decorate_view(once)
def release(request: SignedIn, milestone: str, given: PartIn) -> dict[str, Any]:
    """Accept, release and split at once: all that is left, or ``amount_fen`` of it."""
    operations.accept_and_release(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/refund", response=DetailOut, url_name="milestone_refund")
@decorate_view(once)
def refund(request: SignedIn, milestone: str, given: PartIn) -> dict[str, Any]:
    """Give back all that is left, or ``amount_fen`` of it."""
    operations.refund(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)


@router.post("/{milestone}/dispute", response=DetailOut, url_name="milestone_dispute")
@decorate_view(once)
def dispute(request: SignedIn, milestone: str, given: TextIn) -> dict[str, Any]:
    operations.dispute(milestone_id=_pk(request, milestone), actor=request.user, reason=given.text, key=given.key)
    return _detail(request, milestone)


@router.post("/{milestone}/decide", response=DetailOut, url_name="milestone_decide")
@decorate_view(once)
def decide(request: SignedIn, milestone: str, given: OutcomeIn) -> dict[str, Any]:
    operations.decide(milestone_id=_pk(request, milestone), actor=request.user, **given.dict())
    return _detail(request, milestone)
