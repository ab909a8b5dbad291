"""Briefs (需求书): versions of the translation of a need."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock

from .needs import Need


class Brief(models.Model):
    """One version. ``content`` is as ``market.intake.make_brief`` gives it; a version is never changed,
    only signed off by the client once."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="briefs")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("改动说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    signed_off_at = models.DateTimeField(null=True)
    signed_off_by = models.CharField(_("签认人"), max_length=120, blank=True)

    class Meta:
        ordering = ["need", "number"]
        constraints = [models.UniqueConstraint(fields=["need", "number"], name="market_brief_number_once")]

    def __str__(self) -> str:
        return f"{self.need} v{self.number}"


class BriefComment(models.Model):
    """What the client found wrong in a version; said through the link or in the product, never changed."""

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by_name = models.CharField(max_length=120)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.brief}"
