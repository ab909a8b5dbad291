"""What results and needs have in common: an owner, a teaser, freshness, levels of confidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful

from ..codes import Confidence, Field


class Listing(Slugged, Stateful):
    """Public: title, field, stage, forms of cooperation, region, freshness, ``teaser``. Network: the rest.
    Named: ``confidential``, contacts, and prices marked confidential.

    ``fresh_until`` is a year after publication or confirmation; an expired listing leaves the lists.
    ``source`` and ``source_key`` make an import idempotent.
    """

    title = models.CharField(_("名称"), max_length=200)
    title_en = models.CharField(_("英文名称"), max_length=300, blank=True)
    teaser = models.TextField(_("公开简介"), blank=True)
    teaser_en = models.TextField(_("英文简介"), blank=True)
    field = models.CharField(_("技术领域"), max_length=2, choices=Field.choices, blank=True, db_index=True)
    industry = models.CharField(_("国民经济行业"), max_length=4, blank=True)
    region = models.CharField(_("地区"), max_length=6, blank=True)
    modes = models.JSONField(_("合作方式"), default=list, blank=True)
    keywords = models.JSONField(_("关键词"), default=list, blank=True)
    languages = models.JSONField(_("语言"), default=list, blank=True)
    confidence = models.CharField(_("公开程度"), max_length=8, choices=Confidence.choices, default=Confidence.PUBLIC)
    confidential = models.TextField(_("保密内容"), blank=True)
    contact_name = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    contact_email = models.EmailField(_("联系邮箱"), blank=True)
    owner = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("所有者")
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("负责经理人"),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    published_on = models.DateField(_("发布日期"), null=True, blank=True, db_index=True)
    fresh_until = models.DateField(_("有效期至"), null=True, blank=True, db_index=True)
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    review_reason = models.TextField(_("审核意见"), blank=True)
    import_run = models.ForeignKey(
        "market.ImportRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=80, blank=True)
    source_key = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title

    @property
    def shown_teaser(self) -> str:
        return self.teaser_en if self.teaser_en and (get_language() or "").startswith("en") else self.teaser
