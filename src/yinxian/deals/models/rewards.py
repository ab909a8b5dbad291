"""What a supplier lays down beforehand about its reward, so that signing fixes the split by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinxian.kernel import clock
from yinxian.settlement.rules import STAFF_FLOOR_BP

from .deals import Deal


class RewardRule(models.Model):
    """The reward of a supplier's deals, of one result, or of one deal; at signing the narrowest that is stored counts.

    ``inventors`` are ``{"name", "bp"}``, with ``"user"`` where the person has an account; none means one line for the
    whole team. ``staff`` are ``{"user", "name", "bp"}`` of the transfer staff's part; none is one line for the office.
    ``direct_costs_fen`` belongs to a deal alone.
    """

    supplier = models.OneToOneField("network.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.OneToOneField("market.Result", on_delete=models.PROTECT, null=True, related_name="+")
    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    reward_bp = models.PositiveIntegerField()
    staff_bp = models.PositiveIntegerField(default=STAFF_FLOOR_BP)
    inventors = models.JSONField(default=list)
    staff = models.JSONField(default=list)
    staff_since = models.DateField(null=True)
    staff_until = models.DateField(null=True)
    direct_costs_fen = models.BigIntegerField(default=0)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deals_reward_of_one",
                condition=Q(supplier__isnull=False, result=None, deal=None)
                | Q(supplier=None, result__isnull=False, deal=None)
                | Q(supplier=None, result=None, deal__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.deal or self.result or self.supplier} v{self.version}"

    def given(self) -> dict[str, Any]:
        """What of the rule can be read in JSON."""
        people, staff = (
            [{"name": one["name"], "bp": one["bp"]} for one in named] for named in (self.inventors, self.staff)
        )
        numbers = {"reward_bp": self.reward_bp, "staff_bp": self.staff_bp, "direct_costs_fen": self.direct_costs_fen}
        return {**numbers, "inventors": people, "staff": staff, "version": self.version}
