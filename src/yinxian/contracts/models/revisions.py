"""What a contract said in each of its revisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock

from .contracts import Contract


class Revision(models.Model):
    """Written once with each revision, never changed."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    sub_kind = models.CharField(max_length=14)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contracts_one_row_a_revision"),
        ]
