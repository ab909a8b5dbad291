"""Transactions and their entries. The database refuses one that does not balance, and any change afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .accounts import Account


class Zero(models.Model):
    """One row, 0. A transaction's total refers to it, deferred: a commit that does not balance fails."""

    id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.pk)


class Transaction(Slugged):
    """A movement of money between accounts, posted once under its key.

    ``request_hash`` tells whether the same key came with another request. ``total`` is kept by the database.
    """

    PREFIX = "T"

    class Kind(models.TextChoices):
        RECEIVE = "escrow.receive", _("托管到账")
        RELEASE = "escrow.release", _("放款分账")
        REFUND = "escrow.refund", _("退款")
        PAYOUT = "party.payout", _("已付到银行账户")
        REVERSAL = "reversal", _("冲正")
        ADJUSTMENT = "adjustment", _("调整")

    key = models.CharField(max_length=120, unique=True)
    request_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    currency = models.CharField(max_length=3, default="CNY")
    memo = models.CharField(max_length=400, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    total = models.ForeignKey(
        Zero, on_delete=models.DO_NOTHING, default=0, db_column="total", db_index=False, related_name="+"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Entry(models.Model):
    """One leg: fen that an account gets (positive) or gives. ``role`` says as what (see rules.Role)."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", db_index=False)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    role = models.CharField(max_length=20, blank=True)
    share_bp = models.IntegerField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["account", "id"], name="settlement_entry_by_account")]
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="settlement_entry_not_zero")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"
