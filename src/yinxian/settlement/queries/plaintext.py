"""The books as plain text for beancount and hledger; the balances that must come out are asserted in the file."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, QuerySet

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import show_yuan

from ..models import Account, Entry
from ..permissions import can_read_all_books
from .statements import visible_to

FORMATS = {"beancount": "beancount", "hledger": "journal"}
"""The formats, and how a file of each ends."""
PLACES = {
    "escrow": "Assets:Escrow",
    "party": "Assets:Party",
    "claim": "Assets:Claim",
    "owed": "Equity:Owed",
    "trading": "Equity:Trading",
    "bank": "Equity:World",
}
OTHERS = "Equity:Others"
EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Booked:
    """A transaction as far as the reader may know it; the parts of others are one sum."""

    day: dt.date
    slug: str
    kind: str
    memo: str
    currency: str
    legs: tuple[tuple[str, int], ...]


def accounts_for(user: Any, *, whole: bool = False) -> QuerySet[Account]:
    """The accounts whose books a reader may have: their own; with ``whole`` all of them, for the operator."""
    if whole and can_read_all_books(user):
        return Account.objects.all()
    return visible_to(user)


def write(accounts: QuerySet[Account], fmt: str, *, until: dt.date | None = None) -> Iterator[str]:
    """The lines of the file: accounts, transactions in order of their days, and the balances that must come out.

    ``until``: only what is booked up to and including that day. Invalid for another format.
    """
    if fmt not in FORMATS:
        raise Invalid("settlement.books_format", field="format")
    names = {account.pk: account for account in accounts.order_by("pk")}
    entries = Entry.objects.all()
    if until is not None:
        entries = entries.filter(transaction__booked_on__lte=until)
    return (_beancount if fmt == "beancount" else _hledger)(names, entries)


def place_of(account: Account) -> str:
    """Where an account stands in the tree; its public identifier makes the name safe and its own."""
    return f"{PLACES.get(account.code.partition(':')[0], 'Assets:Other')}:{account.slug}"


def _booked(names: dict[int, Account], entries: QuerySet[Entry]) -> Iterator[Booked]:
    """Transactions in which one of the accounts takes part, day by day."""
    mine = entries.filter(account__in=names.keys()) if len(names) < 900 else entries
    wanted = mine.order_by("transaction__booked_on", "transaction_id", "line").values_list(
        "transaction_id",
        "transaction__booked_on",
        "transaction__slug",
        "transaction__kind",
        "transaction__memo",
        "currency",
        "account_id",
        "amount",
    )
    present: tuple[Any, ...] | None = None
    legs: list[tuple[str, int]] = []
    for pk, day, slug, kind, memo, currency, account_id, amount in wanted.iterator(chunk_size=5000):
        if present is not None and present[0] != pk:
            yield _whole(present, legs)
            legs = []
        present = (pk, day, slug, kind, memo, currency)
        if account_id in names:
            legs.append((place_of(names[account_id]), amount))
    if present is not None:
        yield _whole(present, legs)


def _whole(head: tuple[Any, ...], legs: list[tuple[str, int]]) -> Booked:
    rest = sum(amount for _, amount in legs)
    _, day, slug, kind, memo, currency = head
    return Booked(day, slug, kind, memo, currency, tuple([*legs, (OTHERS, -rest)] if rest else legs))


def _sums(booked: Iterable[Booked], sums: dict[tuple[str, str], int]) -> Iterator[Booked]:
    """Pass the transactions on and add their legs up by account and currency."""
    for one in booked:
        if one.legs:
            for place, amount in one.legs:
                sums[place, one.currency] += amount
            yield one


def _figure(fen: int) -> str:
    return show_yuan(fen).replace(",", "")


def _quoted(text: str) -> str:
    plain = "".join(char for char in text if char.isprintable())
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def _last_day(entries: QuerySet[Entry]) -> dt.date:
    last = entries.order_by("-transaction__booked_on").values_list("transaction__booked_on", flat=True).first()
    return (last or EARLIEST) + dt.timedelta(days=1)


def _beancount(names: dict[int, Account], entries: QuerySet[Entry]) -> Iterator[str]:
    first = entries.aggregate(day=Min("transaction__booked_on"))["day"] or EARLIEST
    yield 'option "title" "Yinxian"'
    yield 'option "operating_currency" "CNY"'
    yield f"{first} open {OTHERS}"
    for account in names.values():
        yield f"{first} open {place_of(account)} {account.currency}"
        yield f'  name: "{_quoted(account.name)}"'
        yield f'  code: "{_quoted(account.code)}"'
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for one in _sums(_booked(names, entries), sums):
        yield f'{one.day} * "{one.kind}" "{_quoted(one.memo)}"'
        yield f'  id: "{one.slug}"'
        yield from (f"  {place}  {_figure(amount)} {one.currency}" for place, amount in one.legs)
    day = _last_day(entries)
    yield from (f"{day} balance {place}  {_figure(fen)} {currency}" for (place, currency), fen in sums.items())


def _hledger(names: dict[int, Account], entries: QuerySet[Entry]) -> Iterator[str]:
    for account in names.values():
        yield f"account {place_of(account).lower()}  ; {_comment(account.name)}"
    yield f"account {OTHERS.lower()}"
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for one in _sums(_booked(names, entries), sums):
        yield ""
        yield f"{one.day} * ({one.slug}) {one.kind} | {_comment(one.memo)}"
        yield from (f"    {place.lower()}  {_figure(amount)} {one.currency}" for place, amount in one.legs)
    yield ""
    yield f"{_last_day(entries)} * balances"
    for (place, currency), fen in sums.items():
        yield f"    {place.lower()}  0.00 {currency} = {_figure(fen)} {currency}"


def _comment(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).replace(";", ",").replace("|", "/")
