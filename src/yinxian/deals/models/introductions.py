"""Introductions (引荐): the pair that a manager brings together, the terms, and both sides' acknowledgement."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Introduction(Slugged, Stateful):
    """Contacts are shown to both sides only once both have acknowledged.

    ``fee_ladder`` is [{"up_to_fen": int | None, "bp": int}], ascending, the last without a bound: each rate is
    for the part of the amount inside its tier. ``protected_until`` is the last day of the protection period, in
    which 民法典 965 keeps the fee due to the manager. ``earlier`` is the record of the same pair and subject that
    stood before this one; whoever reads this one learns only that it exists and since when.
    """

    PREFIX = "Y"
    CODE = "deals.introduction_state"

    class State(models.TextChoices):
        DRAFT = "draft", _("拟条款")
        SHARES_PENDING = "shares_pending", _("待团队同意分成")
        OFFERED = "offered", _("待双方确认")
        ACKNOWLEDGED = "acknowledged", _("双方已确认")
        DECLINED = "declined", _("有一方不认可")
        WITHDRAWN = "withdrawn", _("已撤回")
        EXPIRED = "expired", _("已过期")

    NEXT = {
        State.DRAFT: (State.SHARES_PENDING, State.WITHDRAWN),
        State.SHARES_PENDING: (State.DRAFT, State.OFFERED, State.WITHDRAWN),
        State.OFFERED: (State.ACKNOWLEDGED, State.DECLINED, State.WITHDRAWN, State.EXPIRED),
    }

    class FeeKind(models.TextChoices):
        RATE = "rate", _("按比例")
        LADDER = "ladder", _("按金额分档")
        FIXED = "fixed", _("固定金额")

    class Payer(models.TextChoices):
        SUPPLIER = "supplier", _("供方支付")
        BUYER = "buyer", _("需方支付")
        BOTH = "both", _("双方各付一半")

    class Trigger(models.TextChoices):
        CONTRACT = "contract", _("技术合同成立时")
        RELEASE = "release", _("每次放款时")
        ACCEPTANCE = "acceptance", _("最终验收通过时")

    class Costs(models.TextChoices):
        MANAGER = "manager", _("经理人自己承担")
        PAYER = "payer", _("由付费方承担，须事先书面同意")
        SHARED = "shared", _("双方与经理人三方平摊，须事先书面同意")

    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, related_name="introductions")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, related_name="introductions")
    buyer = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="introductions")
    agency = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(_("引荐事项"), max_length=200)
    state = models.CharField(_("状态"), max_length=16, choices=State.choices, default=State.DRAFT, db_index=True)

    fee_kind = models.CharField(_("报酬方式"), max_length=8, choices=FeeKind.choices, default=FeeKind.RATE)
    fee_rate_bp = models.PositiveIntegerField(_("报酬比例"), null=True, blank=True)
    fee_ladder = models.JSONField(_("分档比例"), default=list, blank=True)
    fee_fixed_fen = models.BigIntegerField(_("固定报酬"), null=True, blank=True)
    payer = models.CharField(_("由谁支付"), max_length=8, choices=Payer.choices, default=Payer.SUPPLIER)
    trigger = models.CharField(_("何时应付"), max_length=10, choices=Trigger.choices, default=Trigger.RELEASE)
    days_to_pay = models.PositiveSmallIntegerField(_("应付后几日内付清"), default=15)
    costs = models.CharField(_("未促成时的费用"), max_length=8, choices=Costs.choices, default=Costs.MANAGER)
    protection_months = models.PositiveSmallIntegerField(
        _("保护期（月）"), default=24, validators=[MaxValueValidator(120)]
    )
    exclusive = models.BooleanField(_("就此事项独家"), default=False)
    terms_version = models.PositiveIntegerField(default=1)

    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    earlier_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateField(_("最迟答复"), null=True)
    closed_at = models.DateTimeField(null=True)
    closed_note = models.CharField(_("说明"), max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, db_index=True)
    protected_until = models.DateField(_("保护期至"), null=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["buyer", "supplier", "protected_until"])]

    def __str__(self) -> str:
        return self.subject


class Share(models.Model):
    """A part of the fee, in basis points; accepted by the person, or by an admin or the finance of the organisation."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="shares")
    position = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="fee_shares"
    )
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="fee_shares"
    )
    work = models.CharField(_("承担的工作"), max_length=120, blank=True)
    bp = models.PositiveIntegerField(_("比例"))
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["introduction", "position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, organisation__isnull=False)
                | models.Q(user__isnull=False, organisation=None),
                name="deals_share_of_one",
            ),
            models.CheckConstraint(condition=models.Q(bp__gt=0, bp__lte=10_000), name="deals_share_in_range"),
            models.UniqueConstraint(fields=["introduction", "user"], name="deals_share_once_a_person"),
            models.UniqueConstraint(fields=["introduction", "organisation"], name="deals_share_once_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}"

    @property
    def holder(self) -> str:
        """Who gets this part, in the reader's language."""
        who = self.organisation or self.user
        return who.shown_name if who else ""


class Acknowledgement(models.Model):
    """The answer of one side, given once."""

    class Side(models.TextChoices):
        BUYER = "buyer", _("需方")
        SUPPLIER = "supplier", _("供方")

    class How(models.TextChoices):
        LINK = "link", _("通过签名链接")
        MEMBER = "member", _("登录后确认")

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="acknowledgements")
    side = models.CharField(max_length=8, choices=Side.choices)
    agreed = models.BooleanField()
    name = models.CharField(_("姓名"), max_length=60)
    post = models.CharField(_("职务"), max_length=60)
    how = models.CharField(max_length=8, choices=How.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["introduction", "at"]
        constraints = [models.UniqueConstraint(fields=["introduction", "side"], name="deals_one_answer_a_side")]


class Receipt(models.Model):
    """The signed document, exactly as it was issued; its proof of inclusion is added when it is read."""

    introduction = models.OneToOneField(Introduction, on_delete=models.PROTECT, related_name="receipt")
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    at = models.DateTimeField()


class BypassAlarm(Slugged, Stateful):
    """A contract or deal of a protected pair in which the manager has no part (民法典 965)."""

    PREFIX = "B"
    CODE = "deals.bypass_state"

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        SETTLED = "settled", _("已解决")
        DISMISSED = "dismissed", _("不成立")

    class What(models.TextChoices):
        DEAL = "deal", _("新的项目")
        CONTRACT = "contract", _("新的合同")

    NEXT = {State.OPEN: (State.SETTLED, State.DISMISSED)}

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="alarms")
    what = models.CharField(max_length=8, choices=What.choices)
    reference = models.CharField(max_length=16)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField()
    note = models.TextField(_("处理说明"), blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["introduction", "what", "reference"], name="deals_alarm_once")]
