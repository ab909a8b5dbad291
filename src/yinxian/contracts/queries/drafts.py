"""Checked drafts: each its owner's, and how one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..clause_check import explain, names_of
from ..documents.report import pieces, report
from ..models import CheckedDraft, Contract


def visible_to(user: Any) -> QuerySet[CheckedDraft]:
    if not getattr(user, "is_authenticated", False):
        return CheckedDraft.objects.none()
    return CheckedDraft.objects.filter(owner=user).select_related("contract").defer("words", "result")


def find(user: Any, slug: str) -> CheckedDraft | None:
    if not getattr(user, "is_authenticated", False):
        return None
    return CheckedDraft.objects.filter(owner=user, slug=slug).select_related("contract").first()


def told(draft: CheckedDraft) -> list[dict[str, Any]]:
    """The findings in the reader's language, numbered as they stand in the draft."""
    english = draft.result["english"]
    return [
        {**explain(found, english_draft=english), "number": number}
        for number, found in enumerate(draft.result["findings"], 1)
    ]


def notes_of(notes: list[str]) -> list[str]:
    says = {
        "tracked": _("文件里有修订痕迹，按全部接受来读。"),
        "macros": _("文件里有宏，没有运行，也没有保留。"),
        "cut": _("草稿太长，只读了前面的部分（最多二十万字）。"),
    }
    return [says[note] for note in dict.fromkeys(notes)]


def kind_name(kind: str) -> str:
    """What the draft was taken for."""
    own = {"training": _("技术培训合同")}
    return own.get(kind) or str(dict(Contract.Kind.choices).get(kind, _("看不出是哪一类")))


def lines_of(draft: CheckedDraft, findings: list[dict[str, Any]]) -> Iterator[list[tuple[str, list[int], int]]]:
    """The draft line by line, each in pieces: text, numbers of the findings on it, the worst severity among them."""
    at = 0
    for line in draft.words.split("\n"):
        yield [
            (
                draft.words[a:b],
                [findings[i]["number"] for i in on],
                max((findings[i]["severity"] for i in on), default=0),
            )
            for a, b, on in pieces(at, at + len(line), findings)
        ]
        at += len(line) + 1


def reminders_of(draft: CheckedDraft) -> list[str]:
    return names_of(draft.result["reminders"])


def word_report(draft: CheckedDraft) -> bytes:
    findings = told(draft)
    lines = [
        _("%(kind)s；%(count)s 处要看。规则能查出常见的不公平写法，不能代替律师。")
        % {"kind": kind_name(draft.kind), "count": len(findings)},
        *notes_of(draft.result["notes"]),
    ]
    return report(draft.name, draft.words, findings, lines)
