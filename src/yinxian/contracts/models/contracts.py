"""Contracts: what the two sides agree, made from a template of a version and the particulars of the case."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Side(models.TextChoices):
    BUYER = "buyer", _("需方")
    SUPPLIER = "supplier", _("供方")
    BROKER = "broker", _("中介方")


class Contract(Slugged, Stateful):
    """``data`` holds the particulars, keyed as the template's fields; the clauses come from the template of
    ``template_version``, which never changes. Any change raises ``revision``; an approval holds for one revision.

    A brokerage contract is between the broker and its ``client`` (one of buyer and supplier); the other kinds are
    between buyer and supplier. The broker is an organisation or, where a manager works alone, a person.
    """

    PREFIX = "C"
    CODE = "contracts.contract_state"

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", _("技术开发合同")
        ASSIGNMENT = "assignment", _("技术转让合同")
        LICENCE = "licence", _("技术许可合同")
        CONSULTING = "consulting", _("技术咨询合同")
        SERVICE = "service", _("技术服务合同")
        BROKERAGE = "brokerage", _("技术中介合同")
        NDA = "nda", _("保密协议")
        INTENT = "intent", _("合作意向书")
        TEAM = "team", _("分成协议")

    class SubKind(models.TextChoices):
        COMMISSIONED = "commissioned", _("委托开发")
        COOPERATIVE = "cooperative", _("合作开发")
        PATENT_RIGHT = "patent_right", _("专利权转让")
        APPLICATION = "application", _("专利申请权转让")
        KNOW_HOW = "know_how", _("技术秘密转让")
        SOFTWARE = "software", _("软件著作权转让")
        PATENT = "patent", _("专利实施许可")
        SECRET = "secret", _("技术秘密使用许可")
        OTHER_IP = "other_ip", _("其他知识产权许可")
        TRY_FIRST = "try_first", _("先用后转")
        CONSULTING = "consulting", _("技术咨询")
        SERVICE = "service", _("一般技术服务")
        TRAINING = "training", _("技术培训")
        BROKERAGE = "brokerage", _("技术中介")
        NDA = "nda", _("保密")
        INTENT = "intent", _("意向")
        TEAM = "team", _("技术经理人分成")

    class Language(models.TextChoices):
        ZH = "zh", _("中文")
        EN = "en", _("英文")
        BOTH = "both", _("中英对照（以中文为准）")

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        OFFERED = "offered", _("待双方确认")
        AGREED = "agreed", _("双方已确认")
        CANCELLED = "cancelled", _("已作废")

    SUB_KINDS = {
        Kind.DEVELOPMENT: (SubKind.COMMISSIONED, SubKind.COOPERATIVE),
        Kind.ASSIGNMENT: (SubKind.PATENT_RIGHT, SubKind.APPLICATION, SubKind.KNOW_HOW, SubKind.SOFTWARE),
        Kind.LICENCE: (SubKind.PATENT, SubKind.SECRET, SubKind.OTHER_IP, SubKind.TRY_FIRST),
        Kind.CONSULTING: (SubKind.CONSULTING,),
        Kind.SERVICE: (SubKind.SERVICE, SubKind.TRAINING),
        Kind.BROKERAGE: (SubKind.BROKERAGE,),
        Kind.NDA: (SubKind.NDA,),
        Kind.INTENT: (SubKind.INTENT,),
        Kind.TEAM: (SubKind.TEAM,),
    }
    BESIDE = (Kind.BROKERAGE, Kind.NDA, Kind.INTENT, Kind.TEAM)
    """Kinds that stand beside a deal's own technology contract and never are it."""
    NEXT = {
        State.DRAFT: (State.OFFERED, State.CANCELLED),
        State.OFFERED: (State.DRAFT, State.AGREED, State.CANCELLED),
        State.AGREED: (),
        State.CANCELLED: (),
    }

    number = models.CharField(_("合同编号"), max_length=20, unique=True)
    kind = models.CharField(_("合同类别"), max_length=12, choices=Kind.choices)
    sub_kind = models.CharField(_("子类"), max_length=14, choices=SubKind.choices)
    template_version = models.CharField(_("模板版本"), max_length=20)
    own_template = models.ForeignKey(
        "contracts.OwnTemplateVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    language = models.CharField(_("合同文字"), max_length=4, choices=Language.choices, default=Language.ZH)
    title = models.CharField(_("合同名称"), max_length=200)
    reference = models.CharField(_("关联编号"), max_length=40, blank=True)
    buyer = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="contracts_as_buyer")
    supplier = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="contracts_as_supplier")
    broker = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="contracts_as_broker"
    )
    broker_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    client = models.CharField(_("委托方"), max_length=10, choices=Side.choices[:2], blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="contracts_handled"
    )
    data = models.JSONField(default=dict)
    amount_fen = models.BigIntegerField(_("合同金额"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    revision = models.PositiveIntegerField(default=1)
    offered_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(_("签订日期"), null=True, blank=True)
    on_paper = models.BooleanField(_("纸质盖章"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_fen=None) | models.Q(amount_fen__gte=0), name="contracts_amount_not_below_0"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def sides(self) -> tuple[str, ...]:
        """Who must agree."""
        if self.kind == self.Kind.TEAM:
            return tuple(part.side for part in self.parts.all())
        if self.kind == self.Kind.BROKERAGE:
            return (self.client, Side.BROKER.value)
        return (Side.BUYER.value, Side.SUPPLIER.value)

    def organisation_of(self, side: str) -> int | None:
        """The id of the organisation that stands on a side; None for a manager who works alone."""
        if part := self.part_of(side):
            member: int | None = part.organisation_id
            return member
        return {"buyer": self.buyer_id, "supplier": self.supplier_id, "broker": self.broker_id}[side]

    def part_of(self, side: str) -> Any:
        """The member of a sharing agreement who stands for a side."""
        return next((part for part in self.parts.all() if part.side == side), None) if side[0] == "m" else None

    def name_of(self, side: str) -> Any:
        """The person or organisation that stands on a side."""
        if part := self.part_of(side):
            return part.user or part.organisation
        return getattr(self, side) or self.broker_user


class Scan(Slugged):
    """A contract that was printed, stamped and scanned. The stamps are compared by people."""

    PREFIX = "S"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="scans")
    file = models.FileField(_("扫描件"), upload_to="contracts/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(_("页数"))
    sha256 = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """One side's yes to one revision: to the text (``scan`` is empty) or to a stamped scan.

    ``digest`` is the SHA-256 of what was approved: the canonical particulars, or the scan.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="approvals")
    side = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals")
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side", "digest"],
                condition=models.Q(cancelled_at=None),
                name="contracts_one_yes_a_side",
            )
        ]


class ContractNumber(models.Model):
    """The last number given in a year; locked by whoever takes the next."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
