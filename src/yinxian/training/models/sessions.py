"""When and where a term meets, and the secret of a person's calendar address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.credentials.models import Module
from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .terms import Term


class Session(Slugged):
    """One meeting of a term. ``sequence`` counts its changes (RFC 5545, 3.8.7.4); a cancelled one stays in the
    calendars as cancelled. ``link`` is where an online meeting is: for those in the term only."""

    PREFIX = "H"

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(_("模块"), max_length=10, choices=Module.choices)
    topic = models.CharField(_("讲什么"), max_length=120)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    link = models.URLField(_("线上地址"), max_length=300, blank=True)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_taught",
        verbose_name=_("教师"),
    )
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    listed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["teacher", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="training_session_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def minutes(self) -> int:
        """Its length; what somebody who was there gets."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class CalendarKey(models.Model):
    """The number that a person's calendar address is derived from; renewing it ends the old address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    number = models.PositiveIntegerField(default=1)
    renewed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.user} {self.number}"
