"""Internships: practice on a real deal, signed by the mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Internship(Slugged, Stateful):
    """Asked for by the trainee; the mentor, a manager in the team of a running deal, accepts and names the deal.

    The trainee learns of the deal its number and field, nothing else, unless they are in its team.
    """

    PREFIX = "I"
    CODE = "training.internship_state"
    DAY = 8  # hours that make a day of practice
    MOST_HOURS = 2000

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("internship", "等导师答复")
        RUNNING = "running", pgettext_lazy("internship", "进行中")
        DECLINED = "declined", pgettext_lazy("internship", "未接受")
        STOPPED = "stopped", pgettext_lazy("internship", "已中止")
        SIGNED = "signed", pgettext_lazy("internship", "已签认")

    class Verdict(models.TextChoices):
        PASSED = "passed", _("合格")
        FAILED = "failed", _("不合格")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.ASKED: (State.RUNNING, State.DECLINED, State.STOPPED),
        State.RUNNING: (State.SIGNED, State.STOPPED),
    }
    OPEN = (State.ASKED, State.RUNNING)

    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="internships")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trainees")
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, null=True, related_name="internships")
    aim = models.TextField(_("想学什么"), max_length=1000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    hours = models.PositiveIntegerField(_("小时"), null=True, blank=True)
    verdict = models.CharField(_("结论"), max_length=8, choices=Verdict.choices, blank=True)
    review = models.TextField(_("导师评语"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "mentor"],
                condition=models.Q(state__in=["asked", "running"]),
                name="training_one_open_internship",
            )
        ]

    def __str__(self) -> str:
        return f"{self.trainee} · {self.mentor}"

    @property
    def days(self) -> int:
        """Whole days that the mentor signed."""
        return (self.hours or 0) // self.DAY


class InternshipNote(models.Model):
    """What the trainee did in a week; ``week`` is its Monday. Written again it replaces, until the mentor signs."""

    internship = models.ForeignKey(Internship, on_delete=models.PROTECT, related_name="notes")
    week = models.DateField(_("哪一周"))
    hours = models.PositiveSmallIntegerField(_("小时"))
    text = models.TextField(_("做了什么"), max_length=2000)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-week"]
        constraints = [models.UniqueConstraint(fields=["internship", "week"], name="training_note_a_week")]

    def __str__(self) -> str:
        return f"{self.week}"
