"""Exams as an association and its graders see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, Organisation

from .. import permissions
from ..models import Appeal, Exam, Grader, PaperItem, QuestionVersion, Result, Sitting, Window

REVIEWS = (Membership.Role.ADMIN, Membership.Role.REVIEWER)


def kept_by(user: Any) -> list[Organisation]:
    """The associations whose bank and exams the person keeps."""
    found = memberships_of(user).filter(role__in=REVIEWS, organisation__kind=Organisation.Kind.ASSOCIATION)
    return [membership.organisation for membership in found]


def exams_of(association: Organisation) -> QuerySet[Exam]:
    return Exam.objects.filter(association=association).select_related("level").prefetch_related("blueprints")


def exam_at(slug: str) -> Exam | None:
    return Exam.objects.select_related("association", "level").filter(slug=slug).first()


def windows_of(association: Organisation) -> QuerySet[Window]:
    """Newest first, with how many are registered, how many handed in, and how much is still to grade."""
    return (
        Window.objects.filter(exam__association=association)
        .select_related("exam", "blueprint")
        .annotate(
            registered=Count("sittings", filter=~Q(sittings__state="withdrawn"), distinct=True),
            handed_in=Count("sittings", filter=Q(sittings__state__in=["submitted", "released"]), distinct=True),
            to_grade=Count("sittings__items", filter=Q(sittings__items__to_grade__gt=0), distinct=True),
        )
        .order_by("-opens_at", "-pk")
    )


def window_at(slug: str) -> Window | None:
    return Window.objects.select_related("exam__association", "exam__level", "blueprint").filter(slug=slug).first()


SORTS = {"score": ("-score_bp", "pk"), "name": ("user__name", "pk"), "state": ("state", "pk")}


def sittings_in(window: Window, asked: Mapping[str, Any]) -> QuerySet[Sitting]:
    """The candidates of a window with their newest result; ``asked`` may hold state and sort."""
    newest = Result.objects.filter(sitting=OuterRef("pk")).order_by("-number")
    found = window.sittings.select_related("user").annotate(
        score_bp=Subquery(newest.values("score_bp")[:1]), passed=Subquery(newest.values("passed")[:1])
    )
    if state := asked.get("state"):
        found = found.filter(state=state)
    order = SORTS.get(str(asked.get("sort") or ""))
    if order == SORTS["score"]:
        return found.order_by(F("score_bp").desc(nulls_last=True), "pk")
    return found.order_by(*(order or ("pk",)))


def graders_of(association: Organisation) -> QuerySet[Grader]:
    return Grader.objects.filter(association=association, ended_at=None).select_related("user")


def to_grade(user: Any) -> QuerySet[PaperItem]:
    """What waits for this grader: of the associations that appointed them, nothing of their own, nothing twice."""
    return (
        PaperItem.objects.filter(to_grade__gt=0, sitting__window__exam__association__in=permissions.grades_for(user))
        .exclude(sitting__user=user)
        .exclude(scores__grader=user)
        .select_related("sitting__window__exam__association", "version__question", "answer")
        .order_by("version__question_id", "sitting__submitted_at", "pk")
    )


def item_to_grade(user: Any, pk: int) -> PaperItem | None:
    """An item of the queue; none that is not waiting for this person."""
    if not getattr(user, "is_authenticated", False):
        return None
    return to_grade(user).filter(pk=pk).first()


def appeals_for(user: Any) -> QuerySet[Appeal]:
    """Appeals to the associations that the person keeps exams for, the longest waiting first."""
    associations = [one.pk for one in kept_by(user)]
    return (
        Appeal.objects.filter(item__sitting__window__exam__association__in=associations)
        .select_related("item__sitting__window__exam__association", "item__version__question", "decided_by")
        .order_by("asked_at", "pk")
    )


def papers_with(item: PaperItem) -> int:
    """How many of the window's released papers have the same version of the question."""
    same = PaperItem.objects.filter(version=item.version_id, sitting__window=item.sitting.window_id)
    return same.filter(sitting__state=Sitting.State.RELEASED).count()


def visible_appeal(user: Any, slug: str) -> Appeal | None:
    """The candidate's own, and those of the associations one keeps exams for."""
    if not getattr(user, "is_authenticated", False):
        return None
    kept = [one.pk for one in kept_by(user)]
    allowed = Q(item__sitting__user=user) | Q(item__sitting__window__exam__association__in=kept)
    related = ("item__sitting__window__exam__association", "item__sitting__window__blueprint", "item__sitting__user")
    found = Appeal.objects.filter(allowed, slug=slug).select_related(
        *related, "item__version__question", "item__answer", "decided_by"
    )
    return found.first()


def visible_question(user: Any, slug: str) -> QuerySet[QuestionVersion]:
    """All versions of a question, newest first, for who keeps its bank; none for anybody else."""
    kept = [one.pk for one in kept_by(user)] if getattr(user, "is_authenticated", False) else []
    found = QuestionVersion.objects.filter(question__slug=slug, question__association__in=kept)
    return found.select_related("question__association", "written_by", "reviewed_by").order_by("-number")
