"""The form in which a draft comes: a file or pasted words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import uploads
from yinxian.kernel.errors import Refusal

from ..clause_check.files import Words, read_draft

MOST_PASTED = 200_000


class DraftForm(forms.Form):
    file = forms.FileField(
        label=_("草稿文件"),
        required=False,
        help_text=_("Word（docx）、有文字的 PDF 或文本。只读出文字，文件本身不保留。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.docm,.pdf,.txt"}),
    )
    words = forms.CharField(
        label=_("或者把文字粘贴在这里"),
        required=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    name = forms.CharField(label=_("叫它什么"), required=False, max_length=200, help_text=_("不填就用第一行。"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if upload:
            try:
                checked = uploads.check(upload)
                given["read"] = read_draft(upload.read(), checked.name)
                given["name"] = given.get("name") or checked.name
            except Refusal as refusal:
                self.add_error("file", refusal.sentence)
        elif given.get("words", "").strip():
            given["read"] = Words(given["words"], "pasted")
        elif not self.errors:
            self.add_error("words", _("选一个文件，或者把文字粘贴进来。"))
        return given
