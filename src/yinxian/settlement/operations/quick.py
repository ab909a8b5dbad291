"""One release in one statement, where PostgreSQL keeps the books: one way to the server and back instead of eight.

The statement locks the accounts in order of id, numbers and sums the entries as the engine does, and writes the
transaction, its entries and its entry in the journal. The database's own guards check all of it. Whenever anything is
not as it should be for an ordinary release (a key that was used, too little money, a newer rule, a closed period), it
leaves nothing behind, and the engine says what is wrong.
"""

from __future__ import annotations

import uuid

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from yinxian.journal.models.entries import leaf_of
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Forbidden, Refusal
from yinxian.kernel.ids import LONG, new_slug
from yinxian.kernel.prepared import Prepared, integers, texts
from yinxian.network.models import User

from ..models import Transaction
from ..permissions import can_close_period
from ..rules import split
from .engine import Outcome, Posted, Posting
from .escrow import release_legs
from .releases import NEWEST, Release, release_many, reserved

NAME = "settlement.transaction.posted"
STATEMENT = Prepared("""
WITH a AS MATERIALIZED (
  SELECT id, code, posted, came, entries_count, owner_organisation_id AS owner FROM settlement_account
  WHERE code = ANY({codes}::text[]) AND currency = 'CNY' AND (last_at IS NULL OR last_at <= {at}::timestamptz)
  ORDER BY id FOR NO KEY UPDATE
), whole AS MATERIALIZED (
  SELECT COUNT(*) AS accounts, COALESCE(JSONB_AGG(DISTINCT owner) FILTER (WHERE owner IS NOT NULL), '[]') AS owners
  FROM a
), t AS (
  INSERT INTO settlement_transaction (slug, key, request_hash, kind, currency, memo, at, booked_on, legs, rule_id,
    due_fen, costs_fen, actor_id, total)
  SELECT {slug}, {key}, {hash}, 'escrow.release', 'CNY', {memo}, {at}, {day}::date, CARDINALITY({codes}),
    {rule}::bigint, {due}::bigint, 0, {actor}::bigint, 0
  WHERE (SELECT accounts FROM whole) = CARDINALITY({codes})
    AND (SELECT (id, created_at) = ({rule}, {fixed}::timestamptz) FROM settlement_splitrule
      WHERE reference = {reference} ORDER BY version DESC LIMIT 1)
  RETURNING id
), e AS (
  INSERT INTO settlement_entry (transaction_id, account_id, line, number, amount, balance, came, at, currency, role,
    share_bp)
  SELECT t.id, leg.id, line, entries_count + 1, amount, posted + amount, came + GREATEST(amount, 0), {at}, 'CNY',
    ({roles}::text[])[line], ({shares}::int[])[line]
  FROM t, (SELECT a.*, ({amounts}::bigint[])[line] AS amount FROM (
    SELECT a.*, ARRAY_POSITION({codes}, code::text) AS line FROM a
  ) a) leg
)
INSERT INTO journal_entry (uid, name, at, actor_id, actor_slug, subject_type, subject_id, subject_slug, organisations,
  data, leaf)
SELECT {uid}::uuid, 'settlement.transaction.posted', {at}, {actor}, {who}, 'settlement.transaction', t.id, {slug},
  (SELECT owners FROM whole), JSONB_BUILD_OBJECT('kind', 'escrow.release', 'legs', CARDINALITY({codes})), {leaf}
FROM t RETURNING subject_id
""")


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
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql" and not database.in_atomic_block:
        try:
            posted = _in_one_statement(asked, actor, database)
        except Refusal as refusal:
            return refusal
        if posted is not None:
            return posted
    return release_many([asked], actor=actor)[0]


def _in_one_statement(asked: Release, actor: User, database: BaseDatabaseWrapper) -> Posted | None:
    """What was posted, or None when the engine has to look into it. Refusal for what can never be right."""
    known = NEWEST.get(asked.reference)
    if known is None or known.rule.remembers:
        return None
    parts = split(known.rule, asked.amount_fen)
    legs = sorted(release_legs(asked.reference, parts.lines), key=lambda leg: leg.amount_fen < 0)
    posting = Posting(asked.key, Transaction.Kind.RELEASE, legs)
    posting.check()
    codes, amounts, roles, shares = zip(*legs, strict=True)
    if len(set(codes)) < len(codes):  # somebody is paid twice
        return None
    slug, at, uid = new_slug(Transaction.PREFIX, LONG), clock.now(), str(uuid.uuid4())
    moment, data = at.isoformat(), {"kind": "escrow.release", "legs": len(legs)}
    subject = f"settlement.transaction:{slug}"
    body = {"uid": uid, "name": NAME, "at": moment, "actor": actor.slug, "subject": subject, "data": data}
    given = {
        "codes": texts(codes),
        "amounts": integers(amounts),
        "roles": texts(roles),
        "shares": integers(shares),
        "slug": slug,
        "key": asked.key,
        "hash": posting.request_hash(),
        "memo": asked.memo[:400],
        "at": moment,
        "day": at.astimezone(clock.SHANGHAI).date().isoformat(),
        "due": str(parts.due_fen),
        "reference": asked.reference,
        "rule": str(known.pk),
        "fixed": known.fixed_at.isoformat(),
        "actor": str(actor.pk),
        "who": actor.slug,
        "uid": uid,
        "leaf": leaf_of(body, crypto.canonical_plain),
    }
    try:
        found = STATEMENT.value(database, given)
    except IntegrityError:  # what a guard refuses is looked into by the engine
        return None
    return Posted(int(found), slug, False, at) if found else None
