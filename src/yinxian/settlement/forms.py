"""Forms of settlement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Refusal
from yinxian.kernel.money import parse_yuan


class PeriodForm(forms.Form):
    """Which days of a statement; both may be left out."""

    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("起始日晚于截止日，没有可列的账目。请调换两个日期。"))
        return given


class YuanField(forms.CharField):
    """Yuan as people type them, cleaned to integer fen."""

    def __init__(self, **options: object) -> None:
        super().__init__(max_length=40, **options)  # type: ignore[arg-type]  # passed on as they came
        self.widget.attrs.setdefault("inputmode", "decimal")

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class PayoutForm(forms.Form):
    amount = YuanField(label=_("到账金额（元）"))
    number = forms.CharField(label=_("银行回单编号"), max_length=60)
    paid_on = forms.DateField(label=_("到账日期"), widget=forms.DateInput)
