"""The points that facts have earned, and those that were not given, with the reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .schemes import Event, Scheme

UNDOING = ("training.completion.withdrawn",)
"""Entries by which an earlier fact is undone."""


class Why(models.TextChoices):
    """Why points of a fact were not given, or not all of them. The first four are related parties."""

    OWN_ORGANISATION = "own_organisation", _("本人是其中一方单位的成员")
    DECLARED = "declared", _("本人与其中一方有申报过的关系")
    BOTH_SIDES = "both_sides", _("同一个人在两方都有职务")
    ONE_ORGANISATION = "one_organisation", _("两方是同一家单位")
    OWN_WORD = "own_word", _("确认的人就是本人")
    EVENT_CAP = "event_cap", _("这一类事今年已到上限")
    YEAR_CAP = "year_cap", _("本人今年已到上限")


class Point(models.Model):
    """Points of one person for one fact; ``entry`` is where the fact stands in the journal.

    ``amount`` was given, ``held`` was not, for the reason ``why``. A correction is a row of its own: it ``corrects``
    the first and may be negative. Its entry is the decision of an appeal, or the fact by which the first is undone;
    it loses value together with the first.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="points")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="points")
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(max_length=24, choices=Event.choices)
    title = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)
    amount = models.IntegerField(_("积分"))
    held = models.PositiveIntegerField(_("没有给的"), default=0)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    whole = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    given = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["scheme", "-at"]),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "entry", "event"], name="reputation_once_a_fact")]

    def __str__(self) -> str:
        return f"{self.user} {self.amount:+d}"

    @property
    def undoes(self) -> bool:
        """Takes the first back because its fact is undone; no appeal's correction."""
        return self.corrects_id is not None and self.entry.name in UNDOING
