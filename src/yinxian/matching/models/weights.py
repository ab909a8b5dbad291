"""Versions of the ranking's weights (排序权重), each with what it was learned from and how it was tried."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock


class RankingWeights(models.Model):
    """``multiples`` are of the prior, by part. Shares are basis points of held-out pairs in the right order."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")
        TURNED_BACK = "turned_back", _("试过，没有用")
        RETIRED = "retired", _("用过")

    number = models.PositiveIntegerField(_("版本"), unique=True)
    multiples = models.JSONField(_("倍数"), default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices)
    decisions = models.PositiveIntegerField(_("决定"), default=0)
    pairs = models.PositiveIntegerField(_("比过的对"), default=0)
    held_out = models.PositiveIntegerField(_("留作检验的对"), default=0)
    before_bp = models.PositiveIntegerField(_("原来排对"), default=0)
    after_bp = models.PositiveIntegerField(_("新的排对"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="in_use"), name="matching_one_version_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"v{self.number}"
