"""Conversions: two transactions, each in one currency, linked by a stated rate."""

from __future__ import annotations

from django.db import models

from .transactions import Transaction


class Exchange(models.Model):
    """What was sold and what was bought for it. ``rate`` is units of the bought currency for one of the sold."""

    sold = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="exchange_sold")
    bought = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="exchange_bought")
    rate = models.DecimalField(max_digits=20, decimal_places=8)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(rate__gt=0), name="settlement_rate_positive")]

    def __str__(self) -> str:
        return f"{self.sold_id} -> {self.bought_id}"
