"""The registration form, in the order of the registry's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.regions import INDUSTRIES
from yinxian.market.codes import Field

from ..models import Registration
from ..registration.codes import GOALS, NATURES, PAYMENTS, RIGHTS, SOURCES
from .fields import YuanField


def _choices(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [("", _("请选择")), *found.items()]


class RegistrationForm(forms.Form):
    """Nothing is required here: a form may be kept half done; what is still open is listed beside it."""

    project = forms.CharField(label=_("项目名称"), max_length=200, required=False)
    seller_name = forms.CharField(label=_("卖方名称"), max_length=120, required=False)
    seller_nature = forms.ChoiceField(label=_("卖方单位性质"), choices=_choices(NATURES), required=False)
    seller_country = forms.CharField(label=_("卖方国别代码"), max_length=3, required=False)
    seller_region = forms.CharField(label=_("卖方行政区划"), max_length=6, required=False)
    buyer_name = forms.CharField(label=_("买方名称"), max_length=120, required=False)
    buyer_nature = forms.ChoiceField(label=_("买方单位性质"), choices=_choices(NATURES), required=False)
    buyer_country = forms.CharField(label=_("买方国别代码"), max_length=3, required=False)
    buyer_region = forms.CharField(label=_("买方行政区划"), max_length=6, required=False)
    total = YuanField(label=_("合同成交总额（元）"), required=False)
    technology = YuanField(
        label=_("技术交易额（元）"), required=False, help_text=_("总额减去设备、仪器、零部件、原材料等费用")
    )
    actual = YuanField(label=_("实际成交额（元）"), required=False, help_text=_("技术交易额中已经收到的"))
    payment = forms.ChoiceField(label=_("支付方式"), choices=_choices(PAYMENTS), required=False)
    rights = forms.MultipleChoiceField(
        label=_("知识产权类型"), choices=list(RIGHTS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    field = forms.ChoiceField(label=_("技术领域"), choices=[("", _("请选择")), *Field.choices], required=False)
    goal = forms.ChoiceField(label=_("社会经济目标"), choices=_choices(GOALS), required=False)
    industry = forms.ChoiceField(label=_("国民经济行业"), choices=_choices(INDUSTRIES), required=False)
    source = forms.ChoiceField(label=_("计划来源"), choices=_choices(SOURCES), required=False)
    since = forms.DateField(label=_("有效期自"), required=False)
    until = forms.DateField(label=_("有效期至"), required=False)
    seal_matches = forms.BooleanField(label=_("名称与印章一致，我已核对"), required=False)
    proof_attached = forms.BooleanField(label=_("权属证明和附件齐全，我已核对"), required=False)
    lawful = forms.BooleanField(label=_("不非法垄断技术，不侵害他人成果"), required=False)

    PLAIN = ("project", "payment", "rights", "field", "goal", "industry", "source")
    TICKS = ("seal_matches", "proof_attached", "lawful")
    MONEY = ("total", "technology", "actual")
    PARTS = ("name", "country", "region", "nature")

    @classmethod
    def initial_of(cls, registration: Registration) -> dict[str, Any]:
        data = registration.data
        sides = {
            f"{side}_{part}": (data.get(side) or {}).get(part, "") for side in ("seller", "buyer") for part in cls.PARTS
        }
        plain = {name: data.get(name) for name in (*cls.PLAIN, *cls.TICKS, "since", "until")}
        return {**plain, **sides, **{name: data.get(f"{name}_fen") for name in cls.MONEY}}

    def content(self) -> dict[str, Any]:
        """What was typed, as a registration keeps it."""
        given = self.cleaned_data
        days = {name: given[name].isoformat() if given[name] else "" for name in ("since", "until")}
        return {
            **{name: given[name] for name in (*self.PLAIN, *self.TICKS)},
            **{f"{name}_fen": given[name] for name in self.MONEY},
            **{side: {part: given[f"{side}_{part}"].strip() for part in self.PARTS} for side in ("seller", "buyer")},
            **days,
        }


class SubmitForm(forms.Form):
    registry = forms.CharField(label=_("登记机构"), max_length=120)


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(label=_("结果"))
    on = forms.DateField(label=_("日期"))
    number = forms.CharField(label=_("登记编号"), max_length=40, required=False)
    reason = forms.CharField(label=_("原因"), max_length=500, required=False, help_text=_("不予登记、变更或注销时填写"))

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [state for state in registration.NEXT[Registration.State(registration.state)] if state != "submitted"]
        self.fields["outcome"].choices = [(state, state.label) for state in states]  # type: ignore[attr-defined]  # a ChoiceField
