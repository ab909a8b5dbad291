"""REST endpoints of settlement: the reader's own accounts and statements."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import StrictInt

from yinxian.kernel.http import or_404
from yinxian.network.models import User

from . import operations
from .idempotency import once
from .models import Account, Closing
from .operations.quick import settle_one
from .operations.releases import Release
from .queries import plaintext
from .queries import statements as queries

router = Router()
PAGE = 200


class AccountOut(Schema):
    account: str
    code: str
    name: str
    currency: str
    balance_fen: int


class EntryOut(Schema):
    transaction: str
    at: dt.datetime
    kind: str
    memo: str
    role: str
    amount_fen: int
    balance_fen: int


class StatementOut(Schema):
    account: AccountOut
    since: dt.date | None
    until: dt.date | None
    opening_fen: int
    closing_fen: int
    count: int
    entries: list[EntryOut]


def _account(found: Account) -> AccountOut:
    return AccountOut(
        account=found.slug, code=found.code, name=found.name, currency=found.currency, balance_fen=found.posted
    )


@router.get("/accounts", response=list[AccountOut], url_name="settlement_accounts")
def accounts(request: HttpRequest) -> list[AccountOut]:
    """Accounts of the reader and of the organisations they act for."""
    return [_account(found) for found in queries.visible_to(request.user)[:1000]]


@router.get("/accounts/{account}", response=StatementOut, url_name="settlement_statement")
def statement(
    request: HttpRequest, account: str, since: dt.date | None = None, until: dt.date | None = None, offset: int = 0
) -> StatementOut:
    """A statement, 200 entries from ``offset`` on; amounts in fen, days in Shanghai time."""
    found = queries.statement(or_404(queries.account_for(request.user, account)), since, until)
    start = min(max(0, offset), 10**9)
    rows = queries.with_balances(found.entries[start : start + PAGE])
    return StatementOut(
        account=_account(found.account),
        since=since,
        until=until,
        opening_fen=found.opening_fen,
        closing_fen=found.closing_fen,
        count=found.entries.count(),
        entries=[
            EntryOut(
                transaction=row.entry.transaction.slug,
                at=row.entry.transaction.at,
                kind=row.entry.transaction.kind,
                memo=row.entry.transaction.memo,
                role=row.entry.role,
                amount_fen=row.entry.amount,
                balance_fen=row.balance_fen,
            )
            for row in rows
        ],
    )


class PayoutIn(Schema):
    amount_fen: StrictInt
    number: str
    paid_on: dt.date


class ExchangeIn(Schema):
    amount_fen: StrictInt
    into: str
    rate: str
    bought_fen: StrictInt
    source: str
    key: str


class ReasonIn(Schema):
    reason: str


class PostedOut(Schema):
    transaction: str
    kind: str
    currency: str
    at: dt.datetime
    booked_on: dt.date
    reverses: str | None


class CloseIn(Schema):
    closed_to: dt.date
    note: str = ""


class ClosingOut(Schema):
    closed_to: dt.date
    transactions: int
    digest: str
    note: str
    closed_at: dt.datetime


def _posted(made: Any) -> dict[str, Any]:
    return {
        "transaction": made.slug,
        "kind": made.kind,
        "currency": made.currency,
        "at": made.at,
        "booked_on": made.booked_on,
        "reverses": made.reverses.slug if made.reverses else None,
    }


@router.post("/accounts/{account}/payout", response=PostedOut, url_name="settlement_payout")
@decorate_view(once)
def payout(request: HttpRequest, account: str, given: PayoutIn) -> dict[str, Any]:
    """The owner records that the bank has paid it what was released; once for each receipt number."""
    found = or_404(queries.account_for(request.user, account))
    return _posted(operations.confirm_payout(account_id=found.pk, actor=cast("User", request.user), **given.dict()))


@router.post("/accounts/{account}/exchange", response=list[PostedOut], url_name="settlement_exchange")
@decorate_view(once)
def exchange(request: HttpRequest, account: str, given: ExchangeIn) -> list[dict[str, Any]]:
    """The owner records that the bank changed its money; the two linked transactions, sold first."""
    found = or_404(queries.account_for(request.user, account))
    made = operations.exchange(account_id=found.pk, actor=cast("User", request.user), **given.dict())
    return [_posted(made.sold), _posted(made.bought)]


@router.post("/accounts/{account}/undo/{transaction}", response=PostedOut, url_name="settlement_undo")
@decorate_view(once)
def undo(request: HttpRequest, account: str, transaction: str, given: ReasonIn) -> dict[str, Any]:
    """The owner reverses a payout that was recorded wrongly."""
    posted = or_404(queries.transaction_for(or_404(queries.account_for(request.user, account)), transaction))
    actor = cast("User", request.user)
    return _posted(operations.undo_payout(transaction_id=posted.pk, actor=actor, reason=given.reason))


class ReleaseIn(Schema):
    reference: str
    amount_fen: StrictInt
    key: str
    memo: str = ""


@router.post("/releases", response=PostedOut, url_name="settlement_release")
def release(request: HttpRequest, given: ReleaseIn) -> dict[str, Any]:
    """For a program of the association: release out of an escrow by the rule fixed for its reference, once a key.

    Money of a deal moves with its milestones and is refused here (409).
    """
    return _posted(settle_one(Release(**given.dict()), actor=cast("User", request.user)))


@router.get("/periods", response=list[ClosingOut], url_name="settlement_periods")
def periods(request: HttpRequest) -> list[Closing]:
    """Periods that are closed, the latest first."""
    return list(Closing.objects.all()[:1000])


@router.post("/periods", response=ClosingOut, url_name="settlement_close")
@decorate_view(once)
def close(request: HttpRequest, given: CloseIn) -> Closing:
    """Close everything booked up to a day before today, for good."""
    return operations.close_period(actor=cast("User", request.user), key="", **given.dict())


@router.get("/books", url_name="settlement_books")
def books(
    request: HttpRequest, fmt: str = "beancount", until: dt.date | None = None, whole: bool = False
) -> StreamingHttpResponse:
    """The reader's books as text for beancount or hledger (``fmt``); ``whole``: all of them, for the operator."""
    accounts = plaintext.accounts_for(request.user, whole=whole)
    lines = (f"{line}\n" for line in plaintext.write(accounts, fmt, until=until))
    return StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")
