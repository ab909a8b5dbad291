"""Give points for a fact; once."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.deals.models import Deal
from yinxian.journal.models import Entry
from yinxian.network.models import ManagerProfile, Organisation, User

from ..models import Point, Scheme
from ..queries.schemes import scheme_at
from ..rules import DEFAULT_RULES, shared, worth


@transaction.atomic
def award(*, entry: Entry, event: str, deal: Deal, amount_fen: int) -> list[Point]:
    """Points to the people who share the fee, by their own association's scheme as it stood at the fact.

    A person whose profile names no association earns none; the same entry never earns twice.
    """
    if deal.introduction is None:
        return []
    shares = [share for share in deal.introduction.shares.select_related("user") if share.user_id]
    associations = dict(
        ManagerProfile.objects.filter(user_id__in=[share.user_id for share in shares], association__isnull=False)
        .order_by("pk")
        .values_list("user_id", "association_id")
    )
    given: list[Point] = []
    for place, share in enumerate(shares):
        user = share.user
        if not isinstance(user, User) or user.pk not in associations:
            continue
        association = Organisation.objects.get(pk=associations[user.pk])
        scheme = scheme_at(association, entry.at) or first_scheme(association)
        points = shared(worth(scheme.rules, event, amount_fen), [other.bp for other in shares])[place]
        point, created = Point.objects.get_or_create(
            user=user,
            entry=entry,
            defaults={"scheme": scheme, "deal": deal, "event": event, "amount": points, "at": entry.at},
        )
        if created and points:
            given.append(point)
            data = {"points": points, "event": event, "deal": deal.slug, "fact": str(entry.uid)}
            journal.record("reputation.points.given", actor=None, subject=user, data=data)
    return given


def first_scheme(association: Organisation) -> Scheme:
    """Version 1 of an association that has not edited its rules: the product's own defaults."""
    scheme, _created = Scheme.objects.get_or_create(
        association=association, version=1, defaults={"rules": DEFAULT_RULES, "created_at": association.created_at}
    )
    return scheme
