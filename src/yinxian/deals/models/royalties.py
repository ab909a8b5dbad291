"""What a deal pays beside its price: royalties with periodic reports, and shares."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.settlement.plans import Royalty
from yinxian.settlement.rules import Tier

from .deals import Deal
from .milestones import Milestone


class RoyaltyPlan(models.Model):
    """提成 (民法典 846): on what, at which rates over all periods together, reported and paid how often."""

    class Base(models.TextChoices):
        PRICE = "price", pgettext_lazy("royalty", "产品价格")
        OUTPUT = "output", pgettext_lazy("royalty", "新增产值")
        PROFIT = "profit", pgettext_lazy("royalty", "利润")
        SALES = "sales", pgettext_lazy("royalty", "产品销售额")

    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, related_name="royalty")
    base = models.CharField(_("提成基数"), max_length=8, choices=Base.choices)
    tiers = models.JSONField()
    minimum_fen = models.BigIntegerField(default=0)
    cap_fen = models.BigIntegerField(null=True)
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"))
    every_months = models.PositiveSmallIntegerField()
    report_days = models.PositiveSmallIntegerField()
    pay_days = models.PositiveSmallIntegerField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.deal} {self.base}"

    @property
    def royalty(self) -> Royalty:
        return Royalty(tuple(Tier(**tier) for tier in self.tiers), self.minimum_fen, self.cap_fen)


class RoyaltyReport(Slugged):
    """One period: what the buyer reports of it, what that owes, and the payment that it became."""

    PREFIX = "E"

    plan = models.ForeignKey(RoyaltyPlan, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    due_on = models.DateField(db_index=True)
    base_fen = models.BigIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    chased_on = models.DateField(null=True)
    milestone = models.OneToOneField(Milestone, on_delete=models.PROTECT, null=True, related_name="royalty_report")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="deals_royalty_period_once"),
            models.CheckConstraint(
                condition=models.Q(base_fen=None, amount_fen=None, milestone=None)
                | models.Q(base_fen__gte=0, amount_fen__gte=0),
                name="deals_royalty_reported_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"

    @property
    def late(self) -> bool:
        return self.base_fen is None and self.due_on < clock.today()


class Equity(Slugged):
    """作价投资: a share of a company that the supplier got for the result, on record; no money moves."""

    PREFIX = "E"

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="equities")
    company = models.CharField(_("公司名称"), max_length=120)
    share_bp = models.PositiveIntegerField(_("股权比例"))
    valued_fen = models.BigIntegerField(_("作价金额"))
    registered_on = models.DateField(_("登记日期"))
    proof = models.CharField(_("凭据"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-registered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "company", "registered_on"], name="deals_equity_once"),
            models.CheckConstraint(
                condition=models.Q(share_bp__gt=0, share_bp__lte=10_000, valued_fen__gt=0), name="deals_equity_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.company
