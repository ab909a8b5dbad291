"""An association's own concepts (自有术语): what its trades say and the product's book does not know."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.ids import Slugged
from yinxian.kernel.thesaurus import Concept


class OwnConcept(Slugged):
    """One meaning with all its names. The first term of a list is the preferred one. ``code`` is its id in the book of
    the installation, which holds those in use of all associations."""

    PREFIX = "T"

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")
        WITHDRAWN = "withdrawn", _("已撤下")

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="own_concepts")
    code = models.SlugField(_("编号"), max_length=60, unique=True)
    zh = models.JSONField(_("中文说法"), default=list)
    en = models.JSONField(_("英文说法"), default=list)
    signs = models.JSONField(_("缩写、分子式和牌号"), default=list)
    broader = models.JSONField(_("上位概念"), default=list)
    field = models.CharField(_("技术领域"), max_length=2, choices=Field.choices, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.IN_USE)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.concept.name

    @property
    def concept(self) -> Concept:
        zh, en, signs, broader = (tuple(map(str, part)) for part in (self.zh, self.en, self.signs, self.broader))
        return Concept(self.code, zh, en, signs, broader, self.field or "00")
