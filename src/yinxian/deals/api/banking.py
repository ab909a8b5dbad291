"""REST endpoints of bank files, for who keeps escrow."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StrictInt

from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.http import or_404
from yinxian.settlement.models import BankLine
from yinxian.settlement.operations import banking as settlement
from yinxian.settlement.operations.orders import cancel_order

from ..models import Milestone
from ..operations import banking as operations
from ..queries import banking as queries

router = Router()
PAGE = 200


class StatementIn(Schema):
    """``content`` is the file in base64; ``columns`` names columns of a table that are called otherwise."""

    name: str
    content: str
    columns: dict[str, str] = {}


class FileOut(Schema):
    bankfile: str
    lines: int
    known: int


class BankLineOut(Schema):
    bankline: str
    amount_fen: int
    currency: str
    booked_on: dt.date
    name: str
    text: str
    reference: str
    state: str
    reason: str


class BookIn(Schema):
    """``rate``, ``source`` and ``exchanged`` (hundredths; all of it when left out) for a line in a foreign currency."""

    milestone: str = ""
    item: str = ""
    rate: str = ""
    source: str = ""
    exchanged: StrictInt | None = None


class OrderOut(Schema):
    payout: str
    cancelled: bool


class IgnoreIn(Schema):
    reason: str


def _out(line: BankLine) -> dict[str, Any]:
    names = ("amount_fen", "currency", "booked_on", "name", "text", "reference", "state", "reason")
    return {"bankline": line.slug, **{name: getattr(line, name) for name in names}}


@router.post("/statements", response=FileOut, url_name="bank_statement")
def statement(request: HttpRequest, given: StatementIn) -> dict[str, Any]:
    """Take a statement in; nothing is booked. The same file again gives what was taken the first time."""
    account = or_404(queries.accounts_of(request.user).first())
    try:
        data = base64.b64decode(given.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("settlement.bank_broken", reason="base64") from error
    made = settlement.take_statement(
        bank_account_id=account.pk,
        actor=request.user,  # type: ignore[arg-type]  # signed in, as every endpoint here
        data=data,
        name=given.name[:200],
        columns=settlement.columns_of(given.columns),
    )
    return {"bankfile": made.slug, "lines": made.lines_count, "known": made.known_count}


@router.get("/lines", response=list[BankLineOut], url_name="bank_lines")
def lines(request: HttpRequest, state: str = "open", offset: int = 0) -> list[dict[str, Any]]:
    """Lines of the keeper's statements, 200 from ``offset`` on."""
    or_404(queries.accounts_of(request.user).first())
    start = min(max(0, offset), 10**9)
    return [_out(line) for line in queries.lines_of(request.user, state=state)[start : start + PAGE]]


@router.post("/lines/{bankline}/book", response=BankLineOut, url_name="bank_line_book")
def book(request: HttpRequest, bankline: str, given: BookIn) -> dict[str, Any]:
    """Book a line as the payment of a milestone that is expected, or of an item that was ordered.

    One in a foreign currency becomes a foreign receipt at the rate that is given with its source.
    """
    line = or_404(queries.line_for(request.user, bankline))
    actor: Any = request.user
    if given.item:
        return _out(operations.book_item(line_id=line.pk, item_slug=given.item[:16], actor=actor))
    found = Milestone.objects.filter(slug=given.milestone[:16].replace("\x00", "")).first()
    if found is None:
        raise Conflict("deals.bank_not_expected")
    if given.rate:
        rate: dict[str, Any] = {"rate": given.rate[:24], "source": given.source, "exchanged": given.exchanged}
        return _out(operations.book_foreign_line(line_id=line.pk, milestone_id=found.pk, actor=actor, **rate))
    return _out(operations.book_line(line_id=line.pk, milestone_id=found.pk, actor=actor))


@router.post("/lines/{bankline}/ignore", response=BankLineOut, url_name="bank_line_ignore")
def ignore(request: HttpRequest, bankline: str, given: IgnoreIn) -> dict[str, Any]:
    line = or_404(queries.line_for(request.user, bankline))
    actor: Any = request.user
    return _out(settlement.ignore_line(line_id=line.pk, actor=actor, reason=given.reason))


@router.post("/payouts/{payout}/cancel", response=OrderOut, url_name="payout_cancel")
def cancel_payout(request: HttpRequest, payout: str, given: IgnoreIn) -> dict[str, Any]:
    """Cancel an order that the bank has not carried out; what it was to pay can be ordered again."""
    order = or_404(queries.order_for(request.user, payout))
    actor: Any = request.user
    made = cancel_order(order_id=order.pk, reason=given.reason, actor=actor)
    return {"payout": made.slug, "cancelled": made.cancelled_at is not None}
