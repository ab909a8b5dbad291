"""Which two texts to lay side by side: checked drafts by name, or two files that are not kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import uploads
from yinxian.kernel.errors import Refusal

from ..clause_check.files import read_draft
from ..models import CheckedDraft


class PickForm(forms.Form):
    left = forms.ChoiceField(label=_("左边"), required=False)
    right = forms.ChoiceField(label=_("右边"), required=False)

    def __init__(self, *args: Any, drafts: list[CheckedDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *[(draft.slug, draft.name) for draft in drafts]]
        for name in ("left", "right"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class TwoFilesForm(forms.Form):
    first = forms.FileField(label=_("原来的一稿"), help_text=_("Word（docx）、有文字的 PDF 或文本；两个文件都不保留。"))
    second = forms.FileField(label=_("改过的一稿"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("first", "second"):
            if upload := given.get(name):
                try:
                    checked = uploads.check(upload)
                    given[f"{name}_read"] = read_draft(upload.read(), checked.name)
                    given[f"{name}_name"] = checked.name
                except Refusal as refusal:
                    self.add_error(name, refusal.sentence)
        return given
