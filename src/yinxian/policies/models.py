"""What associations change in the policies: editions, each a whole version of one rule."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .book import Policy, from_json


class Edition(Slugged):
    """One association's version of a policy, never changed: the next one stands beside it. Version 1 is as shipped, or
    what the association added. ``corrects``: the versions before it were wrong from the first."""

    PREFIX = "Y"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="policy_editions")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    corrects = models.BooleanField(_("更正旧版"), default=False)
    note = models.CharField(_("改动说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "key", "-version"]
        constraints = [models.UniqueConstraint(fields=["association", "key", "version"], name="policies_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def policy(self) -> Policy:
        return from_json(self.content, version=self.version, association=self.association_id)
