"""Forms of journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .verification import LIMIT


class VerifyForm(forms.Form):
    """A receipt as a file or pasted; one of the two."""

    file = forms.FileField(label=_("凭据文件（.json）"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("或者粘贴凭据内容"),
        required=False,
        max_length=LIMIT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > LIMIT:
            self.add_error("file", _("文件超过 1 MB，不会是引荐凭据。没有读取；请选从凭据页下载的文件。"))
        if not self.errors and not (file and file.size) and not given.get("text"):
            raise forms.ValidationError(_("请选择凭据文件，或把它的内容粘贴进来。"))
        return given

    def receipt(self) -> bytes | str:
        """What was given; the file wins."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file and file.size else str(self.cleaned_data["text"])
