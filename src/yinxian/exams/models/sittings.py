"""One person's exam: the paper drawn for them, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .bank import QuestionVersion
from .exams import Window


class Sitting(Slugged, Stateful):
    """From registration to result. The end is fixed at the start: the blueprint's minutes, at most to the window's end.

    ``seed`` and ``started_at`` give the same paper again. ``device`` is the SHA-256 of the one token that may answer;
    ``takeovers`` counts how often another device took over, ``refused`` how many other devices tried to answer.
    ``digest`` is the SHA-256 of the answers as handed in.
    """

    PREFIX = "XS"
    CODE = "exams.sitting_state"

    class State(models.TextChoices):
        REGISTERED = "registered", _("已报名")
        RUNNING = "running", _("作答中")
        SUBMITTED = "submitted", _("已交卷")
        RELEASED = "released", _("成绩已公布")
        WITHDRAWN = "withdrawn", _("已退考")
        ABSENT = "absent", _("缺考")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.REGISTERED: (State.RUNNING, State.WITHDRAWN, State.ABSENT),
        State.RUNNING: (State.SUBMITTED,),
        State.SUBMITTED: (State.RELEASED,),
        State.WITHDRAWN: (State.REGISTERED,),
    }

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="sittings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sittings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    seed = models.BigIntegerField(null=True)
    registered_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    by_clock = models.BooleanField(default=False)
    device = models.CharField(max_length=64, blank=True)
    takeovers = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-registered_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["window", "user"], name="exams_one_sitting")]
        indexes = [models.Index(fields=["state", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.window}"


class PaperItem(models.Model):
    """One question of one paper, worth whole ``points``; ``order`` is the ids of its options as shown.

    ``to_grade`` is how many people have still to grade it.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="items")
    points = models.PositiveSmallIntegerField()
    order = models.JSONField(default=list)
    to_grade = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sitting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "number"], name="exams_item_once"),
            models.UniqueConstraint(fields=["sitting", "version"], name="exams_question_once_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.number}"


class Answer(models.Model):
    """What is answered now; ``content`` as ``rules.answers`` checks it, {} when the answer was taken back."""

    item = models.OneToOneField(PaperItem, on_delete=models.PROTECT, related_name="answer")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.item)
