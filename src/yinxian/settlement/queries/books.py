"""Do the books balance? Asked by `yinxian check` and by the tests."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from yinxian.kernel.guards import missing

from ..models import Account, Entry, Transaction


def books_balance() -> list[str]:
    """What is wrong with the books; an empty list when everything holds.

    Every transaction's entries add up to zero, every account's posted sum is that of its entries and not
    below its minimum, and the guards of the database are in place.
    """
    wrong = [f"guard missing: {name}" for name in missing()]
    total = Entry.objects.filter(transaction=OuterRef("pk")).order_by().values("transaction").annotate(s=Sum("amount"))
    uneven = Transaction.objects.annotate(
        entries_sum=Coalesce(Subquery(total.values("s")), Value(0), output_field=BigIntegerField())
    ).exclude(entries_sum=0)
    wrong += [f"transaction {slug} does not balance" for slug in uneven.values_list("slug", flat=True)]
    empty = Transaction.objects.filter(entries=None)
    wrong += [f"transaction {slug} has no entries" for slug in empty.values_list("slug", flat=True)]
    posted = Entry.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(s=Sum("amount"))
    accounts = Account.objects.annotate(
        entries_sum=Coalesce(Subquery(posted.values("s")), Value(0), output_field=BigIntegerField())
    )
    off = accounts.exclude(entries_sum=F("posted"))
    wrong += [f"account {code}: posted is not the sum of its entries" for code in off.values_list("code", flat=True)]
    low = Account.objects.filter(min_balance__isnull=False, posted__lt=F("min_balance"))
    wrong += [f"account {code} is below its minimum" for code in low.values_list("code", flat=True)]
    return wrong
