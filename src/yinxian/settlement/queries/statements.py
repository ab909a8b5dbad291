"""Accounts and statements that a reader may see, with running balances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from yinxian.kernel.clock import SHANGHAI
from yinxian.network.members import memberships_of

from ..models import Account, Entry
from ..permissions import READERS

NO_EARLIER, NO_LATER = dt.date(1900, 1, 1), dt.date(9000, 1, 1)  # beyond these a zone's offset leaves the calendar


@dataclass(frozen=True)
class Row:
    """An entry and the balance after it."""

    entry: Entry
    balance_fen: int


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
    entries: QuerySet[Entry]


def visible_to(user: Any) -> QuerySet[Account]:
    """The person's own accounts and those of organisations they act for as admin, finance or member."""
    if not getattr(user, "is_authenticated", False):
        return Account.objects.none()
    theirs = memberships_of(user).filter(role__in=READERS).values("organisation_id")
    return (
        Account.objects.filter(Q(owner_user_id=user.pk) | Q(owner_organisation_id__in=theirs))
        .select_related("owner_organisation", "owner_user")
        .annotate(moved_at=Max("entries__transaction__at"))
        .order_by("owner_organisation__name", "code")
    )


def account_for(user: Any, slug: str) -> Account | None:
    return visible_to(user).filter(slug=slug).first()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)


def _sum(entries: QuerySet[Entry]) -> int:
    return int(entries.order_by().aggregate(total=Sum("amount"))["total"] or 0)


def statement(account: Account, since: dt.date | None = None, until: dt.date | None = None) -> Statement:
    """What moved on an account between two days (Shanghai), in the order in which it happened."""
    every = Entry.objects.filter(account=account)
    chosen = every
    opening = 0
    if since and since > NO_EARLIER:
        opening = _sum(every.filter(transaction__at__lt=_midnight(since)))
        chosen = chosen.filter(transaction__at__gte=_midnight(since))
    if until and until < NO_LATER:
        chosen = chosen.filter(transaction__at__lt=_midnight(until + dt.timedelta(days=1)))
    sums = chosen.order_by().aggregate(
        came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0))
    )
    came, went = int(sums["came"] or 0), int(sums["went"] or 0)
    return Statement(
        account=account,
        since=since,
        until=until,
        opening_fen=opening,
        closing_fen=opening + came + went,
        in_fen=came,
        out_fen=-went,
        entries=chosen.select_related("transaction").order_by("transaction__at", "pk"),
    )


def with_balances(found: Statement, entries: Iterable[Entry], *, skipped: int = 0) -> Iterator[Row]:
    """The entries, which are those after the first ``skipped`` of the statement, with the balance after each."""
    balance = found.opening_fen
    if skipped:
        balance += int(found.entries.all()[:skipped].aggregate(total=Sum("amount"))["total"] or 0)
    for entry in entries:
        balance += entry.amount
        yield Row(entry, balance)
