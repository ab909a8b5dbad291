"""What people and models do to the rules' reading: corrections of a line, drafts asked of a model."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock

from .briefs import Brief
from .needs import Need


class Correction(models.Model):
    """A line that the rules read and a person set right; never changed. ``was`` and ``now`` are the line's values in
    the brief, null where there was none."""

    class Kind(models.TextChoices):
        REMOVED = "removed", _("读错了，去掉")
        CHANGED = "changed", _("改了")
        ADDED = "added", _("漏了，补上")

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="corrections")
    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="corrections")
    line = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    quote = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["line", "kind"], name="market_correction_line")]

    def __str__(self) -> str:
        return f"{self.need}: {self.line} {self.kind}"


class ModelDraft(models.Model):
    """A brief asked of the model. ``dropped`` is what its answer said and the words do not hold."""

    class State(models.TextChoices):
        WAITING = "waiting", _("正在起草")
        DONE = "done", _("已写成新的一版")
        FAILED = "failed", _("没有用上")

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="drafts")
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=120, blank=True)
    dropped = models.JSONField(default=list)
    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=models.Q(state="waiting"), name="market_one_draft_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.state}"
