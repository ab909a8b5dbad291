"""A fee that is owed though the manager was bypassed (民法典 965)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.network.models import Organisation

from .transactions import Transaction


class Claim(Slugged):
    """What a client owes for an introduction that it used and went around.

    The ledger says how much of it is still open: the balance of the account ``claim:<slug>``. ``shares`` are the
    lines by which every payment is divided, as fixed when it was recorded.
    """

    PREFIX = "K"

    reference = models.CharField(max_length=40)
    debtor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    shares = models.JSONField()
    ground = models.CharField(max_length=2000)
    transaction = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="+")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_claim_positive"),
            models.UniqueConstraint(fields=["reference"], name="settlement_claim_once"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def code(self) -> str:
        """The account that holds what is claimed and not yet paid."""
        return f"claim:{self.slug}"
