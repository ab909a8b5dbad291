"""What a person learns: enrolments, coming meetings, hours against what the next level asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yinxian.credentials.models import Level, Module
from yinxian.credentials.queries.applications import Check, check_for
from yinxian.credentials.queries.levels import facts_of, levels_of
from yinxian.credentials.queries.standing import standings
from yinxian.kernel import clock
from yinxian.network.members import memberships_of
from yinxian.network.models import ManagerProfile, Organisation, User

from ..models import Attendance, Enrolment, LessonRead, Session, Term

State = Enrolment.State
LENGTH = 600  # of the longest bar of the picture, in its own units
ROW = 56  # height of one bar with its words
SMALLEST = 60  # minutes that a whole bar stands for at least


def enrolments_of(user: Any) -> QuerySet[Enrolment]:
    """A person's own, newest first, those given up at the end of the memory only."""
    if not getattr(user, "is_authenticated", False):
        return Enrolment.objects.none()
    found = Enrolment.objects.filter(user=user).exclude(state=State.GIVEN_UP)
    return found.select_related("term__course__association").order_by("-term__starts_on", "-pk")


def enrolment_in(user: Any, term: Term) -> Enrolment | None:
    """The person's own in a term, unless given up."""
    if not getattr(user, "is_authenticated", False):
        return None
    return term.enrolments.filter(user=user).exclude(state=State.GIVEN_UP).select_related("user").first()


def place_in_line(enrolment: Enrolment) -> int:
    """Which one waits for a seat, counted from 1."""
    earlier = Q(asked_at__lt=enrolment.asked_at) | Q(asked_at=enrolment.asked_at, pk__lt=enrolment.pk)
    return enrolment.term.enrolments.filter(earlier, state=State.WAITING).count() + 1


def coming_sessions(user: User, most: int = 6) -> list[Session]:
    """The next meetings in which the person learns or teaches."""
    mine = Q(term__enrolments__user=user, term__enrolments__state=State.SEATED) | Q(teacher=user)
    found = Session.objects.filter(mine, cancelled_at=None, ends_at__gte=clock.now(), term__state=Term.State.OPEN)
    return list(found.select_related("term__course", "teacher").distinct().order_by("starts_at", "pk")[:most])


def own_attendance(enrolment: Enrolment) -> dict[int, Attendance]:
    """The learner's own marks by the id of the meeting."""
    return {one.session_id: one for one in enrolment.attendances.all()}


def own_association(user: User) -> Organisation | None:
    """The association of the manager's profile, else the one that admitted an organisation of the person."""
    profile = ManagerProfile.objects.filter(user=user).select_related("association").first()
    if profile is not None and profile.association is not None:
        return profile.association
    for membership in memberships_of(user):
        place = membership.organisation
        if place.kind == Organisation.Kind.ASSOCIATION:
            return place
        if place.admitted_by_id:
            return place.admitted_by
    return None


def next_level(user: User) -> Level | None:
    """The first step of the association's ladder that the person does not hold now."""
    association = own_association(user)
    if association is None:
        return None
    held = max((one.level.rank for one in standings(user, association_id=association.pk)), default=0)
    return levels_of(association).filter(rank__gt=held).order_by("rank", "pk").first()


@dataclass(frozen=True)
class Bar:
    """One kind of module: ``minutes`` that count, ``asked`` hours (None: not decided); lengths for the picture."""

    kind: str
    label: Any
    minutes: int
    asked: int | None
    length: int
    mark: int | None
    top: int

    @property
    def hours(self) -> str:
        """12.5: hours with one decimal where there is a half."""
        whole, rest = divmod(self.minutes * 10 // 60, 10)
        return f"{whole}.{rest}" if rest else str(whole)

    @property
    def met(self) -> bool:
        return self.asked is not None and self.minutes >= self.asked * 60


@dataclass(frozen=True)
class Hours:
    """The picture of somebody's hours, and the level that it is measured by."""

    level: Level | None
    bars: list[Bar]
    total: int
    check: Check | None

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


def hours_of(user: User) -> Hours:
    """Minutes by kind out of the facts that stand, beside what the next level asks of each kind."""
    level = next_level(user)
    check = check_for(user, level) if level else None
    asked = {line.name: line.at_least for line in check.answers if line.kind == "hours"} if check else {}
    minutes = dict.fromkeys(Module.values, 0)
    for fact in facts_of(user).filter(kind="hours"):
        minutes[fact.name] = minutes.get(fact.name, 0) + fact.amount
    longest = max([SMALLEST, *minutes.values(), *((least or 0) * 60 for least in asked.values())])
    bars = []
    for number, kind in enumerate(Module):
        least = asked.get(kind.value)
        bars.append(
            Bar(
                kind.value,
                kind.label,
                minutes[kind.value],
                least,
                minutes[kind.value] * LENGTH // longest,
                None if least is None else least * 60 * LENGTH // longest,
                number * ROW,
            )
        )
    return Hours(level, bars, sum(minutes.values()), check)


def lessons_read(user: Any) -> set[str]:
    """Names of the lessons that the person has read."""
    if not getattr(user, "is_authenticated", False):
        return set()
    return set(LessonRead.objects.filter(user=user).values_list("lesson", flat=True))
