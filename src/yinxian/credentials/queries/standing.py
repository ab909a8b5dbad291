"""Which levels a person holds on a day: what an app above asks before it decides, and keeps beside its decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from yinxian.kernel import clock
from yinxian.network.models import User

from ..models import Credential, Level, Presentation


@dataclass(frozen=True)
class Standing:
    """A level held, and through what: an own credential, or one of another association that ours recognises.

    ``through`` is the credential's or the presentation's slug, ``version`` the version of the level's requirements or
    of the recognition: keep both with a decision.
    """

    level: Level
    through: str
    version: int
    recognised: bool
    valid_until: dt.datetime | None


def standings(user: User, *, association_id: int | None = None, moment: dt.datetime | None = None) -> list[Standing]:
    """What the person holds, highest first; of one association, or of all on this installation."""
    return standings_of([user.pk], association_id=association_id, moment=moment).get(user.pk, [])


def standings_of(
    user_ids: Iterable[int], *, association_id: int | None = None, moment: dt.datetime | None = None
) -> dict[int, list[Standing]]:
    """The same for many people in two queries, by the person's id."""
    at, wanted = moment or clock.now(), list(user_ids)
    in_time = Q(valid_until=None) | Q(valid_until__gt=at)
    own = Credential.objects.filter(in_time, user_id__in=wanted, state=Credential.State.ACTIVE, valid_from__lte=at)
    foreign = Presentation.objects.filter(in_time, user_id__in=wanted, state=Presentation.State.ACCEPTED)
    if association_id is not None:
        own, foreign = (
            own.filter(level__association=association_id),
            foreign.filter(recognition__association=association_id),
        )
    found: dict[int, list[Standing]] = {}
    for one in own.select_related("level", "version"):
        found.setdefault(one.user_id, []).append(
            Standing(one.level, one.slug, one.version.number, False, one.valid_until)
        )
    for other in foreign.select_related("recognition__equals__association"):
        taken = other.recognition
        found.setdefault(other.user_id, []).append(
            Standing(taken.equals, other.slug, taken.version, True, other.valid_until)
        )
    for held in found.values():
        held.sort(key=lambda standing: (-standing.level.rank, standing.recognised, standing.through))
    return found
