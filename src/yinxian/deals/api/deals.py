"""REST endpoints of deals themselves: list, detail, move, note."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from ..models import Deal
from ..operations.deals import move_deal
from ..operations.records import add_note
from ..permissions.deals import sides_of
from ..queries.deals import find, listed
from ..queries.timeline import timeline

router = Router()
FURTHEST = 10**9  # a row that no list has, and that a database can still count to
MOST = 100


class DealOut(Schema):
    slug: str
    number: str
    title: str
    buyer: str
    supplier: str
    manager: str
    state: str
    amount_fen: int | None
    signed_on: dt.date | None
    registration_no: str
    next_action: str
    next_on: dt.date | None


class Event(Schema):
    at: dt.datetime
    title: str
    text: str
    entry: str


class DealDetail(DealOut):
    sides: list[str]
    may_become: list[str]
    events: list[Event]


class Move(Schema):
    to: str
    was: str = ""
    reason: str = ""


class NoteIn(Schema):
    text: str
    audience: str = "own"


def _out(deal: Deal) -> dict[str, Any]:
    own = ("slug", "number", "title", "state", "amount_fen", "signed_on", "registration_no", "next_action", "next_on")
    people = {"buyer": deal.buyer.name, "supplier": deal.supplier.name, "manager": str(deal.manager)}
    return {**{name: getattr(deal, name) for name in own}, **people}


def _detail(user: Any, slug: str) -> dict[str, Any]:
    deal = or_404(find(user, slug))
    knots = timeline(deal, user)
    return {
        **_out(deal),
        "sides": sorted(sides_of(user, deal)),
        "may_become": [str(state) for state in Deal.NEXT[Deal.State(deal.state)]],
        "events": [
            {"at": knot.when, "title": knot.title, "text": knot.text, "entry": str(knot.entry.uid)} for knot in knots
        ],
    }


@router.get("/", response=list[DealOut])
def deals(request: HttpRequest, state: str = "", q: str = "", offset: int = 0, limit: int = MOST) -> Any:
    """Deals that the caller may see, newest change first."""
    start = min(max(offset, 0), FURTHEST)
    return [_out(deal) for deal in listed(request.user, state=state, words=q)[start : start + min(max(limit, 1), MOST)]]


@router.get("/{deal}", response=DealDetail)
def deal(request: HttpRequest, deal: str) -> Any:
    return _detail(request.user, deal)


@router.post("/{deal}/move", response=DealDetail)
def move(request: HttpRequest, deal: str, given: Move) -> Any:
    """Move a deal; ``was`` is the state that the caller saw."""
    found = or_404(find(request.user, deal))
    actor: Any = request.user
    move_deal(deal_id=found.pk, to=given.to, was=given.was, reason=given.reason, actor=actor)
    return _detail(request.user, deal)


@router.post("/{deal}/notes", response=DealDetail)
def note(request: HttpRequest, deal: str, given: NoteIn) -> Any:
    """A note for the caller's own side (``own``) or for everyone in the deal (``all``)."""
    found = or_404(find(request.user, deal))
    actor: Any = request.user
    add_note(deal_id=found.pk, actor=actor, words=given.text, audience=given.audience)
    return _detail(request.user, deal)
