"""Try first, pay later (先用后转): a trial that ends in a paid licence, or with everything given back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.states import Stateful

from .deals import Deal


class Trial(Stateful):
    """The terms of a signed deal's trial and what came of it. Until it is decided only a deposit may be paid.

    The buyer decides by ``decide_by``; converted, the first payment is due ``pay_days`` later; given back, the
    supplier confirms within ``return_days`` that everything came back, and the deal ends. Silence decides nothing.
    """

    CODE = "deals.trial_state"

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("trial", "试用中")
        CONVERTED = "converted", pgettext_lazy("trial", "已转为付费许可")
        GIVEN_BACK = "given_back", pgettext_lazy("trial", "不转化，待归还")
        RETURNED = "returned", pgettext_lazy("trial", "已归还")

    NEXT = {
        State.RUNNING: (State.CONVERTED, State.GIVEN_BACK),
        State.CONVERTED: (),
        State.GIVEN_BACK: (State.RETURNED,),
        State.RETURNED: (),
    }

    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, related_name="trial")
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.RUNNING, db_index=True)
    scope = models.CharField(_("试用的内容和范围"), max_length=400)
    judging = models.CharField(_("效果怎样判断"), max_length=400)
    starts_on = models.DateField(_("试用从哪天起"))
    ends_on = models.DateField(_("试用到哪天止"))
    decide_by = models.DateField(_("最晚哪天决定"), db_index=True)
    pay_days = models.PositiveSmallIntegerField(_("转化后几天内付首款"), default=30)
    return_days = models.PositiveSmallIntegerField(_("不转化的，几天内归还"), default=30)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("决定日期"), null=True)
    reason = models.CharField(_("不转化的理由"), max_length=400, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    returned_on = models.DateField(_("归还日期"), null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lt=models.F("ends_on"), decide_by__gte=models.F("starts_on")),
                name="deals_trial_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", decided_on=None) | models.Q(decided_on__isnull=False),
                name="deals_trial_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal} {self.starts_on} – {self.ends_on}"

    @property
    def running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def late(self) -> bool:
        """Whether the day of decision has passed without one."""
        return self.running and self.decide_by < clock.today()

    @property
    def return_by(self) -> dt.date | None:
        """Until when what was tried is to be given back; None unless it is."""
        if self.decided_on is None or self.state == self.State.CONVERTED:
            return None
        return self.decided_on + dt.timedelta(days=self.return_days)
