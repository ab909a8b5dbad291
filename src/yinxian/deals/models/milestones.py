"""The payment plan: milestones, the bank receipts and invoices that go with each, disputes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful
from yinxian.settlement.rules import Split

from .deals import Deal


class Milestone(Slugged, Stateful):
    """One payment: funded into the deal's escrow, released on the buyer's acceptance and split at once.

    A deposit and the buyer's fee (a line of its own, on top of the contract) are released without material from
    the supplier. It may be released or refunded in parts: ``released_fen`` and ``refunded_fen`` say how much has gone
    which way, and ``split`` how all that was released was divided.
    """

    PREFIX = "S"
    CODE = "deals.milestone_state"

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("定金")
        PAYMENT = "payment", _("节点款")
        FEE = "fee", _("服务费（需方另付）")
        ROYALTY = "royalty", _("提成")

    class State(models.TextChoices):
        UNFUNDED = "unfunded", _("待托管")
        FUNDED = "funded", _("已托管")
        SUBMITTED = "submitted", _("已提交，待需方验收")
        CHANGES = "changes_requested", _("要求修改")
        RELEASED = "released", _("已放款")
        REFUNDED = "refunded", _("已退款")
        DISPUTED = "disputed", _("争议中")

    NEXT = {
        State.UNFUNDED: (State.FUNDED, State.REFUNDED),
        State.FUNDED: (State.UNFUNDED, State.SUBMITTED, State.RELEASED, State.REFUNDED, State.DISPUTED),
        State.SUBMITTED: (State.CHANGES, State.RELEASED, State.REFUNDED, State.DISPUTED),
        State.CHANGES: (State.SUBMITTED, State.REFUNDED, State.DISPUTED),
        State.DISPUTED: (State.FUNDED, State.SUBMITTED, State.CHANGES, State.RELEASED, State.REFUNDED),
    }
    HELD = (State.FUNDED, State.SUBMITTED, State.CHANGES, State.DISPUTED)

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("类型"), max_length=8, choices=Kind.choices, default=Kind.PAYMENT)
    title = models.CharField(_("节点"), max_length=120)
    acceptance = models.TextField(_("验收依据"), blank=True)
    amount_fen = models.BigIntegerField(_("金额"))
    due_on = models.DateField(_("应付日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=State.choices, default=State.UNFUNDED, db_index=True)
    changed_at = models.DateTimeField(default=clock.now)
    submission = models.TextField(_("提交说明"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changes = models.TextField(_("修改意见"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    transaction = models.ForeignKey(
        "settlement.Transaction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    split = models.JSONField(null=True, blank=True)
    released_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    last_key = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["deal", "position"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "position"], name="deals_milestone_position"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="deals_milestone_positive"),
            models.CheckConstraint(
                condition=models.Q(
                    released_fen__gte=0,
                    refunded_fen__gte=0,
                    amount_fen__gte=models.F("released_fen") + models.F("refunded_fen"),
                ),
                name="deals_milestone_parts_within",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left_fen(self) -> int:
        """What has been neither released nor refunded."""
        return self.amount_fen - self.released_fen - self.refunded_fen

    @property
    def kept_split(self) -> Split | None:
        return Split.from_json(self.split) if self.split else None


class KeptFile(Slugged):
    """A file as it was given; its hash proves that it is still the same."""

    file = models.FileField(_("文件"), upload_to="milestones/%Y/%m", blank=True)
    name = models.CharField(_("文件名"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class MilestoneFile(KeptFile):
    """Material for acceptance."""

    PREFIX = "J"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class BankReceipt(KeptFile):
    """银行回单: proof that money arrived for a milestone. ``key`` makes recording it twice one effect.

    One in a foreign currency says what arrived (``foreign``, in hundredths) and how much of it was exchanged at which
    rate; ``amount_fen`` is what that gave. One that was recorded wrongly stays, marked as undone with the reason; the
    books hold its opposite beside it.
    """

    PREFIX = "H"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=80, unique=True)
    amount_fen = models.BigIntegerField(_("到账金额"))
    number = models.CharField(_("回单编号"), max_length=60)
    paid_on = models.DateField(_("到账日期"))
    payer = models.CharField(_("付款户名"), max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    transaction = models.ForeignKey("settlement.Transaction", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    foreign = models.BigIntegerField(_("外币到账金额"), null=True, blank=True)
    exchange = models.ForeignKey(
        "settlement.Exchange", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    exchanged = models.BigIntegerField(_("其中结汇"), null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_why = models.CharField(_("撤销理由"), max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="deals_receipt_positive"),
            models.CheckConstraint(
                condition=models.Q(currency="CNY", foreign=None, exchanged=None, exchange=None)
                | models.Q(
                    ~models.Q(currency="CNY"),
                    exchange__isnull=False,
                    exchanged__gt=0,
                    foreign__gte=models.F("exchanged"),
                ),
                name="deals_receipt_foreign_whole",
            ),
            models.UniqueConstraint(
                fields=["milestone", "number"],
                condition=models.Q(undone_at=None),
                name="deals_receipt_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def rate(self) -> str:
        """The rate on record as one writes it; nothing for yuan."""
        return f"{self.exchange.rate.normalize():f}" if self.exchange else ""


class Invoice(KeptFile):
    """发票: asked for by the buyer, then sent by the supplier with number, date, amount and tax rate."""

    PREFIX = "P"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="invoices")
    amount_fen = models.BigIntegerField(_("价税合计"))
    tax_rate_bp = models.PositiveIntegerField(_("税率"), null=True, blank=True)
    number = models.CharField(_("发票号码"), max_length=40, blank=True)
    issued_on = models.DateField(_("开票日期"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "number"], condition=~models.Q(number=""), name="deals_invoice_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number or self.slug


class Dispute(models.Model):
    """A milestone in dispute: its money is frozen until both sides give the same answer.

    To divide it, both also name the same amount for the supplier (``…_fen``); the rest goes back to the buyer.
    """

    class Outcome(models.TextChoices):
        RELEASE = "release", _("照付给供方")
        REFUND = "refund", _("退还需方")
        DIVIDE = "divide", _("部分付给供方，其余退还需方")
        RESUME = "resume", _("继续履行")

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="disputes")
    state_before = models.CharField(max_length=20)
    reason = models.TextField(_("争议事由"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    buyer_answer = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    supplier_answer = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    buyer_fen = models.BigIntegerField(null=True, blank=True)
    supplier_fen = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"], condition=models.Q(decided_at=None), name="deals_one_open_dispute"
            )
        ]

    def agreed(self) -> bool:
        """Whether both sides have given the same answer, with the same amount where it has one."""
        same = self.buyer_answer == self.supplier_answer != ""
        return same and (self.buyer_answer != self.Outcome.DIVIDE or self.buyer_fen == self.supplier_fen)
