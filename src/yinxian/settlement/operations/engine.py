"""Post many transactions at once: one lock, one statement a table, each with its own entry in the journal.

Every write of the books comes through here, one transaction or a thousand. What is computed here (numbers, balances,
sums) the database computes again and refuses where it differs: see settlement.guards.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, connection

from yinxian.journal.operations.entries import Said, record_many
from yinxian.kernel import clock, crypto, rows
from yinxian.kernel.errors import Conflict, Invalid, Refusal
from yinxian.kernel.ids import LONG, new_slug
from yinxian.kernel.money import MAX_FEN, show_yuan
from yinxian.network.models import User

from .. import labels
from ..models import Closing, Entry, Transaction

MAX_LEGS = 500
SEARCH: dict[str, tuple[str, Callable[[Sequence[str]], Any], str]] = {
    "sqlite": ("{} IN (SELECT value FROM json_each(%s))", json.dumps, ""),
    "postgresql": ("{} = ANY(%s)", list, " FOR NO KEY UPDATE"),
}


class Leg(NamedTuple):
    """Fen that an account gets (positive) or gives (negative), and as what."""

    account_code: str
    amount_fen: int
    role: str = ""
    share_bp: int | None = None


class Posting(NamedTuple):
    """A transaction as it is asked for. ``booked_on`` None: the day on which it is recorded."""

    key: str
    kind: str
    legs: Sequence[Leg]
    currency: str = "CNY"
    memo: str = ""
    booked_on: dt.date | None = None
    reverses_id: int | None = None
    rule_id: int | None = None
    due_fen: int = 0
    costs_fen: int = 0

    def check(self) -> None:
        """Invalid when it can never be right, whatever the accounts hold."""
        if not self.key or len(self.key) > 120 or "\x00" in self.key:
            raise Invalid("settlement.key")
        total = 0
        for leg in self.legs:
            if type(leg.amount_fen) is not int or leg.amount_fen == 0 or abs(leg.amount_fen) > MAX_FEN:
                raise Invalid("settlement.amount", field="amount")
            total += leg.amount_fen
        if not 2 <= len(self.legs) <= MAX_LEGS:
            raise Invalid("settlement.amount", field="amount")
        if total:
            raise Invalid("settlement.unbalanced")

    def request_hash(self) -> str:
        """Of everything that makes it this request and no other; the canonical JSON of plain words and integers."""
        request: dict[str, Any] = {
            "kind": str(self.kind),
            "currency": self.currency,
            "reverses": self.reverses_id,
            "legs": sorted([leg[:3] for leg in self.legs]),  # account, fen, role
        }
        if self.booked_on is not None:
            request["booked_on"] = self.booked_on.isoformat()
        return crypto.sha256_hex(crypto.canonical_plain(request))


class Standing:
    """An account under lock, carried forward posting by posting."""

    __slots__ = ("came", "code", "currency", "floor", "last_at", "name", "number", "owner_id", "pk", "posted")

    def __init__(self, row: Sequence[Any]) -> None:
        (self.pk, self.code, self.name, self.currency, self.floor, self.posted, self.came, self.number) = row[:8]
        self.owner_id, self.last_at = row[8:]


class Posted(NamedTuple):
    """What came of one posting: its transaction's id and slug, and whether it was there already."""

    pk: int
    slug: str
    known: bool
    at: dt.datetime | None = None


Outcome = Posted | Refusal


