"""Versions of the rule by which a deal's money is split."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock

from .. import rules


class SplitRule(models.Model):
    """A rule fixed at signing; never changed, a new version is added beside it."""

    reference = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference", "version"], name="settlement_rule_version")]

    def __str__(self) -> str:
        return f"{self.reference} v{self.version}"

    @property
    def rule(self) -> rules.SplitRule:
        return rules.SplitRule.from_json(self.content)
