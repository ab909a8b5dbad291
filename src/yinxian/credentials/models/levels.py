"""Levels that an association awards, and what each asks: data, in versions."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class Level(Slugged):
    """A level of an association, for example 中级技术经纪人; ``rank`` orders its ladder, 1 is the first step."""

    PREFIX = "L"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="levels")
    name = models.CharField(_("级别名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    rank = models.PositiveSmallIntegerField(_("第几级"), validators=[MinValueValidator(1)])
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["association", "rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="credentials_level_name_once")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class LevelVersion(models.Model):
    """One version of what a level asks; decisions name the version, so a new one changes none of them.

    ``requirements`` and ``renewal`` are [{"kind", "name", "at_least"}] (see ``requirements.py``); ``at_least`` is None
    while the association has not decided. ``valid_months`` None: for life.
    """

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    requirements = models.JSONField(default=list)
    renewal = models.JSONField(default=list)
    valid_months = models.PositiveSmallIntegerField(_("有效期（月）"), null=True, blank=True)
    note = models.CharField(_("改动说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["level", "-number"]
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="credentials_version_once")]

    def __str__(self) -> str:
        return f"{self.level} v{self.number}"
