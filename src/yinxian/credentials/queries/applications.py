"""How somebody stands before a level: what is met, by which fact, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yinxian.kernel import clock
from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, User

from ..models import Application, Credential, Level, LevelVersion
from ..requirements import Answer, all_met, answers
from .levels import current_version, facts_of
from .standing import standings

EARLY = dt.timedelta(days=180)  # a renewal may be asked for this long before the end


@dataclass(frozen=True)
class Check:
    """``renews`` is the certificate that would be renewed; then the renewal's own list is asked."""

    level: Level
    version: LevelVersion
    renews: Credential | None
    answers: list[Answer]
    may_apply: bool

    @property
    def met(self) -> bool:
        return all_met(self.answers)

    @property
    def missing(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.met]


def latest_credential(user: User, level: Level) -> Credential | None:
    """The newest that the person holds of a level, expired or not, but none that was revoked."""
    held = Credential.objects.filter(user=user, level=level).exclude(state=Credential.State.REVOKED)
    return held.order_by("-issued_at").first()


def check_for(
    user: User, level: Level, *, version: LevelVersion | None = None, renews: Credential | None = None
) -> Check:
    """By the version in force, or by the one that an application names."""
    asked = version or current_version(level)
    before = renews if version else latest_credential(user, level)
    may_apply = before is None or (
        before.state == Credential.State.ACTIVE
        and before.valid_until is not None
        and before.valid_until - EARLY <= clock.now()
    )
    lines = asked.renewal if before else asked.requirements
    held = {standing.level.rank: standing for standing in standings(user, association_id=level.association_id)}
    facts = facts_of(user, since=before.issued_at if before else None)
    return Check(level, asked, before, answers(lines, facts, level=level.slug, held=held), may_apply)


def applications_of(user: User) -> QuerySet[Application]:
    return Application.objects.filter(user=user).select_related("level__association", "version")


def waiting_for(user: Any) -> QuerySet[Application]:
    """Applications to the associations that the person reviews for, the longest waiting first."""
    reviewing = memberships_of(user).filter(role__in=[Membership.Role.ADMIN, Membership.Role.REVIEWER])
    return (
        Application.objects.filter(
            state=Application.State.SUBMITTED, level__association__in=reviewing.values("organisation")
        )
        .select_related("level__association", "version", "user")
        .order_by("submitted_at", "pk")
    )


def visible_application(user: Any, slug: str) -> Application | None:
    """The applicant's own, and those of the associations that one reviews for."""
    if not user.is_authenticated:
        return None
    reviewing = memberships_of(user).filter(role__in=[Membership.Role.ADMIN, Membership.Role.REVIEWER])
    allowed = Q(user=user) | Q(level__association__in=reviewing.values("organisation"))
    return (
        Application.objects.filter(allowed, slug=slug)
        .select_related("level__association", "version", "user", "renews", "decided_by", "credential")
        .first()
    )
