"""The bank account in which an organisation keeps escrow, its statements, and orders to pay out of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .accounts import Account
from .transactions import Entry, Transaction


class BankDetails(Slugged):
    """Whose bank account: holder, number, bank. ``bank_code`` is a BIC or the twelve digits of CNAPS (联行号)."""

    holder = models.CharField(_("户名"), max_length=120)
    number = models.CharField(_("账号"), max_length=34)
    bank_name = models.CharField(_("开户行"), max_length=120)
    bank_code = models.CharField(_("联行号或 BIC"), max_length=12, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class BankAccount(BankDetails):
    """Where an association or an agency holds the escrow of the deals that it keeps."""

    PREFIX = "B"

    organisation = models.OneToOneField("network.Organisation", on_delete=models.PROTECT, related_name="bank_held")
    foreign_number = models.CharField(_("外币账号"), max_length=34, blank=True)

    def numbers(self, currency: str) -> tuple[str, ...]:
        """Under which numbers a statement in that currency may come; one number may hold several currencies."""
        foreign = currency != "CNY" and self.foreign_number
        return (self.number, self.foreign_number) if foreign else (self.number,)

    def __str__(self) -> str:
        return f"{self.holder} {self.number}"


class Payee(BankDetails):
    """Where the owner of a party's account wants to be paid."""

    PREFIX = "B"

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="payee")

    def __str__(self) -> str:
        return f"{self.holder} {self.number}"


class BankFile(Slugged):
    """A statement as it came, its balances in hundredths of its currency; the same file is taken once."""

    PREFIX = "W"

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=12)
    lines_count = models.PositiveIntegerField()
    known_count = models.PositiveIntegerField(default=0)
    opening_fen = models.BigIntegerField(null=True)
    closing_fen = models.BigIntegerField(null=True)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["bank_account", "sha256"], name="settlement_bank_file_once")]

    def __str__(self) -> str:
        return self.name


class BankLine(Slugged):
    """A movement at the bank, known by ``key`` whatever file it comes in. Booked once, or ignored with a reason.

    ``amount_fen`` is in hundredths of ``currency``; what is not in yuan is booked at a stated rate only.
    """

    PREFIX = "L"

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        BOOKED = "booked", _("已入账")
        IGNORED = "ignored", _("已忽略")

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    booked_on = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    end_to_end = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN, db_index=True)
    reason = models.CharField(max_length=300, blank=True)
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "key"], name="settlement_bank_line_once"),
            models.CheckConstraint(condition=~models.Q(amount_fen=0), name="settlement_bank_line_not_zero"),
            models.CheckConstraint(
                condition=models.Q(state="booked", transaction__isnull=False)
                | (~models.Q(state="booked") & models.Q(transaction=None)),
                name="settlement_booked_has_transaction",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.slug

    @property
    def foreign(self) -> bool:
        return self.currency != "CNY"

    @property
    def number(self) -> str:
        """What stands as the number of the bank's receipt."""
        return self.reference or self.slug


class PaymentOrder(Slugged):
    """An order to the bank to pay out what was released; written as pain.001 and as a table.

    One that was cancelled, with the reason, stays on record; what it was to pay can be ordered again.
    """

    PREFIX = "Z"

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="orders")
    execute_on = models.DateField(_("付款日期"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_why = models.CharField(_("作废理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.slug


class PaymentItem(Slugged):
    """One payment of an order, for one entry of a release; an entry is ordered once. None: its order was cancelled."""

    PREFIX = "Z"

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="items")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="payment_item")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    holder = models.CharField(max_length=120)
    number = models.CharField(max_length=34)
    bank_name = models.CharField(max_length=120, blank=True)
    bank_code = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=140, blank=True)
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_item_positive")]

    def __str__(self) -> str:
        return self.slug
