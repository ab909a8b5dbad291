"""Many questions at once: from a file (all or none, twice is once), and those that the product brings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Invalid, Refusal
from yinxian.market.importing.readers import read_rows
from yinxian.network.models import Organisation, User

from ..models import Question, QuestionVersion
from ..rules.exchange import FORMAT, from_row
from ..rules.keys import checked_question
from ..starter import starter
from .bank import CONTENT, approve, edit_question, keeper_of, put_question

MOST = 2_000


@dataclass(frozen=True)
class Imported:
    """How many questions were new, got another version, or were there already as they are."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_questions(*, association_id: int, actor: User, data: bytes, file_name: str) -> Imported:
    """Questions of a CSV, XLSX or JSON file as drafts, found again by their ``code``.

    Invalid("exams.import_row") names the row and what is wrong with it; then nothing is kept.
    """
    association = keeper_of(association_id, actor)
    rows = _rows(data, file_name)
    if len(rows) > MOST:
        raise Invalid("kernel.too_many", field="file", limit=MOST)
    done: dict[str, int] = {"added": 0, "changed": 0, "same": 0}
    for place, row in enumerate(rows, start=1):
        try:
            values = from_row(row)
            done[_import(association, actor, values)] += 1
        except Refusal as refusal:
            raise Invalid("exams.import_row", field="file", row=place, reason=refusal.sentence) from refusal
    journal.record(
        "exams.bank.imported", actor=actor, subject=association, data=dict(done), organisations=[association.pk]
    )
    return Imported(**done)


def _rows(data: bytes, file_name: str) -> list[dict[str, Any]]:
    """The whole of our JSON, or the rows of a table."""
    if data.lstrip()[:1] == b"{":
        try:
            whole = json.loads(data)
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, Mapping) and whole.get("format") == FORMAT and isinstance(whole.get("questions"), list):
            return [row if isinstance(row, dict) else {} for row in whole["questions"]]
    return read_rows(data, file_name)


def _import(association: Organisation, actor: User, values: dict[str, Any]) -> str:
    if not values.get("code"):
        raise Invalid("exams.import_code")
    question = Question.objects.filter(association=association, code=str(values["code"])).first()
    if question is None:
        put_question(association, actor, values)
        return "added"
    if (question.kind, question.module) != (values.get("kind"), values.get("module")):
        raise Invalid("exams.import_other_kind", number=question.code)
    latest = question.versions.order_by("-number")[0]
    content = checked_question(question.kind, values)
    if all(getattr(latest, name) == content[name] for name in CONTENT):
        return "same"
    edit_question(question_id=question.pk, actor=actor, values=values, based_on=latest.number)
    return "changed"


@transaction.atomic
def take_starter(*, association_id: int, actor: User) -> int:
    """The product's own questions into the bank, reviewed; those there already stay. How many came."""
    association = keeper_of(association_id, actor)
    known = set(Question.objects.filter(association=association).values_list("code", flat=True))
    fresh = [values for values in starter() if values["code"] not in known]
    for values in fresh:
        made: QuestionVersion = put_question(association, actor, values)
        approve(made, actor)
    if fresh:
        data = {"questions": len(fresh)}
        journal.record(
            "exams.bank.starter_taken", actor=actor, subject=association, data=data, organisations=[association.pk]
        )
    return len(fresh)