def post_many(postings: Sequence[Posting], *, actor: User | None) -> list[Outcome]:
    """Post each or refuse it; one that is refused moves nothing and holds no other up. Inside a transaction.

    The same key with the same request is the same transaction; with another it is refused (409). Accounts are locked
    in order of id. Conflict for all of them when another process posted one of the keys in this very moment.
    """
    outcomes: list[Outcome | None] = [None] * len(postings)
    hashes = [""] * len(postings)
    for place, one in enumerate(postings):
        try:
            one.check()
            hashes[place] = one.request_hash()
        except Refusal as refusal:
            outcomes[place] = refusal
    codes = {leg.account_code for place, one in enumerate(postings) if not outcomes[place] for leg in one.legs}
    standing = lock(sorted(codes))
    known = _known([one.key for one in postings])
    batch = _Batch(standing, actor)
    taken: dict[str, int] = {}
    for place, one in enumerate(postings):
        if outcomes[place]:
            continue
        if one.key in known:
            pk, slug, request_hash = known[one.key]
            same = request_hash == hashes[place]
            outcomes[place] = Posted(pk, slug, True) if same else Conflict("settlement.key_used")
        elif one.key in taken:
            first = outcomes[taken[one.key]]
            same = hashes[taken[one.key]] == hashes[place] and first is None
            outcomes[place] = None if same else Conflict("settlement.key_used")
        else:
            try:
                batch.add(place, one, hashes[place])
                taken[one.key] = place
            except Refusal as refusal:
                outcomes[place] = refusal
    for place, posted in batch.write().items():
        outcomes[place] = posted
    return [outcome or _again(outcomes[taken[one.key]]) for outcome, one in zip(outcomes, postings, strict=True)]


def _again(first: Outcome | None) -> Outcome:
    """The answer to a key that came twice in one batch."""
    if not isinstance(first, Posted):
        raise AssertionError("a key that was taken has been posted")
    return Posted(first.pk, first.slug, True)


def lock(codes: Sequence[str]) -> dict[str, Standing]:
    """The accounts by code, locked in id order so that two transactions never wait for each other."""
    condition, given, tail = SEARCH[connection.vendor]
    now = clock.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, code, name, currency, min_balance, posted, came, entries_count, owner_organisation_id, "
            "CASE WHEN last_at > %s THEN last_at END "
            f"FROM settlement_account WHERE {condition.format('code')} ORDER BY id{tail}",
            [moment, given(codes)],
        )
        found = [Standing(row) for row in cursor.fetchall()]
    for one in found:
        if one.last_at is not None:  # ahead of our clock: the ledger's own time stands still until we are there
            one.last_at = _aware(one.last_at)
    return {one.code: one for one in found}


def _aware(found: Any) -> dt.datetime:
    """A moment as the database gave it; SQLite keeps them in UTC and does not say so."""
    read = dt.datetime.fromisoformat(found) if isinstance(found, str) else found
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


def _known(keys: Sequence[str]) -> dict[str, tuple[int, str, str]]:
    condition, given, _ = SEARCH[connection.vendor]
    sound = [key for key in keys if "\x00" not in key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, id, slug, request_hash FROM settlement_transaction WHERE {condition.format('key')}",
            [given(sound)],
        )
        return {key: (pk, slug, request_hash) for key, pk, slug, request_hash in cursor.fetchall()}


def check_balances(standing: Mapping[str, Standing], legs: Sequence[Leg]) -> None:
    """Conflict when an account would fall below what it must keep."""
    changes: dict[str, int] = {}
    for leg in legs:
        changes[leg.account_code] = changes.get(leg.account_code, 0) + leg.amount_fen
    for code, change in changes.items():
        one = standing[code]
        if change < 0 and one.floor is not None and one.posted + change < one.floor:
            raise Conflict(
                "settlement.frozen" if one.floor > 0 and one.posted + change >= 0 else "settlement.insufficient",
                account=labels.shown_name(one.name),
                has=show_yuan(one.posted - one.floor),
                wanted=show_yuan(-change),
            )


