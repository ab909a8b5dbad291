"""Feedback (反馈): every decision about a candidate, in order, with what the ranking had said of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock

from .candidates import Candidate, Refusal


class Feedback(models.Model):
    """Never changed and never removed: it is what a better ranking can be learned from.

    ``signals`` are the parts of the score at that moment, under the prior weights ({"text": 31, "field": 6, ...});
    no text of anybody.
    """

    class Verb(models.TextChoices):
        SHORTLISTED = "shortlisted", _("入围")
        REFUSED = "refused", _("不合适")
        UNDONE = "undone", _("撤回")

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="feedback")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    refusal = models.CharField(max_length=16, choices=Refusal.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    signals = models.JSONField(default=dict)
    brief_number = models.PositiveIntegerField(default=0)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.candidate} {self.verb}"
