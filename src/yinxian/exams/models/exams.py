"""What is examined, by which blueprint, when, and who grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .bank import english


class Exam(Slugged):
    """An exam of an association. A pass counts towards ``level`` where one is set."""

    PREFIX = "XE"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="exams")
    level = models.ForeignKey(
        "credentials.Level", on_delete=models.PROTECT, null=True, blank=True, related_name="exams"
    )
    title = models.CharField(_("考试名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "pk"]
        constraints = [models.UniqueConstraint(fields=["association", "title"], name="exams_exam_title_once")]

    def __str__(self) -> str:
        return self.title_en if self.title_en and english() else self.title


class Blueprint(models.Model):
    """One version of how a paper is made. A sitting names the one it was drawn by, so a new one changes none.

    ``rows`` is [{"module", "kind", "difficulty" (0: any), "count", "points" (each)}]. ``pass_bp`` is the pass mark in
    basis points of all points. ``differ_bp``: two graders who are further apart than this part of an item's points are
    followed by a third. ``appeal_days`` is how many days after the release an appeal may be made.
    """

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="blueprints")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"))
    pass_bp = models.PositiveSmallIntegerField(_("及格线"))
    differ_bp = models.PositiveSmallIntegerField(default=2000)
    appeal_days = models.PositiveSmallIntegerField(default=7)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["exam", "-number"]
        constraints = [models.UniqueConstraint(fields=["exam", "number"], name="exams_blueprint_once")]

    def __str__(self) -> str:
        return f"{self.exam} v{self.number}"

    @property
    def questions(self) -> int:
        return sum(row["count"] for row in self.rows)

    @property
    def points(self) -> int:
        return sum(row["count"] * row["points"] for row in self.rows)


class Window(Slugged, Stateful):
    """When an exam may be sat, by whom, with how many places.

    ``reminded_at``, ``opening_told_at`` and ``closing_told_at`` are when those registered were told that it is near,
    has begun and is about to end; each once.
    """

    PREFIX = "XW"
    CODE = "exams.window_state"

    class State(models.TextChoices):
        OPEN = "open", _("开放报名")
        RELEASED = "released", _("成绩已公布")
        CANCELLED = "cancelled", _("已取消")

    class ForWhom(models.TextChoices):
        NETWORK = "network", _("协作网络里的人")
        ASSOCIATION = "association", _("本会的技术经理人")
        LISTED = "listed", _("本会登记的人")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {State.OPEN: (State.RELEASED, State.CANCELLED)}

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="windows")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="windows")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opens_at = models.DateTimeField(_("开始"))
    closes_at = models.DateTimeField(_("结束"))
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    for_whom = models.CharField(_("谁能报名"), max_length=12, choices=ForWhom.choices, default=ForWhom.NETWORK)
    shows_paper = models.BooleanField(_("公布成绩后，考生能看自己的卷面、答案和解析"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    opening_told_at = models.DateTimeField(null=True)
    closing_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_at", "-pk"]

    def __str__(self) -> str:
        return str(self.exam)


class Grader(models.Model):
    """Someone whom an association asked to grade, until it ends."""

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="graders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="gradings")
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "user"], condition=models.Q(ended_at=None), name="exams_grader_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.association}"
