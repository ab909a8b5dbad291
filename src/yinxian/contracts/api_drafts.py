"""REST endpoints of the clause check."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from yinxian.kernel.http import or_404

from . import operations
from .clause_check import LONGEST, check, explain, names_of
from .documents.word import DOCX
from .models import CheckedDraft
from .queries.drafts import find, told, visible_to, word_report

router = Router()
MOST, FURTHEST = 100, 10**9


class DraftIn(Schema):
    """A draft as text."""

    words: str = Field(max_length=LONGEST)
    name: str = Field("", max_length=200)


class ClauseFindingOut(Schema):
    """``start`` and ``end`` count characters of the words; ``severity`` 3 do not sign so, 2 negotiate, 1 mend."""

    rule: str
    category: str
    item: str
    severity: int
    start: int
    end: int
    quote: str
    title: str
    article: str
    why: str
    whom: str
    offer: str


class CheckedOut(Schema):
    kind: str
    sub_kind: str
    whole: bool
    notes: list[str]
    reminders: list[str]
    findings: list[ClauseFindingOut]


class DraftRow(Schema):
    slug: str
    name: str
    kind: str
    source: str
    count: int
    created_at: str


class CheckedDraftOut(DraftRow):
    checked: CheckedOut


def _row(draft: CheckedDraft) -> dict[str, Any]:
    own = {name: getattr(draft, name) for name in ("slug", "name", "kind", "source", "count")}
    return {**own, "created_at": draft.created_at.isoformat()}


def _out(draft: CheckedDraft) -> dict[str, Any]:
    own = {name: draft.result[name] for name in ("kind", "sub_kind", "whole", "notes")}
    checked = {**own, "reminders": names_of(draft.result["reminders"]), "findings": told(draft)}
    return {**_row(draft), "checked": checked}


@router.post("/check", response=CheckedOut)
def check_words(request: HttpRequest, given: DraftIn) -> Any:
    """Check words and keep nothing."""
    made = check(given.words)
    found = [explain(one, english_draft=made.english) for one in made.findings]
    return {**made.as_data(), "findings": found, "reminders": names_of(made.reminders)}


@router.get("/", response=list[DraftRow])
def drafts(request: HttpRequest, offset: int = 0, limit: int = MOST) -> Any:
    """The caller's checked drafts, newest first."""
    start = min(max(offset, 0), FURTHEST)
    return [_row(row) for row in visible_to(request.user)[start : start + min(max(limit, 1), MOST)]]


@router.post("/", response={201: CheckedDraftOut})
def new_draft(request: HttpRequest, given: DraftIn) -> Any:
    """Check words and keep them with what was found; only the caller sees them."""
    actor: Any = request.user
    return Status(201, _out(operations.check_draft(actor=actor, words=given.words, name=given.name)))


@router.get("/{draft}", response=CheckedDraftOut)
def draft(request: HttpRequest, draft: str) -> Any:
    return _out(or_404(find(request.user, draft)))


@router.get("/{draft}/report")
def draft_report(request: HttpRequest, draft: str) -> HttpResponse:
    """The Word file with a comment at each place."""
    return HttpResponse(word_report(or_404(find(request.user, draft))), content_type=DOCX)


@router.delete("/{draft}", response={204: None})
def forget_draft(request: HttpRequest, draft: str) -> Any:
    actor: Any = request.user
    operations.forget_draft(draft_id=or_404(find(request.user, draft)).pk, actor=actor)
    return Status(204, None)
