"""Forms of settlement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Refusal
from yinxian.kernel.ids import new_token
from yinxian.kernel.money import CURRENCIES, parse_yuan


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


class ExchangeForm(forms.Form):
    """What the bank's slip says: sold, rate, bought. ``key`` makes sending it twice one effect."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    amount = YuanField(label=_("卖出金额"))
    into = forms.ChoiceField(label=_("换成"), choices=[(one, one) for one in CURRENCIES])
    rate = forms.CharField(label=_("汇率"), max_length=30, help_text=_("一个卖出单位换多少，按银行水单填。"))
    bought = YuanField(label=_("买入金额"))
    source = forms.CharField(label=_("汇率来源"), max_length=120, help_text=_("例如银行水单号。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_token(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("为什么冲正"), max_length=400)


class CloseForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)
    closed_to = forms.DateField(label=_("结到哪一天（含）"), widget=forms.DateInput)
    note = forms.CharField(label=_("说明"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_token(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
