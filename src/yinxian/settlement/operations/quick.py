"""One release in one statement, where PostgreSQL keeps the books: one way to the server and back instead of eight.

The statement locks the accounts in order of id, numbers and sums the entries as the engine does, and writes the
transaction, its entries and its entry in the journal. The database's own guards check all of it. Whenever anything is
not as it should be for an ordinary release (a key that was used, too little money, a newer rule, a closed period), it
leaves nothing behind, and the engine says what is wrong.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

from yinxian.journal.models.entries import leaf_of
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Forbidden, Refusal
from yinxian.kernel.ids import new_slug
from yinxian.network.models import User

from ..models import Account, Transaction
from ..permissions import can_close_period
from ..rules import split
from .engine import Leg, Outcome, Posted, Posting
from .escrow import release_legs
from .releases import MOST, NEWEST, Release, release_many, reserved

NAME = "settlement.transaction.posted"
PREPARED, UNKNOWN_STATEMENT = b"settlement_release", b"26000"
STATEMENT = b"""
WITH a AS MATERIALIZED (
  SELECT id, posted, came, entries_count, last_at, owner_organisation_id AS owner
  FROM settlement_account WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE
), t AS (
  INSERT INTO settlement_transaction (slug, key, request_hash, kind, currency, memo, at, booked_on, legs, rule_id,
    due_fen, costs_fen, actor_id, total)
  SELECT $2, $3, $4, 'escrow.release', 'CNY', $5, $6::timestamptz, $7::date, $8::smallint, $9::bigint, $10::bigint, 0,
    $11::bigint, 0
  FROM (SELECT COUNT(*) AS found, MAX(last_at) AS latest FROM a) seen
  WHERE found = $12::bigint AND COALESCE(latest <= $6::timestamptz, TRUE)
    AND (SELECT (id, content::text) = ($9::bigint, $13) FROM settlement_splitrule
      WHERE reference = $14 ORDER BY version DESC LIMIT 1)
  ON CONFLICT (key) DO NOTHING RETURNING id, at, slug, actor_id
), e AS (
  INSERT INTO settlement_entry (transaction_id, account_id, line, number, amount, balance, came, at, currency, role,
    share_bp)
  SELECT t.id, a.id, leg.line, a.entries_count + leg.nth, leg.amount, a.posted + leg.moved, a.came + leg.got, t.at,
    'CNY', leg.role, leg.bp
  FROM t, UNNEST($1::bigint[], $15::int[], $16::bigint[], $17::bigint[], $18::bigint[], $19::text[], $20::int[])
    WITH ORDINALITY AS leg(id, nth, amount, moved, got, role, bp, line) JOIN a USING (id)
)
INSERT INTO journal_entry (uid, name, at, actor_id, actor_slug, subject_type, subject_id, subject_slug, organisations,
  data, leaf)
SELECT $21::uuid, 'settlement.transaction.posted', t.at, t.actor_id, $22, 'settlement.transaction', t.id, t.slug,
  (SELECT COALESCE(JSONB_AGG(DISTINCT owner), '[]') FROM a WHERE owner IS NOT NULL), $23::jsonb, $24
FROM t RETURNING subject_id
"""
"""Everything arrives as text, lists as arrays of one shape: a plan made once serves every release."""
ACCOUNTS: dict[str, int] = {}
"""Ids of accounts by code, both of which never change. One that is gone is not found under its lock, and the engine
looks into it; the currency of each is the database's to check."""


def settle_one(asked: Release, *, actor: User) -> Transaction:
    """Release by the rule of a reference, for a program of the association; the same key gives the same transaction."""
    if not can_close_period(actor):
        raise Forbidden("settlement.may_not_settle")
    outcome: Outcome = reserved([asked.reference]).get(asked.reference) or release_one(asked, actor=actor)
    if isinstance(outcome, Refusal):
        raise outcome
    return Transaction.objects.get(pk=outcome.pk)


