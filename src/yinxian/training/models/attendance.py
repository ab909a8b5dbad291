"""Who was there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock

from .enrolments import Enrolment
from .sessions import Session


class Attendance(models.Model):
    """Whether a learner was at a session, and who says so; what it was before a correction stands in the journal."""

    class How(models.TextChoices):
        SCANNED = "code", _("扫码")
        LIST = "list", _("点名")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    present = models.BooleanField(default=True)
    how = models.CharField(max_length=4, choices=How.choices)
    marked_at = models.DateTimeField(default=clock.now)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["session", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="training_there_once")]

    def __str__(self) -> str:
        return f"{self.enrolment.user} {self.session}"
