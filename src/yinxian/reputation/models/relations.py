"""Relations that people declare, so that nobody earns points from a deal with a relative."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock


class Relation(models.Model):
    """A person's tie to an organisation other than membership; it counts from the day it was declared."""

    class Kind(models.TextChoices):
        HOLDING = "holding", _("持有股份或出资")
        FAMILY = "family", _("近亲属在那里任职或持股")
        PAID = "paid", _("领取报酬或顾问费")
        FORMER = "former", _("两年内在那里任职")
        OTHER = "other", _("其他")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_relations")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("什么关系"), max_length=8, choices=Kind.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    declared_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(ended_at=None), name="reputation_declared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
