"""Which scheme holds for whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from yinxian.network.models import ManagerProfile, Membership, Organisation

from ..models import Scheme


def scheme_at(association: Organisation, moment: dt.datetime) -> Scheme | None:
    """The version in force at a moment: the highest of those that have started."""
    return Scheme.objects.filter(association=association, starts_at__lte=moment).order_by("-version").first()


def latest_scheme(association: Organisation) -> Scheme | None:
    return Scheme.objects.filter(association=association).order_by("-version").first()


def versions_of(association: Organisation) -> QuerySet[Scheme]:
    return Scheme.objects.filter(association=association).select_related("created_by", "started_by")


def homes(user_ids: Iterable[int]) -> dict[int, int]:
    """Whose scheme holds for each person: the association of the profile, or else the one that admitted an
    organisation they act for (the first they joined). Two queries."""
    wanted = set(user_ids)
    found: dict[int, int] = {}
    acting = Membership.objects.filter(user__in=wanted, ended_at=None).order_by("-pk")
    for user, place, admitted, kind in acting.values_list(
        "user_id", "organisation_id", "organisation__admitted_by_id", "organisation__kind"
    ):
        home = place if kind == Organisation.Kind.ASSOCIATION else admitted
        if home:
            found[user] = home
    profiles = ManagerProfile.objects.filter(user__in=wanted, association__isnull=False)
    found |= {user: home for user, home in profiles.values_list("user_id", "association_id") if home}
    return found


def started_of(association_ids: Iterable[int]) -> dict[int, list[Scheme]]:
    """Versions that have a day, highest first, by association; one query."""
    found: dict[int, list[Scheme]] = defaultdict(list)
    schemes = Scheme.objects.filter(association__in=set(association_ids), starts_at__isnull=False)
    for scheme in schemes.order_by("-version"):
        found[scheme.association_id].append(scheme)
    return found


def in_force(schemes: Iterable[Scheme], moment: dt.datetime) -> Scheme | None:
    """Of versions given highest first, the one that holds at the moment."""
    return next((scheme for scheme in schemes if scheme.started(moment)), None)
