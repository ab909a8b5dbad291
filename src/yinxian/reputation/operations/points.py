"""Give points for a fact, and take back those of a fact that is undone; once."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.credentials.models import ProofKind
from yinxian.credentials.operations.proofs import record_proof, withdraw_proofs
from yinxian.journal.models import Entry
from yinxian.network.models import Organisation, User

from ..models import Event, Point, Scheme
from ..queries.points import taken_by
from ..queries.schemes import homes, scheme_at
from ..reading import facts_of
from ..reading.told import Told
from ..rules import DEFAULT_RULES, LEARNING, Award
from ..rules import award as worked_out

PAGE = "/points/facts/"


@transaction.atomic
def award(*, entry: Entry) -> list[Point]:
    """Points to everyone who takes part in the facts of an entry, by their own association's scheme as it stood then.

    A person of no association earns none; the same fact never earns twice. Points that are not given (related parties,
    caps) are kept with their reason. A fact that undoes another takes back what that one gave.
    """
    return [point for told in facts_of([entry]) for point in (_take_back if told.fact.undoes else _award)(told)]


def _award(told: Told) -> list[Point]:
    fact = told.fact
    ids = sorted({part.user for part in fact.parts if part.user})
    people = {user.pk: user for user in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    known = set(Point.objects.filter(entry=told.entry, event=fact.event).values_list("user_id", flat=True))
    associations = homes(ids)
    made: list[Point] = []
    for place, part in enumerate(fact.parts):
        if part.user not in people or part.user in known or part.user not in associations:
            continue
        association = Organisation.objects.get(pk=associations[part.user])
        scheme = scheme_at(association, fact.at) or first_scheme(association)
        one = worked_out(fact, place, scheme.plan, taken_by(part.user, fact.at))
        if one.amount or one.held:
            made.append(_give(told, people[part.user], scheme, one))
    return made


def _give(told: Told, user: User, scheme: Scheme, one: Award) -> Point:
    point = Point(
        user=user,
        scheme=scheme,
        entry=told.entry,
        deal_id=told.deal_id,
        event=one.event,
        title=told.title,
        path=told.path,
        amount=one.amount,
        held=one.held,
        why=one.why,
        whole=one.whole,
        units=told.fact.units,
        at=one.at,
    )
    data = {
        "points": one.amount,
        "event": one.event,
        "scheme": scheme.slug,
        "version": scheme.version,
        "fact": str(told.entry.uid),
        **({"deal": point.deal.slug} if point.deal else {}),
        **({"held": one.held, "why": one.why} if one.held else {}),
    }
    point.given = journal.record(
        "reputation.points.given" if one.amount else "reputation.points.withheld", actor=None, subject=user, data=data
    )
    point.save()
    if one.amount:
        prove(point, point.given, one.amount)
    return point


def _take_back(told: Told) -> list[Point]:
    """All that each person still has of the fact that is undone, an appeal's correction included; once."""
    fact, made = told.fact, []
    ids = [part.user for part in fact.parts]
    list(User.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    firsts = Point.objects.filter(entry=fact.undoes, event=fact.event, user__in=ids, corrects=None)
    for first in firsts.select_related("user", "scheme", "entry", "given").order_by("pk"):
        rows = [first, *first.corrections.select_related("entry", "given").order_by("pk")]
        amount = sum(row.amount for row in rows)
        if amount and not any(row.entry_id == told.entry.pk for row in rows):
            made.append(_undo(told, first, rows, amount))
    return made


def _undo(told: Told, first: Point, rows: list[Point], amount: int) -> Point:
    data = {
        "points": amount,
        "event": first.event,
        "scheme": first.scheme.slug,
        "version": first.scheme.version,
        "fact": str(first.entry.uid),
        "undone": str(told.entry.uid),
    }
    said = journal.record("reputation.points.taken_back", actor=None, subject=first.user, data=data)
    for row in rows:
        if row.given is not None:
            withdraw_proofs(entry=row.given, by=said)
    return Point.objects.create(
        user=first.user,
        scheme=first.scheme,
        entry=told.entry,
        deal_id=first.deal_id,
        event=first.event,
        title=first.title,
        path=first.path,
        amount=-amount,
        whole=first.whole,
        units=first.units,
        corrects=first,
        given=said,
        at=told.fact.at,
    )


def prove(point: Point, entry: Entry, amount: int) -> None:
    """The points count towards the person's levels, as points of learning or of practice."""
    record_proof(
        user_id=point.user_id,
        kind=ProofKind.POINTS,
        name="learning" if point.event in LEARNING else "practice",
        amount=amount,
        entry=entry,
        title=str(Event(point.event).label),
        path=f"{PAGE}{point.entry.uid}/",
    )


def first_scheme(association: Organisation) -> Scheme:
    """Version 1 of an association that has not edited its rules: the product's own defaults."""
    start = association.created_at
    scheme, _created = Scheme.objects.get_or_create(
        association=association,
        version=1,
        defaults={"rules": DEFAULT_RULES, "created_at": start, "starts_at": start},
    )
    return scheme
