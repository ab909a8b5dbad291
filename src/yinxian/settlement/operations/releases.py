"""Release by the rule that was fixed for a reference: one, or a thousand together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum, TextField
from django.db.models.functions import Cast

from yinxian.kernel.errors import Conflict, Refusal
from yinxian.network.models import User

from .. import rules
from ..models import Entry, SplitRule, Transaction
from ..rules import Before, Split, split
from .engine import Outcome, Posting, post_many
from .escrow import release_legs


@dataclass(frozen=True)
class Release:
    """What is asked for: so many fen out of the escrow of ``reference``, once under ``key``."""

    reference: str
    amount_fen: int
    key: str
    memo: str = ""


class Fixed(NamedTuple):
    """The newest rule of a reference as it was read: its row, since when, and what it says."""

    pk: int
    fixed_at: dt.datetime
    rule: rules.SplitRule


@lru_cache(maxsize=50_000)
def _read(text: str) -> rules.SplitRule:
    """Thousands of references share a few rules. By its text and not by its number: where a transaction is rolled
    back, SQLite gives the number again."""
    return rules.SplitRule.from_json(json.loads(text))


NEWEST: dict[str, Fixed] = {}
"""What was the newest of a reference when it was last read here; whoever relies on it asks whether it still is."""
MOST = 50_000


def newest_of(references: Sequence[str]) -> dict[str, Fixed]:
    """The newest rule of each reference that has one."""
    found = SplitRule.objects.filter(reference__in=references).order_by("pk")
    rows = found.values_list("reference", "pk", "created_at", Cast("content", TextField()))
    newest = {reference: Fixed(pk, fixed_at, _read(text)) for reference, pk, fixed_at, text in rows}
    if len(NEWEST) + len(newest) > MOST:
        NEWEST.clear()
    NEWEST.update(newest)
    return newest


RESERVED: list[Callable[[Sequence[str]], Iterable[str]]] = []
"""An app above names here which references are its own: their money moves by its verbs only."""


def reserved(references: Sequence[str]) -> dict[str, Refusal]:
    """Those of the references that an app above keeps for itself, each with its refusal."""
    found = {one for keeps in RESERVED for one in keeps(references)}
    return {one: Conflict("settlement.of_a_deal", reference=one) for one in found}


def progress(references: Sequence[str]) -> dict[str, Before]:
    """What the releases of each reference have used up of its rule; those that were reversed do not count."""
    done = Transaction.objects.filter(
        kind=Transaction.Kind.RELEASE, rule__reference__in=references, reversed_by=None
    ).order_by()
    used = {
        reference: (int(due or 0), int(costs or 0))
        for reference, due, costs in done.values_list("rule__reference").annotate(
            due=Sum("due_fen"), c=Sum("costs_fen")
        )
    }
    out = Entry.objects.filter(transaction__in=done, amount__lt=0).order_by()
    sums = out.values_list("transaction__rule__reference").annotate(out=Sum("amount"))
    return {reference: Before(-int(total), *used[reference]) for reference, total in sums}


@transaction.atomic
def release_many(asked: Sequence[Release], *, actor: User) -> list[Outcome]:
    """Split each by the newest rule of its reference and post it, or refuse it; none holds another up.

    A reference without a rule is refused (settlement.no_rule). Permission is the caller's.
    """
    references = sorted({one.reference for one in asked})
    newest = newest_of(references)
    remembering = {reference: fixed.pk for reference, fixed in newest.items() if fixed.rule.remembers}
    before: dict[str, Before] = {}
    if remembering:  # two batches at once take turns, before either locks an account
        list(SplitRule.objects.select_for_update(no_key=True).filter(pk__in=remembering.values()).order_by("pk"))
        before = progress(list(remembering))
    outcomes: dict[int, Outcome] = {}
    postings: list[Posting] = []
    places: list[int] = []
    keys = {one.key for one in asked}
    known = set(Transaction.objects.filter(key__in=keys).values_list("key", flat=True)) if remembering else set()
    for place, one in enumerate(asked):
        try:
            fixed = newest.get(one.reference)
            if fixed is None:
                raise Conflict("settlement.no_rule", reference=one.reference[:40])
            posting, parts = _split(one, fixed, before.get(one.reference))
        except Refusal as refusal:
            outcomes[place] = refusal
            continue
        postings.append(posting)
        places.append(place)
        if one.reference in remembering and one.key not in known:
            before[one.reference] = _after(before.get(one.reference) or Before(), parts)
    for place, outcome in zip(places, post_many(postings, actor=actor), strict=True):
        outcomes[place] = outcome
    return [outcomes[place] for place in range(len(asked))]


def _split(one: Release, fixed: Fixed, before: Before | None) -> tuple[Posting, Split]:
    parts = split(fixed.rule, one.amount_fen, before)
    posting = Posting(
        key=one.key,
        kind=Transaction.Kind.RELEASE,
        legs=release_legs(one.reference, parts.lines),
        memo=one.memo,
        rule_id=fixed.pk,
        due_fen=parts.due_fen,
        costs_fen=parts.costs_fen,
    )
    return posting, parts


def _after(before: Before, parts: Split) -> Before:
    return replace(
        before,
        released_fen=before.released_fen + parts.amount_fen,
        due_fen=before.due_fen + parts.due_fen,
        costs_fen=before.costs_fen + parts.costs_fen,
    )
