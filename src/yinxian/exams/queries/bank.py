"""The bank as its keepers see it, and what of it may be drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from yinxian.kernel import clock
from yinxian.network.models import Organisation

from ..models import Question, QuestionVersion
from ..rules.drawing import Candidate

SORTS = {
    "new": ("-question__created_at", "-pk"),
    "module": ("question__module", "question__kind", "pk"),
    "difficulty": ("difficulty", "pk"),
    "used": ("-drawn", "pk"),
}


def latest_versions(association: Organisation) -> QuerySet[QuestionVersion]:
    """The newest version of each question, with how often it was drawn."""
    newest = Question.objects.filter(pk=OuterRef("question")).annotate(top=Max("versions__number")).values("top")
    found = QuestionVersion.objects.filter(question__association=association, number=Subquery(newest))
    return found.select_related("question").annotate(drawn=Count("question__versions__items"))


def search_bank(association: Organisation, asked: Mapping[str, Any]) -> QuerySet[QuestionVersion]:
    """``asked`` may hold q, module, kind, difficulty, state, tag, sort."""
    found = latest_versions(association)
    for name, column in (("module", "question__module"), ("kind", "question__kind"), ("difficulty", "difficulty")):
        if value := asked.get(name):
            found = found.filter(**{column: value})
    if state := asked.get("state"):
        found = found.filter(state=state)
    if words := str(asked.get("q") or "").strip():
        found = found.filter(
            Q(text__icontains=words)
            | Q(text_en__icontains=words)
            | Q(question__code__icontains=words)
            | Q(question__slug__iexact=words)
            | Q(article__icontains=words)
            | Q(tags__icontains=words)
        )
    return found.order_by(*SORTS.get(str(asked.get("sort") or ""), ("pk",)))


def question_at(slug: str) -> Question | None:
    return Question.objects.select_related("association").filter(slug=slug).first()


def bank_at(association_id: int, moment: dt.datetime | None = None) -> list[Candidate]:
    """What may be drawn at a moment: reviewed by then, not yet retired. By it a paper can be drawn again."""
    at = moment or clock.now()
    rows = (
        QuestionVersion.objects.filter(question__association=association_id, reviewed_at__lte=at)
        .filter(Q(retired_at=None) | Q(retired_at__gt=at))
        .order_by("question_id")
        .values_list("pk", F("question__slug"), F("question__module"), F("question__kind"), "difficulty", "options")
    )
    return [
        Candidate(pk, slug, module, kind, difficulty, tuple(one["id"] for one in options))
        for pk, slug, module, kind, difficulty, options in rows
    ]
