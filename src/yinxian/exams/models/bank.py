"""The question bank of an association: questions, and what each asks, in versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.credentials.models import Module
from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Kind(models.TextChoices):
    """How a question is answered, and by whom it is graded: the short text by people, all others by rule."""

    SINGLE = "single", _("单选")
    SEVERAL = "several", _("多选")
    TRUTH = "truth", _("判断")
    NUMBER = "number", _("数值（带单位）")
    SHORT = "short", _("简答")
    CASE = "case", _("案例：把需求写成需求书")


class Difficulty(models.IntegerChoices):
    """What the author intends; what it was is in the statistics."""

    EASY = 1, _("易")
    MIDDLE = 2, _("中")
    HARD = 3, _("难")


def english() -> bool:
    return (get_language() or "").startswith("en")


class Question(Slugged):
    """A place in the bank. Module and kind never change; the words are in the versions.

    ``code`` is the author's own name for it, by which an import finds it again; unique in the bank where it is set.
    """

    PREFIX = "XQ"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(_("自编号"), max_length=40, blank=True)
    module = models.CharField(_("模块"), max_length=10, choices=Module.choices)
    kind = models.CharField(_("题型"), max_length=8, choices=Kind.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "code"], condition=~models.Q(code=""), name="exams_question_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.code or self.slug


class QuestionVersion(Stateful):
    """What a question asks, its key and its explanation. Never changed (the database refuses): an edit is a new one.

    ``options`` is [{"id", "text", "text_en"}] in the author's order; ``key`` see ``rules.keys``. Key, explanation and
    article are confidential until the results of a sitting are released. ``reviewed_at`` and ``retired_at`` say when it
    could be drawn.
    """

    CODE = "exams.question_state"

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        REVIEWED = "reviewed", _("已审")
        RETIRED = "retired", _("停用")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.DRAFT: (State.REVIEWED, State.RETIRED),
        State.REVIEWED: (State.RETIRED,),
    }

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    difficulty = models.PositiveSmallIntegerField(_("难度"), choices=Difficulty.choices, default=Difficulty.MIDDLE)
    tags = models.JSONField(_("标签"), default=list)
    text = models.TextField(_("题干"))
    text_en = models.TextField(_("题干（英文）"), blank=True)
    options = models.JSONField(default=list)
    key = models.JSONField(default=dict)
    explanation = models.TextField(_("解析"), blank=True)
    explanation_en = models.TextField(_("解析（英文）"), blank=True)
    article = models.CharField(_("依据"), max_length=200, blank=True)
    article_en = models.CharField(_("依据（英文）"), max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="exams_version_once"),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(state="reviewed"), name="exams_one_reviewed_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} v{self.number}"

    def _shown(self, name: str) -> str:
        mine, other = getattr(self, f"{name}_en"), getattr(self, name)
        return str(mine or other) if english() else str(other or mine)

    @property
    def shown_text(self) -> str:
        """In the reader's language; the other where this one is not written."""
        return self._shown("text")

    @property
    def shown_explanation(self) -> str:
        return self._shown("explanation")

    @property
    def shown_article(self) -> str:
        return self._shown("article")

    def option_texts(self) -> dict[str, str]:
        """The text of each option in the reader's language, by its id."""
        if self.question.kind == Kind.TRUTH:
            return {"true": str(_("对")), "false": str(_("错"))}
        return {one["id"]: _option_text(one) for one in self.options}


def _option_text(option: Mapping[str, Any]) -> str:
    mine, other = str(option.get("text_en", "")), str(option.get("text", ""))
    return (mine or other) if english() else (other or mine)
