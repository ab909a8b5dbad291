"""Evidence (佐证) that a need is true: scored, dated, expiring."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from ..codes import EvidenceKind
from .needs import Need


class Evidence(Slugged):
    PREFIX = "E"

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("类型"), max_length=14, choices=EvidenceKind.choices)
    score = models.PositiveSmallIntegerField(_("分数"), validators=[MinValueValidator(1), MaxValueValidator(10)])
    note = models.TextField(_("说明"))
    file = models.FileField(_("文件"), upload_to="evidence/%Y/%m", blank=True)
    dated = models.DateField(_("日期"))
    expires_on = models.DateField(_("有效至"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-dated", "-pk"]
