"""The form of a contract: made from what its template asks; typed values are kept, what is missing may stay empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.money import show_yuan

from ..clauses import Ask, Template
from ..models import Contract
from ..particulars import LONGEST, MOST_ROWS
from .fields import PercentField, YuanField


def field_for(ask: Ask) -> forms.Field:
    """The form's field for one question. Nothing is required here: a draft may be half done."""
    common: dict[str, Any] = {"label": ask.label, "required": False, "help_text": ask.help}
    if ask.kind == "text":
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if ask.kind == "date":
        return forms.DateField(widget=forms.DateInput(), **common)
    if ask.kind == "whole":
        return forms.IntegerField(min_value=0, max_value=999, **common)
    if ask.kind == "percent":
        return PercentField(**common)
    if ask.kind == "choice":
        return forms.ChoiceField(choices=[("", _("请选择")), *ask.choices], **common)
    return forms.CharField(max_length=300, **common)


class ContractForm(forms.Form):
    """``revision`` is the one that the person saw when they began."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("合同名称"), max_length=200, required=False)
    sub_kind = forms.ChoiceField(label=_("子类"))
    language = forms.ChoiceField(label=_("合同文字"), choices=Contract.Language.choices, required=False)
    amount = YuanField(label=_("合同金额（元）"), required=False, help_text=_("例如 480,000.00 或 48万"))

    def __init__(self, *args: Any, contract: Contract, template: Template, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.initial_of(contract, template))
        super().__init__(*args, **kwargs)
        self.template = template
        choices = [(kind.value, kind.label) for kind in Contract.SubKind if kind.value in template.sub_kinds]
        self.fields["sub_kind"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if "payments" not in template.tables:
            del self.fields["amount"]
        for ask in template.asks:
            self.fields[ask.key] = field_for(ask)

    @staticmethod
    def initial_of(contract: Contract, template: Template) -> dict[str, Any]:
        values = dict(contract.data.get("values", {}))
        for ask in template.asks:
            if ask.kind == "percent" and values.get(ask.key):
                values[ask.key] = show_yuan(int(values[ask.key]))
        own = {
            "revision": contract.revision,
            "title": contract.title,
            "sub_kind": contract.sub_kind,
            "language": contract.language,
        }
        return {**values, **own, "amount": contract.amount_fen}

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "sub_kind", "language", "amount") if name in self.fields]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[ask.key] for ask in self.template.asks]

    def values(self) -> dict[str, str]:
        """What was typed, as particulars keep it."""
        found = {ask.key: self.cleaned_data.get(ask.key) for ask in self.template.asks}
        return {key: "" if value is None else str(value) for key, value in found.items()}


class IndicatorRow(forms.Form):
    name = forms.CharField(label=_("指标"), max_length=120, required=False)
    requirement = forms.CharField(label=_("要求"), max_length=200, required=False)
    method = forms.CharField(label=_("检验方法"), max_length=200, required=False)


class PaymentRow(forms.Form):
    title = forms.CharField(label=_("期次"), max_length=80, required=False)
    condition = forms.CharField(label=_("付款条件"), max_length=300, required=False)
    due_on = forms.DateField(label=_("时间"), required=False, widget=forms.DateInput())
    amount_fen = YuanField(label=_("金额（元）"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        said = any(given.get(key) for key in ("title", "condition", "due_on"))
        if said and not given.get("amount_fen") and "amount_fen" not in self.errors:
            self.add_error("amount_fen", _("这一期写多少钱？"))
        return given


IndicatorRows = forms.formset_factory(IndicatorRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, can_delete=True)
PaymentRows = forms.formset_factory(PaymentRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, can_delete=True)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """The rows that say something and are not struck out."""
    rows = []
    for form in formset:
        given = {key: value for key, value in form.cleaned_data.items() if key != "DELETE"}
        if not form.cleaned_data.get("DELETE") and any(given.values()):
            rows.append(
                {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in given.items()}
            )
    return rows


class ScanForm(forms.Form):
    file = forms.FileField(
        label=_("盖章后的扫描件"),
        help_text=_("PDF、JPG 或 PNG，一个文件。页数和文件指纹会一并记下。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
