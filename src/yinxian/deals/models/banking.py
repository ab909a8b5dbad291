"""Which line of a bank statement was booked as which receipt."""

from __future__ import annotations

from django.db import models

from .milestones import BankReceipt


class BankMatch(models.Model):
    """A line and the receipt that it became; each of them once."""

    line = models.OneToOneField("settlement.BankLine", on_delete=models.PROTECT, related_name="match")
    receipt = models.OneToOneField(BankReceipt, on_delete=models.PROTECT, related_name="bank_match")

    def __str__(self) -> str:
        return f"{self.line_id} -> {self.receipt_id}"
