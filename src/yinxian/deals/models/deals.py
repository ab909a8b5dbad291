"""Deals (项目): one thread from an introduction to money that has arrived."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Deal(Slugged, Stateful):
    """A lead is the manager's own and has no introduction yet: the two sides do not know of each other.

    From ``introduced`` on there is an acknowledged introduction. ``split_rule`` and ``amount_fen`` are fixed at
    signing. ``state_before`` is where a disputed deal goes back to; a disputed deal is frozen.
    """

    PREFIX = "D"
    CODE = "deals.deal_state"

    class State(models.TextChoices):
        LEAD = "lead", pgettext_lazy("deal", "线索")
        INTRODUCED = "introduced", pgettext_lazy("deal", "引荐")
        NDA = "nda", pgettext_lazy("deal", "保密")
        NEGOTIATING = "negotiating", pgettext_lazy("deal", "洽谈")
        INTENT = "intent", pgettext_lazy("deal", "意向")
        SIGNED = "signed", pgettext_lazy("deal", "签约")
        REGISTERED = "registered", pgettext_lazy("deal", "登记")
        PERFORMING = "performing", pgettext_lazy("deal", "履行")
        COMPLETED = "completed", pgettext_lazy("deal", "完成")
        TERMINATED = "terminated", pgettext_lazy("deal", "终止")
        DISPUTED = "disputed", pgettext_lazy("deal", "争议")

    NEXT = {
        State.LEAD: (State.INTRODUCED, State.TERMINATED),
        State.INTRODUCED: (State.NDA, State.NEGOTIATING, State.TERMINATED),
        State.NDA: (State.NEGOTIATING, State.TERMINATED),
        State.NEGOTIATING: (State.INTENT, State.SIGNED, State.TERMINATED),
        State.INTENT: (State.SIGNED, State.NEGOTIATING, State.TERMINATED),
        State.SIGNED: (State.REGISTERED, State.PERFORMING, State.DISPUTED, State.TERMINATED),
        State.REGISTERED: (State.PERFORMING, State.DISPUTED, State.TERMINATED),
        State.PERFORMING: (State.COMPLETED, State.DISPUTED, State.TERMINATED),
        State.DISPUTED: (State.SIGNED, State.REGISTERED, State.PERFORMING, State.TERMINATED),
        State.COMPLETED: (),
        State.TERMINATED: (),
    }
    AFTER_SIGNING = (State.SIGNED, State.REGISTERED, State.PERFORMING, State.COMPLETED, State.DISPUTED)
    BEFORE_SIGNING = (State.INTRODUCED, State.NDA, State.NEGOTIATING, State.INTENT)
    ENDED = (State.COMPLETED, State.TERMINATED)

    number = models.CharField(_("编号"), max_length=20, unique=True)
    title = models.CharField(_("项目名称"), max_length=200)
    introduction = models.ForeignKey(
        "deals.Introduction", on_delete=models.PROTECT, null=True, blank=True, related_name="deals"
    )
    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, related_name="deals")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, related_name="deals")
    buyer = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="deals_as_buyer")
    supplier = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="deals_as_supplier")
    agency = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="deals_as_agency"
    )
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deals_managed")
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.LEAD, db_index=True)
    state_before = models.CharField(max_length=12, choices=State.choices, blank=True)
    amount_fen = models.BigIntegerField(_("金额"), null=True, blank=True)
    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    split_rule = models.ForeignKey(
        "settlement.SplitRule", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(_("签约日期"), null=True, blank=True)
    registration_no = models.CharField(_("登记编号"), max_length=40, blank=True)
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    ended_why = models.CharField(_("结束原因"), max_length=300, blank=True)
    next_action = models.CharField(_("下一步"), max_length=200, blank=True)
    next_on = models.DateField(_("下一步日期"), null=True, blank=True, db_index=True)
    opened_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction"], condition=~Q(state="terminated"), name="deals_one_open_deal_an_introduction"
            ),
            models.CheckConstraint(
                condition=Q(introduction__isnull=False) | Q(state__in=["lead", "terminated"]),
                name="deals_only_a_lead_without_introduction",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="deals_amount_not_below_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def frozen(self) -> bool:
        """Whether money and milestones must stand still."""
        return self.state == self.State.DISPUTED

    @property
    def ended(self) -> bool:
        return self.state in self.ENDED


class DealNumber(models.Model):
    """The last number given in a year; locked by whoever takes the next."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
