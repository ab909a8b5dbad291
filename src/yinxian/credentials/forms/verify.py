"""What may be handed in to be verified."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..vc.reading import BIGGEST
from ..vc.strict import LARGEST


class VerifyForm(forms.Form):
    """A file (certificate, receipt, picture of a code) or a text (content, address); one of the two."""

    file = forms.FileField(
        label=_("文件或照片"),
        required=False,
        allow_empty_file=True,
        help_text=_("证书文件（JSON、PNG、SVG、PDF）、引荐凭据（JSON），或拍下的二维码"),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jwt,.txt,.png,.svg,.pdf,.jpg,.jpeg,.webp,image/*"}),
    )
    text = forms.CharField(
        label=_("或者粘贴网址、证书内容"),
        required=False,
        max_length=LARGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > BIGGEST:
            self.add_error("file", _("文件超过 10 MB，不会是证书。没有读取；请选原来的文件，或拍清楚的二维码。"))
        if not self.errors and not (file and file.size) and not given.get("text"):
            raise forms.ValidationError(_("请选择文件，或粘贴网址或内容。"))
        return given

    def given(self) -> bytes | str:
        """What was handed in; the file wins."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file and file.size else str(self.cleaned_data["text"])
