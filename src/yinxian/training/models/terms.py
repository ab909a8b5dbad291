"""Terms: one run of a course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .courses import Course


class Term(Slugged, Stateful):
    """A run of a course with dates, seats and teachers. Money is recorded only: ``fee_fen`` is what a seat costs."""

    PREFIX = "Y"
    CODE = "training.term_state"
    MOST_SEATS = 900  # the roll of a session is one form, and a form holds a thousand fields

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("term", "筹备")
        OPEN = "open", pgettext_lazy("term", "招生")
        FINISHED = "finished", pgettext_lazy("term", "已结业")
        CANCELLED = "cancelled", pgettext_lazy("term", "已取消")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.DRAFT: (State.OPEN, State.CANCELLED),
        State.OPEN: (State.FINISHED, State.CANCELLED),
    }
    LIVE = (State.DRAFT, State.OPEN)

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(_("班名"), max_length=60)
    starts_on = models.DateField(_("开班"))
    ends_on = models.DateField(_("结束"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    seats = models.PositiveIntegerField(_("名额"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)])
    fee_fen = models.PositiveBigIntegerField(_("学费"), default=0)
    material = models.TextField(_("教材与资料"), max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["course", "state", "starts_on"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="training_a_seat_at_least"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="training_term_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["course", "name"], condition=~models.Q(state="cancelled"), name="training_term_name_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.name}"

    @property
    def live(self) -> bool:
        """Whether anything of it may still change: neither finished nor cancelled."""
        return self.state in self.LIVE


class Teaching(models.Model):
    """A person teaches in a term."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="teachings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="teachings")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["term", "user"], name="training_teacher_once")]

    def __str__(self) -> str:
        return str(self.user)


class TermFile(Slugged):
    """Teaching material: for those in the term, its teachers and the association."""

    PREFIX = "F"

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(_("文件"), upload_to="training/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["term", "sha256"], name="training_file_once")]

    def __str__(self) -> str:
        return self.name