class _Batch:
    """Rows to be written, and the accounts as they will stand."""

    def __init__(self, standing: dict[str, Standing], actor: User | None) -> None:
        self.standing, self.actor, self.now = standing, actor, clock.now()
        self.today = self.now.astimezone(clock.SHANGHAI).date()
        self.placed: list[tuple[int, Posting, str, str, dt.datetime]] = []
        self.entries: list[tuple[Any, ...]] = []

    def add(self, place: int, one: Posting, request_hash: str) -> None:
        """Put a posting into the batch; Refusal when its accounts do not allow it."""
        for leg in one.legs:
            account = self.standing.get(leg.account_code)
            if account is None:
                raise Invalid("settlement.account_unknown", account=leg.account_code[:80])
            if account.currency != one.currency:
                raise Invalid("settlement.currency")
        if one.booked_on is not None and one.booked_on > self.today:
            raise Invalid("settlement.booked_ahead", field="booked_on")
        if one.booked_on is not None and one.booked_on < self.today:
            closed_to = Closing.objects.order_by("-closed_to").values_list("closed_to", flat=True).first()
            if closed_to and one.booked_on <= closed_to:
                raise Conflict("settlement.period_closed", day=closed_to.isoformat())
        check_balances(self.standing, one.legs)
        ahead = [account.last_at for leg in one.legs if (account := self.standing[leg.account_code]).last_at]
        at = max([self.now, *ahead]) if ahead else self.now
        legs = sorted(one.legs, key=lambda leg: leg.amount_fen < 0)  # what arrives first, so that none dips below
        for line, leg in enumerate(legs, 1):
            account = self.standing[leg.account_code]
            account.number += 1
            account.posted += leg.amount_fen
            account.came += max(leg.amount_fen, 0)
            if ahead:
                account.last_at = at
            self.entries.append(
                (
                    len(self.placed),
                    account.pk,
                    line,
                    account.number,
                    leg.amount_fen,
                    account.posted,
                    account.came,
                    at,
                    one.currency,
                    leg.role,
                    leg.share_bp,
                )
            )
        self.placed.append((place, one, request_hash, new_slug(Transaction.PREFIX, LONG), at))

    def write(self) -> dict[int, Posted]:
        """Three statements for all of them; what was posted, by its place in the batch."""
        if not self.placed:
            return {}
        ids = self._transactions()
        columns = list(zip(*self.entries, strict=True))
        names = ("transaction_id", "account_id", "line", "number", "amount", "balance", "came")
        rows.insert(
            Entry._meta.db_table,
            [
                (names[0], "big", [ids[place] for place in columns[0]]),
                *((name, "big", columns[number]) for number, name in enumerate(names) if number),
                ("at", "time", columns[7]),
                ("currency", "text", columns[8]),
                ("role", "text", columns[9]),
                ("share_bp", "big", columns[10]),
            ],
        )
        said = [
            Said(pk, slug, {"kind": str(one.kind), "legs": len(one.legs)}, self._owners(one))
            for pk, (_, one, _, slug, _) in zip(ids, self.placed, strict=True)
        ]
        record_many("settlement.transaction.posted", actor=self.actor, kind=Transaction, said=said, plain=True)
        return {
            place: Posted(pk, slug, False, at) for pk, (place, _, _, slug, at) in zip(ids, self.placed, strict=True)
        }

    def _owners(self, one: Posting) -> list[int]:
        owners = (self.standing[leg.account_code].owner_id for leg in one.legs)
        return sorted({owner for owner in owners if owner})

    def _transactions(self) -> list[int]:
        postings = [one for _, one, _, _, _ in self.placed]
        columns: list[rows.Column] = [
            ("slug", "text", [slug for *_, slug, _ in self.placed]),
            ("key", "text", [one.key for one in postings]),
            ("request_hash", "text", [digest for _, _, digest, _, _ in self.placed]),
            ("kind", "text", [str(one.kind) for one in postings]),
            ("currency", "text", [one.currency for one in postings]),
            ("memo", "text", [one.memo[:400] for one in postings]),
            ("at", "time", [at for *_, at in self.placed]),
            ("booked_on", "day", [one.booked_on or self.today for one in postings]),
            ("legs", "big", [len(one.legs) for one in postings]),
            ("reverses_id", "big", [one.reverses_id for one in postings]),
            ("rule_id", "big", [one.rule_id for one in postings]),
            ("due_fen", "big", [one.due_fen for one in postings]),
            ("costs_fen", "big", [one.costs_fen for one in postings]),
            ("actor_id", "big", [self.actor.pk if self.actor else None] * len(postings)),
            ("total", "big", [0] * len(postings)),
        ]
        try:
            return rows.insert(Transaction._meta.db_table, columns, ids=True)
        except IntegrityError as error:  # another process was quicker with one of the keys
            if "settlement_key_once" in str(error) or "settlement_transaction.key" in str(error):
                raise Conflict("settlement.key_used") from error
            raise
