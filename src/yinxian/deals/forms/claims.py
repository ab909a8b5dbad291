"""Forms of a claim after a bypass."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.settlement.forms import YuanField


class ClaimForm(forms.Form):
    debtor = forms.ChoiceField(
        label=_("由谁支付"), choices=[("buyer", _("需方")), ("supplier", _("供方"))], widget=forms.RadioSelect
    )
    amount = YuanField(label=_("主张的报酬（元）"), help_text=_("按引荐时确认的条款计算。"))
    ground = forms.CharField(
        label=_("依据"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("哪份合同、按哪条约定。"),
    )


class ClaimPaidForm(forms.Form):
    amount = YuanField(label=_("到账金额（元）"))
    number = forms.CharField(label=_("银行回单编号"), max_length=60)
    paid_on = forms.DateField(label=_("到账日期"), widget=forms.DateInput)


class GiveUpForm(forms.Form):
    reason = forms.CharField(label=_("为什么放弃"), max_length=400)
