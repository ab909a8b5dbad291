"""One release in one statement, where PostgreSQL keeps the books: one way to the server and back instead of eight.

The statement locks the accounts in order of id, numbers and sums the entries as the engine does, and writes the
transaction, its entries and its entry in the journal. The database's own guards check all of it. Whenever anything is
not as it should be for an ordinary release (a key that was used, too little money, a newer rule, a closed period), it
leaves nothing behind, and the engine says what is wrong.
"""

from __future__ import annotations

import json
import uuid

import psycopg
from django.db import connection

from yinxian.journal.models.entries import leaf_of
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Forbidden, Refusal
from yinxian.kernel.ids import LONG, new_slug
from yinxian.network.models import User

from ..models import Transaction
from ..permissions import can_close_period
from ..rules import split
from .engine import Outcome, Posted, Posting
from .escrow import release_legs
from .releases import NEWEST, Release, release_many, reserved

NAME = "settlement.transaction.posted"
STATEMENT = """
WITH asked AS MATERIALIZED (
  SELECT * FROM JSON_TO_RECORD(%s::json) AS one(slug text, key text, hash text, memo text, at timestamptz, day date,
    due bigint, reference text, rule bigint, content text, actor bigint, who text, uid uuid, leaf text, legs json)
), leg AS MATERIALIZED (
  SELECT leg.* FROM asked, ROWS FROM (JSON_TO_RECORDSET(asked.legs) AS (code text, amount bigint, role text, bp int))
    WITH ORDINALITY AS leg(code, amount, role, bp, line)
), a AS MATERIALIZED (
  SELECT id, code, currency, posted, came, entries_count, last_at, owner_organisation_id AS owner
  FROM settlement_account WHERE code = ANY(ARRAY(SELECT code FROM leg)) ORDER BY id FOR NO KEY UPDATE
), t AS (
  INSERT INTO settlement_transaction (slug, key, request_hash, kind, currency, memo, at, booked_on, legs, rule_id,
    due_fen, costs_fen, actor_id, total)
  SELECT slug, key, hash, 'escrow.release', 'CNY', memo, at, day, (SELECT COUNT(*) FROM leg), rule, due, 0, actor, 0
  FROM asked
  WHERE (SELECT COUNT(*) FROM a WHERE currency = 'CNY' AND COALESCE(last_at, asked.at) <= asked.at)
      = (SELECT COUNT(DISTINCT code) FROM leg)
    AND (SELECT (id, content::text) = (asked.rule, asked.content) FROM settlement_splitrule
      WHERE reference = asked.reference ORDER BY version DESC LIMIT 1)
  ON CONFLICT (key) DO NOTHING RETURNING id, at
), e AS (
  INSERT INTO settlement_entry (transaction_id, account_id, line, number, amount, balance, came, at, currency, role,
    share_bp)
  SELECT t.id, a.id, leg.line, a.entries_count + ROW_NUMBER() OVER one, leg.amount, a.posted + SUM(leg.amount) OVER one,
    a.came + SUM(GREATEST(leg.amount, 0)) OVER one, t.at, 'CNY', leg.role, leg.bp
  FROM t, leg JOIN a USING (code)
  WINDOW one AS (PARTITION BY a.id ORDER BY leg.line)
)
INSERT INTO journal_entry (uid, name, at, actor_id, actor_slug, subject_type, subject_id, subject_slug, organisations,
  data, leaf)
SELECT uid, 'settlement.transaction.posted', t.at, actor, who, 'settlement.transaction', t.id, slug,
  (SELECT COALESCE(JSONB_AGG(DISTINCT owner), '[]') FROM a WHERE owner IS NOT NULL),
  JSONB_BUILD_OBJECT('kind', 'escrow.release', 'legs', (SELECT COUNT(*) FROM leg)), leaf
FROM t, asked RETURNING subject_id
"""
"""What is asked arrives as one JSON document: a plan made once serves every release, and nothing is adapted one by
one on the way."""
PREPARED = 10**9  # what asks for it is prepared, and nothing by itself


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
    if known is None or known.rule.remembers:
        return None
    parts = split(known.rule, asked.amount_fen)
    legs = sorted(release_legs(asked.reference, parts.lines), key=lambda leg: leg.amount_fen < 0)
    posting = Posting(asked.key, Transaction.Kind.RELEASE, legs)
    posting.check()
    slug, at, uid = new_slug(Transaction.PREFIX, LONG), clock.now(), str(uuid.uuid4())
    moment, data = at.isoformat(), {"kind": "escrow.release", "legs": len(legs)}
    subject = f"settlement.transaction:{slug}"
    body = {"uid": uid, "name": NAME, "at": moment, "actor": actor.slug, "subject": subject, "data": data}
    document = {
        "slug": slug,
        "key": asked.key,
        "hash": posting.request_hash(),
        "memo": asked.memo[:400],
        "at": moment,
        "day": at.astimezone(clock.SHANGHAI).date().isoformat(),
        "due": parts.due_fen,
        "reference": asked.reference,
        "rule": known.pk,
        "content": known.text,
        "actor": actor.pk,
        "who": actor.slug,
        "uid": uid,
        "leaf": leaf_of(body, crypto.canonical_plain),
        "legs": [
            {"code": leg.account_code, "amount": leg.amount_fen, "role": leg.role, "bp": leg.share_bp} for leg in legs
        ],
    }
    connection.ensure_connection()
    assert connection.connection is not None
    connection.connection.prepare_threshold = PREPARED
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        row = _run(cursor, json.dumps(document))
    return Posted(row[0], slug, False, at) if row else None


def _run(cursor: psycopg.Cursor[tuple[int]], document: str) -> tuple[int] | None:
    """Planned once a connection. What a guard refuses is looked into by the engine."""
    try:
        return cursor.execute(STATEMENT, [document], prepare=True).fetchone()
    except psycopg.errors.IntegrityError:
        return None
