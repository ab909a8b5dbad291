"""Close a period: what is booked in it stays as it is, for good."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from ..models import Closing, Transaction
from ..permissions import can_close_period
from ..queries.books import balances_on, digest_of_balances
from .requests import seen

EARLIEST = dt.date(2000, 1, 1)


@transaction.atomic
def close_period(*, closed_to: dt.date, actor: User, key: str, note: str = "") -> Closing:
    """Close everything booked up to and including a day before today.

    No posting may be dated there afterwards; what was wrong is reversed in the open period. There is no reopening.
    Invalid for today or later; Conflict when that day is closed already.
    """
    if not can_close_period(actor):
        raise Forbidden("settlement.may_not_close")
    if seen(actor=actor, key=key, asked=["close", closed_to]):
        return Closing.objects.get(closed_to=closed_to)
    if not EARLIEST <= closed_to < clock.today():
        raise Invalid("settlement.close_day", field="closed_to")
    if connection.vendor == "postgresql":  # waits for every posting under way and holds new ones until we are done
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE settlement_transaction IN SHARE ROW EXCLUSIVE MODE")
    last = Closing.objects.order_by("-closed_to").first()
    if last is not None and closed_to <= last.closed_to:
        raise Conflict("settlement.period_closed", day=last.closed_to.isoformat())
    since = {"booked_on__gt": last.closed_to} if last else {}
    balances = balances_on(closed_to)
    made = Closing.objects.create(
        closed_to=closed_to,
        key=key or f"close:{closed_to.isoformat()}",
        transactions=Transaction.objects.filter(booked_on__lte=closed_to, **since).count(),
        digest=digest_of_balances(balances),
        note=note.replace("\x00", "")[:400],
        closed_by=actor,
        closed_at=clock.now(),
    )
    journal.record(
        "settlement.period.closed",
        actor=actor,
        subject=made,
        data={"closed_to": closed_to.isoformat(), "transactions": made.transactions, "digest": made.digest},
    )
    return made
