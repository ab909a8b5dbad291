"""Drafts that people had checked: the words, never the file, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .contracts import Contract


class CheckedDraft(Slugged):
    """Seen by its owner alone. ``result`` is clause_check.Checked as data; the rules' words are put in when it is read,
    in the reader's language."""

    PREFIX = "K"

    class Source(models.TextChoices):
        PASTED = "pasted", _("粘贴的文字")
        DOCX = "docx", "Word"
        PDF = "pdf", "PDF"
        TXT = "txt", _("文本文件")
        CONTRACT = "contract", _("本平台的合同")

    name = models.CharField(_("名称"), max_length=200)
    words = models.TextField()
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    kind = models.CharField(_("合同类别"), max_length=12, blank=True)
    result = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="checked")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checked_drafts")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
