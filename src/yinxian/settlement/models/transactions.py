"""Transactions and their entries. The database refuses one that does not balance, and any change afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .accounts import Account
from .rules import SplitRule


class Zero(models.Model):
    """One row, 0. A transaction's total refers to it, deferred: a commit that does not balance fails."""

    id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.pk)


class Transaction(Slugged):
    """A movement of money between accounts, posted once under its key.

    ``request_hash`` tells whether the same key came with another request. ``at`` is when it was recorded, ``booked_on``
    the day in whose period it counts. ``legs`` says how many entries it has: all of them, from its commit on.
    ``rule`` is the version of the rule by which a release was split; ``due_fen`` and ``costs_fen`` are what of the fee
    and of the direct costs it used up. ``total`` is kept by the database (see guards). Neither a rule nor a person is
    ever removed, so that no foreign key has to lock them for every release; `yinxian check` asks whether they are
    there.
    """

    PREFIX = "T"

    class Kind(models.TextChoices):
        RECEIVE = "escrow.receive", _("托管到账")
        RELEASE = "escrow.release", _("放款分账")
        REFUND = "escrow.refund", _("退款")
        PAYOUT = "party.payout", _("已付到银行账户")
        REVERSAL = "reversal", _("冲正")
        ADJUSTMENT = "adjustment", _("调整")
        EXCHANGE = "exchange", _("换汇")
        CLAIM = "claim", _("主张报酬")
        CLAIM_PAID = "claim.paid", _("主张的报酬到账")
        CLAIM_DROPPED = "claim.dropped", _("放弃主张")

    slug = models.SlugField(max_length=16, db_index=False, editable=False)
    key = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    currency = models.CharField(max_length=3, default="CNY")
    memo = models.CharField(max_length=400, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    total = models.ForeignKey(
        Zero, on_delete=models.DO_NOTHING, default=0, db_column="total", db_index=False, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    at = models.DateTimeField(default=clock.now)
    booked_on = models.DateField(default=clock.today)
    legs = models.SmallIntegerField()
    rule = models.ForeignKey(
        SplitRule, on_delete=models.PROTECT, null=True, blank=True, db_constraint=False, related_name="releases"
    )
    due_fen = models.BigIntegerField(default=0)
    costs_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="settlement_key_once"),
            models.UniqueConstraint(fields=["slug"], name="settlement_transaction_slug"),
            models.CheckConstraint(condition=models.Q(legs__gte=2, legs__lte=500), name="settlement_two_legs_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Entry(models.Model):
    """One leg: fen that an account gets (positive) or gives. ``role`` says as what (see rules.Role).

    ``line`` counts within the transaction, ``number`` within the account. ``balance`` and ``came`` are the account's
    after it, so that a statement to any moment is one look at one row; ``at`` is the transaction's and never goes
    back within an account. The database checks each of them against the entry before. That its transaction and its
    account are there, and stay, the guards see to as well: foreign keys would ask the same again, twelve times a
    release.
    """

    transaction = models.ForeignKey(
        Transaction, on_delete=models.PROTECT, related_name="entries", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="entries", db_index=False, db_constraint=False
    )
    line = models.SmallIntegerField()
    number = models.BigIntegerField()
    amount = models.BigIntegerField()
    balance = models.BigIntegerField()
    came = models.BigIntegerField()
    at = models.DateTimeField()
    currency = models.CharField(max_length=3, default="CNY")
    role = models.CharField(max_length=20, blank=True)
    share_bp = models.IntegerField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["account", "at", "number"], name="settlement_entry_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["transaction", "line"], name="settlement_entry_line"),
            models.UniqueConstraint(fields=["account", "number"], name="settlement_entry_number"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="settlement_entry_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"
