"""Notices, and how each person wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class Group(models.TextChoices):
    """What a notice is about; people choose by these."""

    LISTINGS = "listings", pgettext_lazy("notices", "需求与成果")
    MATCHING = "matching", pgettext_lazy("notices", "撮合")
    INTRODUCTIONS = "introductions", pgettext_lazy("notices", "引荐")
    DEALS = "deals", pgettext_lazy("notices", "项目")
    CONTRACTS = "contracts", pgettext_lazy("notices", "合同")
    MONEY = "money", pgettext_lazy("notices", "付款与验收")
    POINTS = "points", pgettext_lazy("notices", "积分")
    TRAINING = "training", pgettext_lazy("notices", "培训与考试")
    NETWORK = "network", pgettext_lazy("notices", "机构与成员")


class Notice(Slugged):
    """One journal entry told to one person. ``kind`` is the entry's name; its sentence is in the rules, ``params``
    fill it. ``in_product`` and ``by_mail`` are the person's choice at the time; ``mailed_at`` is when it went out."""

    PREFIX = "Q"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=80)
    group = models.CharField(max_length=16, choices=Group.choices)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    in_product = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="notifications_told_once")]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"


class Preference(models.Model):
    """How a person wants to hear of one group; without a row: in the product and by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=16, choices=Group.choices)
    in_product = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="notifications_one_choice")]

    def __str__(self) -> str:
        return f"{self.user}: {self.group}"
