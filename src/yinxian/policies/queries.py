"""Which policies a reader sees, and which hold for a person, at a place, on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from yinxian.kernel import text
from yinxian.network.members import association_for, organisations_of
from yinxian.network.models import Organisation

from .book import Policy, shipped
from .calc import Outcome, compute
from .models import Edition


def association_of(user: Any) -> int | None:
    """The association whose edition a person reads: that of the first organisation they act for."""
    found = (association_for(organisation) for organisation in organisations_of(user))
    return next((association.pk for association in found if association), None)


def book_of(association_id: int | None, day: dt.date | None = None) -> dict[str, Policy]:
    """Every policy by its key: as shipped, as the association has edited it, and what it has added of its own.

    Without a day each is as it was written last; with one, as it stood in the rule book on that day: of the versions
    that had begun by then the newest. A version that corrects the earlier ones stands in their place from the first.
    """
    book = dict(shipped())
    if association_id is None:
        return book
    versions: dict[str, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.filter(association_id=association_id).order_by("key", "-version"):
        versions[edition.key].append(edition)
    for key, those in versions.items():
        found = _standing(those, shipped().get(key), day)
        if found is not None:
            book[key] = found
        else:
            book.pop(key, None)
    return book


def _standing(newest_first: list[Edition], first: Policy | None, day: dt.date | None) -> Policy | None:
    """The version that speaks for a day; None where none had begun."""
    for edition in newest_first:
        policy = edition.policy
        if day is None or policy.valid_from is None or policy.valid_from <= day:
            return policy
        if edition.corrects:
            return None
    return first


def find(user: Any, key: str) -> Policy | None:
    return book_of(association_of(user)).get(key)


def version_of(association_id: int | None, key: str, version: int) -> Policy | None:
    """One version of a rule as it was written; the first of those that the product ships is the product's."""
    edition = Edition.objects.filter(association_id=association_id, key=key, version=version).first()
    if edition is not None:
        return edition.policy
    return shipped().get(key) if version == 1 else None


def editions_of(association_id: int | None, key: str) -> list[Edition]:
    """The history of a policy in an association, newest first."""
    if association_id is None:
        return []
    return list(Edition.objects.filter(association_id=association_id, key=key).select_related("created_by"))


def search(
    book: Iterable[Policy],
    *,
    q: str = "",
    who: str = "",
    region: str = "",
    subject: str = "",
    on: dt.date | None = None,
) -> list[Policy]:
    """What fits a person, a place, a day and words; an association's own first, those of a place before those of the
    country."""
    words = text.clean(q).lower().split()
    found = [
        policy
        for policy in book
        if (not who or who in policy.who)
        and policy.near(region)
        and (not subject or policy.subject == subject)
        and (on is None or policy.in_force(on))
        and all(word in _words(policy) for word in words)
    ]
    return sorted(found, key=lambda policy: (not policy.own, not (region and policy.region), policy.old))


def _words(policy: Policy) -> str:
    parts = (policy.name, policy.name_en, policy.text, policy.text_en, policy.source, policy.source_en, policy.place)
    return " ".join(parts).lower()


def outcomes(
    book: Iterable[Policy], *, given: Mapping[str, int], region: str, on: dt.date, who: str = ""
) -> list[Outcome]:
    """Everything that holds there and then and can be computed from what was given; nothing of the past."""
    found = []
    for policy in book:
        if policy.old or not policy.covers(region) or not policy.in_force(on) or (who and who not in policy.who):
            continue
        outcome = compute(policy, given)
        if outcome is not None and (outcome.fen or policy.subject == "tax"):
            found.append(outcome)
    return found


def rewards_in_force(supplier: Organisation, day: dt.date) -> list[Policy]:
    """Rules of the reward that hold for a supplier on a day: its association's own first, then its place's, then the
    country's; for assignment and licence."""
    association = association_for(supplier)
    book = book_of(association.pk if association else None, day)
    found = [
        policy
        for policy in book.values()
        if policy.calc.get("kind") == "reward" and policy.covers(supplier.region) and policy.in_force(day)
    ]
    return sorted(found, key=lambda policy: (not policy.own, not policy.region))
