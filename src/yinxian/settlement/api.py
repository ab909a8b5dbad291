"""REST endpoints of settlement: the reader's own accounts and statements."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from .models import Account
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
    rows = queries.with_balances(found, found.entries[start : start + PAGE], skipped=start)
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
