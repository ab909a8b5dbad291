"""Saved searches (存下的找法): what somebody wants to hear of, and what was found for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class SavedSearch(Slugged):
    """Looked for again every night until it is stopped. With a need it looks by that need's brief, else by words."""

    PREFIX = "S"

    class Kind(models.TextChoices):
        RESULT = "result", _("成果")
        NEED = "need", _("需求")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_searches")
    kind = models.CharField(_("找什么"), max_length=6, choices=Kind.choices, default=Kind.RESULT)
    name = models.CharField(_("名称"), max_length=80)
    words = models.TextField(_("要找的事"), blank=True)
    need = models.ForeignKey(
        "market.Need", on_delete=models.PROTECT, null=True, blank=True, related_name="saved_searches"
    )
    filters = models.JSONField(_("条件"), default=dict, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["stopped_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Find(models.Model):
    """One listing that was found for a search. ``known``: it was there when the search was saved, and is no news."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="finds")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(_("契合"), default=0)
    known = models.BooleanField(default=False)
    found_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering = ["-found_at", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["search", "result"], name="matching_find_result_once"),
            models.UniqueConstraint(fields=["search", "need"], name="matching_find_need_once"),
            models.CheckConstraint(
                condition=models.Q(result=None, need__isnull=False) | models.Q(need=None, result__isnull=False),
                name="matching_find_is_one_thing",
            ),
        ]