def release_one(asked: Release, *, actor: User) -> Outcome:
    """As ``release_many`` for one; permission is the caller's. The quick way needs a transaction of its own."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        try:
            posted = _in_one_statement(asked, actor)
        except Refusal as refusal:
            return refusal
        if posted is not None:
            return posted
    return release_many([asked], actor=actor)[0]


def _in_one_statement(asked: Release, actor: User) -> Posted | None:
    """What was posted, or None when the engine has to look into it. Refusal for what can never be right."""
    known = NEWEST.get(asked.reference)
    if known is None or known.rule.remembers or "\x00" in asked.memo:
        return None
    parts = split(known.rule, asked.amount_fen)
    legs = sorted(release_legs(asked.reference, parts.lines), key=lambda leg: leg.amount_fen < 0)
    posting = Posting(asked.key, Transaction.Kind.RELEASE, legs)
    posting.check()
    ids = _ids([leg.account_code for leg in legs])
    if ids is None:
        return None
    slug, at, uid = new_slug(Transaction.PREFIX), clock.now(), str(uuid.uuid4())
    moment, data = at.isoformat(), {"kind": "escrow.release", "legs": len(legs)}
    subject = f"settlement.transaction:{slug}"
    body = {"uid": uid, "name": NAME, "at": moment, "actor": actor.slug, "subject": subject, "data": data}
    head = (slug, asked.key, posting.request_hash(), asked.memo[:400], moment)
    rest = (at.astimezone(clock.SHANGHAI).date().isoformat(), len(legs), known.pk, parts.due_fen, actor.pk)
    asks = (len(set(ids)), known.text, asked.reference)
    told = (uid, actor.slug, json.dumps(data), leaf_of(body, crypto.canonical_plain))
    row = _run([_array(ids), *head, *rest, *asks, *_figures(ids, legs), *told])
    return Posted(row, slug, False, at) if row else None


def _ids(codes: Sequence[str]) -> list[int] | None:
    """The accounts' ids; None when one is not there."""
    if missing := [code for code in codes if code not in ACCOUNTS]:
        if len(ACCOUNTS) > MOST:
            ACCOUNTS.clear()
            missing = list(codes)
        ACCOUNTS.update(Account.objects.filter(code__in=missing).values_list("code", "pk"))
    ids = [ACCOUNTS.get(code, 0) for code in codes]
    return ids if all(ids) else None


def _figures(ids: Sequence[int], legs: Sequence[Leg]) -> tuple[str, ...]:
    """For each entry: which one of its account here, its amount, and what moved and came there with it."""
    so_far: dict[int, tuple[int, int, int]] = {}
    figures = []
    for account, leg in zip(ids, legs, strict=True):
        nth, moved, came = so_far.get(account, (0, 0, 0))
        so_far[account] = (nth + 1, moved + leg.amount_fen, came + max(leg.amount_fen, 0))
        figures.append(so_far[account])
    nths, sums, comings = zip(*figures, strict=True)
    shares = ["NULL" if leg.share_bp is None else leg.share_bp for leg in legs]
    amounts, roles = [leg.amount_fen for leg in legs], [str(leg.role) for leg in legs]
    return tuple(map(_array, (nths, amounts, sums, comings, roles, shares)))


def _array(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _run(values: Sequence[object]) -> int | None:
    """The id of the transaction, or None when it is not ordinary: what a guard refuses, the engine looks into.

    By the driver's own prepared statement: all else that a cursor does costs as much as the split. Planned once a
    connection, and again after whatever made the connection forget its statements.
    """
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    server = here.connection.pgconn
    sent = [str(value).encode() for value in values]
    with here.wrap_database_errors:
        answer = server.exec_prepared(PREPARED, sent)
        if answer.error_field(DiagnosticField.SQLSTATE) == UNKNOWN_STATEMENT:
            made = server.prepare(PREPARED, STATEMENT)
            if made.status != ExecStatus.COMMAND_OK:
                raise error_from_result(made)
            answer = server.exec_prepared(PREPARED, sent)
        if answer.status == ExecStatus.TUPLES_OK:
            found = answer.get_value(0, 0) if answer.ntuples else None
            return int(found) if found else None
        if server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(server.get_error_message())
        error = error_from_result(answer)
        if isinstance(error, psycopg.errors.IntegrityError):
            return None
        raise error
