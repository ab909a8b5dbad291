"""Forms of a trial: its terms, more time, giving back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TrialForm(forms.Form):
    scope = forms.CharField(
        label=_("试用的内容和范围"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("试什么、在哪里试、谁来用；期限之外和范围之外不得使用。"),
    )
    judging = forms.CharField(
        label=_("效果怎样判断"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("指标、方法和谁来测，例如“比对二百个车轮，最大偏差 ≤ 0.05 mm”。"),
    )
    starts_on = forms.DateField(label=_("试用从哪天起"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("试用到哪天止"), widget=forms.DateInput)
    decide_by = forms.DateField(label=_("最晚哪天决定"), widget=forms.DateInput)
    pay_days = forms.IntegerField(label=_("转化后几天内付首款"), min_value=0, max_value=180, initial=30)
    return_days = forms.IntegerField(label=_("不转化的，几天内归还"), min_value=0, max_value=180, initial=30)


class ExtendForm(forms.Form):
    ends_on = forms.DateField(label=_("试用到哪天止"), widget=forms.DateInput)
    decide_by = forms.DateField(label=_("最晚哪天决定"), widget=forms.DateInput)
    reason = forms.CharField(label=_("为什么延长"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class GiveBackForm(forms.Form):
    reason = forms.CharField(
        label=_("不转化的理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明哪些指标没有达到；供方会看到。"),
    )


class PlainForm(forms.Form):
    """A button: nothing to fill in."""
