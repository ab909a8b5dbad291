"""Courses and terms as readers may see them: the catalogue is public, what is in preparation is the association's."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from yinxian.kernel import clock, text
from yinxian.kernel.fields import Field
from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, Organisation

from ..models import Course, Enrolment, Session, Teaching, Term

State = Enrolment.State
COURSE_SORTS = {
    "ladder": ("association__name", "track", "step", "pk"),
    "name": ("name", "pk"),
    "-created": ("-created_at", "-pk"),
}
TERM_SORTS = {
    "-starts": ("-starts_on", "-pk"),
    "starts": ("starts_on", "pk"),
    "name": ("course__name", "name", "pk"),
    "-seats": ("-seats", "-pk"),
}
COMMON = "common"


def runs(user: Any) -> QuerySet[Organisation]:
    """The associations whose courses the person runs."""
    roles = (Membership.Role.ADMIN, Membership.Role.REVIEWER)
    mine = memberships_of(user).filter(role__in=roles, organisation__kind=Organisation.Kind.ASSOCIATION)
    return Organisation.objects.filter(pk__in=mine.values("organisation"))


def courses(
    *, words: str = "", track: str = "", mode: str = "", association: str = "", sort: str = ""
) -> QuerySet[Course]:
    """The catalogue: courses that are still given. ``track`` is a field, or "common"."""
    found = Course.objects.filter(retired_at=None).select_related("association")
    if plain := text.clean(words).strip()[:60]:
        found = found.filter(Q(name__icontains=plain) | Q(name_en__icontains=plain) | Q(about__icontains=plain))
    if track == COMMON:
        found = found.filter(track="")
    elif track in Field.values:
        found = found.filter(track=track)
    if mode in Course.Mode.values:
        found = found.filter(mode=mode)
    if association:
        found = found.filter(association__slug=association[:16])
    coming = Term.objects.filter(course=OuterRef("pk"), state=Term.State.OPEN, ends_on__gte=clock.today())
    return found.annotate(enrols=Exists(coming)).order_by(*COURSE_SORTS.get(sort, COURSE_SORTS["ladder"]))


def course_for(slug: str) -> Course | None:
    return Course.objects.filter(slug=slug).select_related("association").first()


def with_counts(found: QuerySet[Term]) -> QuerySet[Term]:
    """How many sit and how many wait, as ``taken`` and ``waiting``."""
    taken = Count("enrolments", filter=Q(enrolments__state__in=Enrolment.IN), distinct=True)
    waiting = Count("enrolments", filter=Q(enrolments__state=State.WAITING), distinct=True)
    return found.annotate(taken=taken, waiting=waiting, free=F("seats") - taken)


def terms_of(user: Any, course: Course, *, inside: bool) -> QuerySet[Term]:
    """Newest first; ``inside``: also those in preparation."""
    found = with_counts(course.terms.all())
    return found if inside else found.exclude(state=Term.State.DRAFT)


def terms_of_association(association: Organisation, *, state: str = "", sort: str = "") -> QuerySet[Term]:
    """The desk's table."""
    found = Term.objects.filter(course__association=association).select_related("course__association")
    if state in Term.State.values:
        found = found.filter(state=state)
    return with_counts(found).order_by(*TERM_SORTS.get(sort, TERM_SORTS["-starts"]))


def term_for(slug: str) -> Term | None:
    """With course and teachers; who may see one in preparation is ``sees``'s question."""
    teachers = Prefetch("teachings", Teaching.objects.select_related("user"))
    found = Term.objects.filter(slug=slug).select_related("course__association").prefetch_related(teachers)
    return with_counts(found).first()


def sessions_of(term: Term) -> QuerySet[Session]:
    return term.sessions.select_related("teacher").order_by("starts_at", "pk")


def session_for(slug: str) -> Session | None:
    return Session.objects.filter(slug=slug).select_related("term__course__association", "teacher").first()


def terms_taught(user: Any) -> QuerySet[Term]:
    """The terms in which the person teaches, newest first."""
    found = Term.objects.filter(teachings__user=user).select_related("course__association")
    return with_counts(found).order_by("-starts_on", "-pk")
