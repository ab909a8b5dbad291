"""An association's own copies of our templates, and their versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class OwnTemplate(Slugged):
    """What an association is editing. ``content`` is a whole template as clauses.reading reads it; contracts are
    made from published versions only. ``base`` is the version of ours that it was copied from."""

    PREFIX = "M"

    association = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="contract_templates")
    kind = models.CharField(_("合同类别"), max_length=12)
    sub_kind = models.CharField(_("子类"), max_length=14)
    base = models.CharField(_("从哪一版复制"), max_length=20)
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["kind", "sub_kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "sub_kind"], name="contracts_one_copy_a_template")
        ]

    def __str__(self) -> str:
        return str(self.content["name"][0])


class OwnTemplateVersion(models.Model):
    """A published version: written once, never changed; contracts name it for good."""

    template = models.ForeignKey(OwnTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("改了什么"), max_length=300)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="contracts_one_row_a_version"),
        ]
