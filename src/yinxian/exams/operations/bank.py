"""The bank: a question is written, reviewed by another, edited as a new version, retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.credentials.models import Module
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Kind, Question, QuestionVersion
from ..rules.keys import checked_question, text_of

CONTENT = (
    "text",
    "text_en",
    "options",
    "key",
    "explanation",
    "explanation_en",
    "article",
    "article_en",
    "difficulty",
    "tags",
)
State = QuestionVersion.State


def keeper_of(association_id: int, actor: User) -> Organisation:
    """The association, locked, when the actor keeps its bank; Forbidden otherwise."""
    association = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if not permissions.keeps(actor, association):
        raise Forbidden("exams.not_keeper")
    return association


@transaction.atomic
def write_question(*, association_id: int, actor: User, values: Mapping[str, Any]) -> QuestionVersion:
    """A new question with its first version, a draft. Invalid where it could not be answered or graded."""
    association = keeper_of(association_id, actor)
    made = put_question(association, actor, values)
    journal.record(
        "exams.question.written",
        actor=actor,
        subject=made.question,
        data={"version": 1, "kind": made.question.kind, "module": made.question.module},
        organisations=[association.pk],
    )
    return made


def put_question(association: Organisation, actor: User, values: Mapping[str, Any]) -> QuestionVersion:
    """Check and store, without a journal entry of its own: ``write_question`` and imports record."""
    kind, module = str(values.get("kind") or ""), str(values.get("module") or "")
    if kind not in Kind.values or module not in Module.values:
        raise Invalid("exams.question_kind", field="kind" if kind not in Kind.values else "module")
    content = checked_question(kind, values)
    code = text_of(values.get("code"), "code", 40)
    if code and Question.objects.filter(association=association, code=code).exists():
        raise Conflict("exams.code_taken", field="code", number=code)
    question = Question.objects.create(
        association=association, code=code, module=module, kind=kind, created_by=actor, created_at=clock.now()
    )
    return QuestionVersion.objects.create(question=question, number=1, written_by=actor, **content)


@transaction.atomic
def edit_question(*, question_id: int, actor: User, values: Mapping[str, Any], based_on: int) -> QuestionVersion:
    """A new version, a draft until another person has reviewed it; what was drawn before keeps its own words."""
    question = _locked(question_id, actor)
    latest = question.versions.order_by("-number")[0]
    if latest.number != based_on:
        raise Conflict("exams.question_changed", version=latest.number)
    content = checked_question(question.kind, values)
    if all(getattr(latest, name) == content[name] for name in CONTENT):
        raise Invalid("exams.question_same")
    if latest.state == State.DRAFT:
        _retire(latest)
    made = QuestionVersion.objects.create(question=question, number=latest.number + 1, written_by=actor, **content)
    _note("exams.question.edited", made, actor)
    return made


@transaction.atomic
def review_question(*, question_id: int, actor: User, version: int) -> QuestionVersion:
    """Somebody other than the author finds it right: it may be drawn from now on, and the version before no more."""
    question = _locked(question_id, actor)
    found = question.versions.order_by("-number")[0]
    if found.number != version:
        raise Conflict("exams.question_changed", version=found.number)
    if found.written_by_id == actor.pk:
        raise Conflict("exams.review_own")
    found.move_to(State.REVIEWED)
    approve(found, actor)
    _note("exams.question.reviewed", found, actor)
    return found


def approve(version: QuestionVersion, actor: User) -> None:
    """Set reviewed, and retire the version that was drawn until now."""
    for before in version.question.versions.filter(state=State.REVIEWED).exclude(pk=version.pk):
        _retire(before)
    version.state, version.reviewed_by, version.reviewed_at = State.REVIEWED, actor, clock.now()
    version.save(update_fields=["state", "reviewed_by", "reviewed_at"])


@transaction.atomic
def retire_question(*, question_id: int, actor: User) -> Question:
    """None of its versions is drawn any more; papers that have it keep it. Again changes nothing."""
    question = _locked(question_id, actor)
    living = list(question.versions.exclude(state=State.RETIRED))
    for version in living:
        _retire(version)
    if living:
        _note("exams.question.retired", living[0], actor)
    return question


def _retire(version: QuestionVersion) -> None:
    version.move_to(State.RETIRED)
    version.retired_at = clock.now()
    version.save(update_fields=["state", "retired_at"])


def _locked(question_id: int, actor: User) -> Question:
    question = Question.objects.select_for_update(of=("self",)).select_related("association").get(pk=question_id)
    if not permissions.keeps(actor, question.association):
        raise Forbidden("exams.not_keeper")
    return question


def _note(name: str, version: QuestionVersion, actor: User) -> None:
    journal.record(
        name,
        actor=actor,
        subject=version.question,
        data={"version": version.number},
        organisations=[version.question.association_id],
    )
