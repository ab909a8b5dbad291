"""Who is named on a listing: sees everything of it, contacts included."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinxian.kernel import clock

from .needs import Need
from .results import Result


class Grant(models.Model):
    """One listing opened to one organisation or one person, until it is ended.

    ``reason`` says where it came from: ``owner`` (named by hand) or the code of a fact such as
    ``introduction``; ``reference`` is that fact's public identifier.
    """

    result = models.ForeignKey(Result, on_delete=models.PROTECT, null=True, related_name="grants")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="grants")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, default="owner")
    reference = models.CharField(max_length=20, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result=None) ^ models.Q(need=None), name="market_grant_on_one_listing"
            ),
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(user=None), name="market_grant_to_one_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result or self.need}: {self.organisation or self.user}"
