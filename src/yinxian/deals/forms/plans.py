"""Forms of plans of payment: the calculator, royalties, reports, shares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel.errors import Refusal
from yinxian.kernel.money import parse_percent, parse_yuan
from yinxian.settlement.forms import YuanField
from yinxian.settlement.plans import Royalty
from yinxian.settlement.rules import Tier

from ..models import RoyaltyPlan
from ..queries.plans import TEMPLATES
from .milestones import PercentField

PAYERS = [
    ("supplier", pgettext_lazy("plan", "供方付")),
    ("buyer", pgettext_lazy("plan", "需方另付")),
    ("both", pgettext_lazy("plan", "各付一半")),
]
EVERY = [
    (1, pgettext_lazy("plan", "每月")),
    (3, pgettext_lazy("plan", "每季")),
    (6, pgettext_lazy("plan", "每半年")),
    (12, pgettext_lazy("plan", "每年")),
]


class TiersField(forms.CharField):
    """One step a line, ``up to what`` and the rate: ``1000万 5`` and, for the last, the rate alone."""

    widget = forms.Textarea

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        made = []
        for line in text.replace("%", "").splitlines()[:12]:
            words = line.replace("：", " ").replace(":", " ").split()
            if not words:
                continue
            try:
                end = parse_yuan(words[0]) if len(words) > 1 else None
                made.append(Tier(end, parse_percent(words[-1])))
            except Refusal as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return tuple(made)


TIERS_HELP = _("每行一档：到多少（元，可写“1000万”）和百分比；最后一行只写百分比。只有一行就是固定比例。")


class CalculatorForm(forms.Form):
    amount = YuanField(label=_("合同金额或入门费（元）"))
    template = forms.ChoiceField(label=_("付款方式"), choices=list(TEMPLATES.items()))
    fee = PercentField(label=_("中介服务费（%）"), max_length=10, required=False)
    payer = forms.ChoiceField(label=_("服务费谁付"), choices=PAYERS, required=False)
    reward = PercentField(label=_("奖励占净收入（%）"), max_length=10, required=False)
    staff = PercentField(label=_("其中转移人员（%）"), max_length=10, required=False)
    tiers = TiersField(
        label=_("提成比例"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=TIERS_HELP
    )
    base = YuanField(label=_("预计每年的提成基数（元）"), required=False)
    minimum = YuanField(label=_("每期最低提成（元）"), required=False)
    years = forms.IntegerField(label=_("提成几年"), min_value=0, max_value=20, required=False)

    def royalty(self) -> Royalty | None:
        tiers = self.cleaned_data["tiers"]
        return Royalty(tiers, self.cleaned_data["minimum"] or 0) if tiers else None


class RoyaltyForm(forms.Form):
    base = forms.ChoiceField(label=_("提成基数"), choices=RoyaltyPlan.Base.choices)
    tiers = TiersField(label=_("提成比例"), widget=forms.Textarea(attrs={"rows": 3}), help_text=TIERS_HELP)
    minimum = YuanField(label=_("每期最低提成（元）"), required=False)
    cap = YuanField(label=_("提成总额封顶（元）"), required=False)
    starts_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("到哪天止"), widget=forms.DateInput)
    every_months = forms.TypedChoiceField(label=_("多久报一次"), choices=EVERY, coerce=int)
    report_days = forms.IntegerField(label=_("期满后几天内报"), min_value=0, max_value=365, initial=30)
    pay_days = forms.IntegerField(label=_("报后几天内付"), min_value=0, max_value=365, initial=15)


class ReportForm(forms.Form):
    base = YuanField(label=_("本期基数（元）"))
    note = forms.CharField(label=_("说明"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class EquityForm(forms.Form):
    company = forms.CharField(label=_("公司名称"), max_length=120)
    share = PercentField(label=_("股权比例（%）"), max_length=10)
    valued = YuanField(label=_("作价金额（元）"))
    registered_on = forms.DateField(label=_("登记日期"), widget=forms.DateInput)
    proof = forms.CharField(label=_("凭据"), max_length=200, help_text=_("例如工商登记的文号、出资证明书编号。"))
