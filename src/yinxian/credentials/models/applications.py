"""Somebody asks for a level; the association answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from .levels import Level, LevelVersion


class Application(Slugged, Stateful):
    """``version`` is what the level asked on the day; ``answers`` what was met then, and by which facts."""

    PREFIX = "A"
    CODE = "credentials.application_state"

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待评定")
        AWARDED = "awarded", _("已授予")
        REFUSED = "refused", _("未授予")
        WITHDRAWN = "withdrawn", _("已撤回")

    NEXT: ClassVar[Mapping[str, Sequence[str]]] = {
        State.SUBMITTED: (State.AWARDED, State.REFUSED, State.WITHDRAWN),
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="level_applications")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="applications")
    version = models.ForeignKey(LevelVersion, on_delete=models.PROTECT, related_name="+")
    renews = models.ForeignKey("credentials.Credential", on_delete=models.PROTECT, null=True, related_name="renewals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    statement = models.TextField(_("想补充的话"), blank=True)
    answers = models.JSONField(default=list)
    submitted_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "level"], condition=models.Q(state="submitted"), name="credentials_one_open_application"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.level}"
