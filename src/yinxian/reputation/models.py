"""Schemes of points, and the points that facts have earned."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class Event(models.TextChoices):
    """What can earn points: only facts that others have confirmed."""

    CONTRACT_REGISTERED = "contract_registered", _("技术合同完成登记")
    MILESTONE_ACCEPTED = "milestone_accepted", _("付款节点通过验收并放款")


class Scheme(Slugged):
    """One version of an association's rules; a new version never changes points already given.

    ``rules`` is [{"event", "base", "per_wan", "cap"}]: points for the fact, more for each 10,000 yuan, at most
    ``cap`` for one fact.
    """

    PREFIX = "G"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    note = models.CharField(_("改动说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "-version"]
        constraints = [models.UniqueConstraint(fields=["association", "version"], name="reputation_version_once")]

    def __str__(self) -> str:
        return f"{self.association} v{self.version}"


class Point(models.Model):
    """Points of one person for one fact; ``entry`` is where the fact stands in the journal."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="points")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="points")
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=24, choices=Event.choices)
    amount = models.PositiveIntegerField(_("积分"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="reputation_once_a_fact")]

    def __str__(self) -> str:
        return f"{self.user} +{self.amount}"
