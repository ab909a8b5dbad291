"""Who takes a seat in a term, who waits for one, and how it ended."""

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

from .terms import Term


class Enrolment(Slugged, Stateful):
    """A person and a term. Those who wait move up in the order in which they asked (``asked_at``, then the row).

    ``minutes`` by kind of module is what counted when the term was finished; ``fact`` the journal entry that says so.
    """

    PREFIX = "B"
    CODE = "training.enrolment_state"

    class State(models.TextChoices):
        SEATED = "seated", pgettext_lazy("enrolment", "已录取")
        WAITING = "waiting", pgettext_lazy("enrolment", "候补")
        GIVEN_UP = "given_up", pgettext_lazy("enrolment", "已退出")
        COMPLETED = "completed", pgettext_lazy("enrolment", "学完")
        INCOMPLETE = "incomplete", pgettext_lazy("enrolment", "未学完")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.WAITING: (State.SEATED, State.GIVEN_UP),
        State.SEATED: (State.GIVEN_UP, State.COMPLETED, State.INCOMPLETE),
        State.COMPLETED: (State.INCOMPLETE,),
        State.INCOMPLETE: (State.COMPLETED,),
    }
    IN = (State.SEATED, State.COMPLETED, State.INCOMPLETE)

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField(default=clock.now)
    seated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    paid_fen = models.PositiveBigIntegerField(_("已交学费"), default=0)
    paid_on = models.DateField(_("到账日期"), null=True, blank=True)
    paid_note = models.CharField(_("凭证"), max_length=120, blank=True)
    minutes = models.JSONField(default=dict)
    fact = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["term", "state", "asked_at"]), models.Index(fields=["user", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "user"], condition=~models.Q(state="given_up"), name="training_enrolled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.term}"
