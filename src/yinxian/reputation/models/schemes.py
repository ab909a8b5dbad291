"""Schemes of points: what each kind of fact is worth, in versions."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from ..rules import WHOLE_BP, Plan


class Event(models.TextChoices):
    """What can earn points: only facts that others have confirmed."""

    CONTRACT_REGISTERED = "contract_registered", _("技术合同完成登记")
    MILESTONE_ACCEPTED = "milestone_accepted", _("付款节点通过验收并放款")
    REWARD_PAID = "reward_paid", _("科研奖励随放款支付")
    COURSE_TAUGHT = "course_taught", _("讲授一门课程")
    COURSE_COMPLETED = "course_completed", _("学完一门课程")
    REFERRAL_LANDED = "referral_landed", _("转介的团队落地")
    EVIDENCE_CONFIRMED = "evidence_confirmed", _("给出的佐证经审核确认")


class Scheme(Slugged):
    """One version of an association's rules; a new version never changes points already given.

    ``rules`` is described in ``rules.py``. ``starts_at`` is when it takes effect; None while it is a draft that can be
    simulated. Of two that have started the higher version holds. ``yearly_bp`` is what is left of a point after each
    full year; ``year_cap`` the most that a person gets in a calendar year, of all facts together.
    """

    PREFIX = "G"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    yearly_bp = models.PositiveIntegerField(_("每满一年还剩"), default=WHOLE_BP)
    year_cap = models.PositiveIntegerField(_("一人一年最多"), null=True, blank=True)
    note = models.CharField(_("改动说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    starts_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["association", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["association", "version"], name="reputation_version_once"),
            models.CheckConstraint(
                condition=models.Q(yearly_bp__gte=1, yearly_bp__lte=WHOLE_BP), name="reputation_decay_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association} v{self.version}"

    @property
    def plan(self) -> Plan:
        """The scheme as the arithmetic takes it."""
        return Plan(tuple(self.rules), self.year_cap, self.yearly_bp)

    def started(self, moment: dt.datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= moment
