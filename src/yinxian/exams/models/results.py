"""Scores of items, results of sittings, appeals. Scores and results are added, never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .sittings import PaperItem, Sitting


class Appeal(Slugged, Stateful):
    """A candidate doubts the score of one item; somebody who did not grade it answers with a reason."""

    PREFIX = "XA"
    CODE = "exams.appeal_state"

    class State(models.TextChoices):
        ASKED = "asked", _("待复核")
        GRANTED = "granted", _("已改分")
        REFUSED = "refused", _("维持原分")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {State.ASKED: (State.GRANTED, State.REFUSED)}

    item = models.OneToOneField(PaperItem, on_delete=models.PROTECT, related_name="appeal")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(_("理由"))
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("答复"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class Score(models.Model):
    """What one grader, or the rule, gave an item, in hundredths of a point. Each is a row of its own, for ever.

    ``lines`` explains it: [{"what", "key", "said", "hundredths", "of"}] (see ``rules.scoring``).
    """

    class By(models.TextChoices):
        RULE = "rule", _("按规则")
        FIRST = "first", _("第一位阅卷人")
        SECOND = "second", _("第二位阅卷人")
        THIRD = "third", _("第三位阅卷人")
        APPEAL = "appeal", _("复核")
        VOID = "void", _("题目作废")

    item = models.ForeignKey(PaperItem, on_delete=models.PROTECT, related_name="scores")
    by = models.CharField(max_length=8, choices=By.choices)
    hundredths = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    note = models.TextField(blank=True)
    grader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "by"], name="exams_one_score_each"),
            models.UniqueConstraint(
                fields=["item", "grader"], condition=models.Q(grader__isnull=False), name="exams_grades_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.by} {self.hundredths}"


class Result(models.Model):
    """The result of a sitting, in versions: the first at the release, another with each appeal that was granted.

    ``by_module`` is {module: {"hundredths", "points"}}; ``score_bp`` the share of all points in basis points.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    hundredths = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    score_bp = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    by_module = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sitting", "-number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="exams_result_once")]

    def __str__(self) -> str:
        return f"{self.sitting} {self.score_bp}"
