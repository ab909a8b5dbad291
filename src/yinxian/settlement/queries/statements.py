"""Accounts and statements that a reader may see, with running balances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yinxian.kernel.clock import SHANGHAI
from yinxian.network.members import memberships_of

from ..models import Account, Entry, Exchange, Transaction
from ..permissions import READERS

NO_EARLIER, NO_LATER = dt.date(1900, 1, 1), dt.date(9000, 1, 1)  # beyond these a zone's offset leaves the calendar


@dataclass(frozen=True)
class Row:
    """An entry and the balance after it."""

    entry: Entry
    balance_fen: int


class Lines:
    """The entries of a statement in their order. Their number and any part of them cost the same however many there
    are: they are counted within the account."""

    ordered = True

    def __init__(self, account: Account, after: int, last: int) -> None:
        self.account, self.after, self.last = account, after, last

    def count(self) -> int:
        return self.last - self.after

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Entry]:
        start, stop, _ = part.indices(self.count())
        found = Entry.objects.filter(account=self.account, number__gt=self.after + start, number__lte=self.after + stop)
        return list(found.select_related("transaction__reversed_by").order_by("number"))


@dataclass(frozen=True)
class Statement:
    """An account from ``since`` to ``until``, both days included; None: from its opening, to now."""

    account: Account
    since: dt.date | None
    until: dt.date | None
    opening_fen: int
    closing_fen: int
    in_fen: int
    out_fen: int
    entries: Lines


def visible_to(user: Any) -> QuerySet[Account]:
    """The person's own accounts and those of organisations they act for as admin, finance or member."""
    if not getattr(user, "is_authenticated", False):
        return Account.objects.none()
    theirs = memberships_of(user).filter(role__in=READERS).values("organisation_id")
    return (
        Account.objects.filter(Q(owner_user_id=user.pk) | Q(owner_organisation_id__in=theirs))
        .select_related("owner_organisation", "owner_user")
        .order_by("owner_organisation__name", "code")
    )


def account_for(user: Any, slug: str) -> Account | None:
    return visible_to(user).filter(slug=slug).first()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)


NOTHING = (0, 0, 0)


def standing_before(account: Account, moment: dt.datetime | None) -> tuple[int, int, int]:
    """Entries so far, balance, and all that had come, just before a moment (None: now); one look at one row.

    An entry is never earlier than the one before it, and none can be put in later: the same moment asked again gives
    the same answer for ever.
    """
    earlier = Entry.objects.filter(account=account)
    if moment is not None:
        earlier = earlier.filter(at__lt=moment)
    return earlier.order_by("-at", "-number").values_list("number", "balance", "came").first() or NOTHING


def statement(account: Account, since: dt.date | None = None, until: dt.date | None = None) -> Statement:
    """What was recorded on an account between two days (Shanghai), in the order in which it was."""
    before = standing_before(account, _midnight(since)) if since and since > NO_EARLIER else NOTHING
    end = _midnight(until + dt.timedelta(days=1)) if until and until < NO_LATER else None
    after = max(before, standing_before(account, end), key=lambda one: one[0])
    came = after[2] - before[2]
    return Statement(
        account=account,
        since=since,
        until=until,
        opening_fen=before[1],
        closing_fen=after[1],
        in_fen=came,
        out_fen=before[1] + came - after[1],
        entries=Lines(account, before[0], after[0]),
    )


def with_balances(entries: Iterable[Entry]) -> Iterator[Row]:
    """The entries, each with the balance after it, which the ledger keeps with the entry."""
    return (Row(entry, entry.balance) for entry in entries)


def transaction_for(account: Account, slug: str) -> Transaction | None:
    """A transaction in which the account takes part."""
    return Transaction.objects.filter(slug=slug, entries__account=account).first()


def exchange_of(posted: Transaction) -> Exchange | None:
    """The exchange of which a transaction is one half."""
    return Exchange.objects.filter(Q(sold=posted) | Q(bought=posted)).first()
