"""Sign with a certificate file, or with the key that the signing service holds."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """``revision`` is the one that the person read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, max_value=10**8)
    certificate = forms.FileField(
        label=_("证书文件"), help_text=_("扩展名为 .p12 或 .pfx，由认证机构发给您。只在内存里用一次，不保存。")
    )
    password = forms.CharField(
        label=_("证书密码"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
