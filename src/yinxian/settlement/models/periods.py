"""Closed periods: what is booked in them stays as it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock


class Closing(models.Model):
    """Everything booked up to and including ``closed_to`` is closed, for good: there is no reopening.

    What was wrong is corrected by a reversal in the open period. ``digest`` is SHA-256 over the balances at the end of
    the period (canonical JSON: account code, fen), so that anyone can see later that they are still the same.
    """

    closed_to = models.DateField(unique=True)
    key = models.CharField(max_length=120, unique=True)
    transactions = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=400, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-closed_to"]

    def __str__(self) -> str:
        return self.closed_to.isoformat()
