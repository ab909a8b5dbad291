"""Do the books balance? Asked by `yinxian check` and by the tests. And what stood in them on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from yinxian.kernel import crypto
from yinxian.kernel.guards import missing
from yinxian.network.models import User

from ..models import Account, Closing, Entry, SplitRule, Transaction


def books_balance() -> list[str]:
    """What is wrong with the books; an empty list when everything holds.

    Every transaction has all its entries and they add up to zero, every account's figures are those of its entries and
    not below its minimum, what is frozen is what it must keep, closed periods are as they were when they were closed,
    rules and people that transactions name are there, and the guards of the database are in place.
    """
    wrong = [f"guard missing: {name}" for name in missing()]
    total = Entry.objects.filter(transaction=OuterRef("pk")).order_by().values("transaction").annotate(s=Sum("amount"))
    uneven = Transaction.objects.annotate(
        entries_sum=Coalesce(Subquery(total.values("s")), Value(0), output_field=BigIntegerField())
    ).exclude(entries_sum=0)
    wrong += [f"transaction {slug} does not balance" for slug in uneven.values_list("slug", flat=True)]
    partial = Transaction.objects.annotate(found=Count("entries")).exclude(found=F("legs"))
    wrong += [f"transaction {slug} has not all its entries" for slug in partial.values_list("slug", flat=True)]
    posted = Entry.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(s=Sum("amount"))
    accounts = Account.objects.annotate(
        entries_sum=Coalesce(Subquery(posted.values("s")), Value(0), output_field=BigIntegerField())
    )
    off = accounts.exclude(entries_sum=F("posted"))
    counted = Account.objects.annotate(found=Count("entries")).exclude(found=F("entries_count"))
    wrong += [f"account {code}: entries were not counted" for code in counted.values_list("code", flat=True)]
    wrong += [f"account {code}: posted is not the sum of its entries" for code in off.values_list("code", flat=True)]
    low = Account.objects.filter(min_balance__isnull=False, posted__lt=F("min_balance"))
    wrong += [f"account {code} is below its minimum" for code in low.values_list("code", flat=True)]
    held = Account.objects.filter(code__startswith="escrow:").annotate(
        frozen=Coalesce(Sum("freezes__amount_fen", filter=Q(freezes__lifted_at=None)), Value(0))
    )
    thawed = held.exclude(frozen=F("min_balance"))
    wrong += [f"account {code}: keeps another sum than is frozen" for code in thawed.values_list("code", flat=True)]
    named = {"rule": SplitRule.objects.all(), "actor": User.objects.all()}
    for name, there in named.items():
        found = Exists(there.filter(pk=OuterRef(f"{name}_id")))
        lost = Transaction.objects.exclude(**{f"{name}_id": None}).exclude(found)
        wrong += [f"transaction {slug} names no {name} that is there" for slug in lost.values_list("slug", flat=True)]
    for closing in Closing.objects.all():
        if digest_of_balances(balances_on(closing.closed_to)) != closing.digest:
            wrong.append(f"the period closed to {closing.closed_to} is not as it was")
    return wrong


def balances_on(day: dt.date) -> dict[str, int]:
    """What each account had at the end of a day by the days on which things were booked; accounts with nothing left
    out. Fen, by the account's code."""
    sums = Entry.objects.filter(transaction__booked_on__lte=day).order_by().values_list("account__code")
    return {code: int(total) for code, total in sums.annotate(total=Sum("amount")).order_by("account__code") if total}


def digest_of_balances(balances: dict[str, int]) -> str:
    """What a closing keeps of the balances: SHA-256 over their canonical JSON (figures as text)."""
    return crypto.sha256_hex(crypto.canonical({code: str(fen) for code, fen in balances.items()}))
