"""Repeated rows of a result: indicators and intellectual property."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OPS = [
    ("=", "="),
    (">=", "≥"),
    ("<=", "≤"),
    (">", ">"),
    ("<", "<"),
    ("range", _("介于")),
    ("about", _("约")),
]
IP_KINDS = [
    ("invention", _("发明专利")),
    ("utility", _("实用新型")),
    ("design", _("外观设计")),
    ("software", _("软件著作权")),
    ("secret", _("技术秘密")),
    ("variety", _("植物新品种")),
    ("layout", _("布图设计")),
    ("other", _("其他")),
]
IP_STATUS = [("granted", _("已授权")), ("pending", _("申请中")), ("expired", _("已失效")), ("", _("未填"))]


class IndicatorForm(forms.Form):
    name = forms.CharField(label=_("指标"), required=False, max_length=60)
    op = forms.ChoiceField(label=_("关系"), required=False, choices=OPS)
    low = forms.CharField(label=_("数值"), required=False, max_length=40)
    high = forms.CharField(label=_("到"), required=False, max_length=40)
    unit = forms.CharField(label=pgettext_lazy("of a figure", "单位"), required=False, max_length=30)

    @staticmethod
    def initial_of(row: dict[str, Any]) -> dict[str, Any]:
        """The single figure always stands first, whichever bound it is."""
        single = row.get("op") in ("<", "<=")
        return {**row, "low": row.get("high") if single else row.get("low"), "high": "" if single else row.get("high")}


class IpForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=IP_KINDS)
    number = forms.CharField(label=_("号码"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("状态"), required=False, choices=IP_STATUS)
    territory = forms.CharField(label=_("地域"), required=False, max_length=200)
    owners = forms.CharField(label=_("权利人与份额"), required=False, max_length=200)


IndicatorRows = forms.formset_factory(IndicatorForm, extra=1, can_delete=True, max_num=60, absolute_max=60)
IpRows = forms.formset_factory(IpForm, extra=1, can_delete=True, max_num=60, absolute_max=60)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """What was typed, without the rows taken out; the operation leaves empty ones out."""
    found = []
    for form in formset.forms:
        given = dict(form.cleaned_data) if form.is_valid() else {}
        if given and not given.pop("DELETE", False):
            if given.get("op") in ("<", "<="):
                given["high"], given["low"] = given.get("low") or given.get("high"), None
            found.append(given)
    return found


def named_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rights with their codes in words."""
    kinds, states = dict(IP_KINDS), dict(IP_STATUS)
    return [
        {**row, "kind": kinds.get(row.get("kind", ""), ""), "status": states.get(row.get("status", ""), "")}
        for row in rows
    ]
