"""The lines of a brief as a candidate writes them, and as an author writes the key: indicators, field, budget, time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel.fields import Field
from yinxian.market.forms.fields import YuanField
from yinxian.market.forms.rows import OPS, IndicatorForm

from ..rules.keys import MOST_MONTHS

ROWS = 8
PARTS = ("name", "op", "low", "high", "unit")
LABELS = {
    "name": _("指标"),
    "op": _("关系"),
    "low": _("数值"),
    "high": _("到"),
    "unit": pgettext_lazy("of a figure", "单位"),
}


class CaseForm(forms.Form):
    """``i0_name`` … ``i7_unit`` are up to eight indicators; empty rows are none."""

    field = forms.ChoiceField(label=_("技术领域"), choices=[("", _("未填")), *Field.choices], required=False)
    field_also = forms.MultipleChoiceField(
        label=_("也算对的领域"), choices=Field.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    budget_low = YuanField(label=_("预算（元）"), required=False, help_text=_("原文没写就空着，例如 60万"))
    budget_high = YuanField(label=_("预算到（元）"), required=False)
    duration_months = forms.IntegerField(
        label=_("工期（月）"), required=False, min_value=1, max_value=MOST_MONTHS, help_text=_("原文没写就空着")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(ROWS):
            for part in PARTS:
                if part == "op":
                    made: forms.Field = forms.ChoiceField(label=LABELS[part], choices=OPS, required=False)
                else:
                    longest = {"name": 60, "unit": 20}.get(part, 40)
                    made = forms.CharField(label=LABELS[part], required=False, max_length=longest)
                self.fields[f"i{place}_{part}"] = made

    def rows(self) -> Iterator[list[BoundField]]:
        for place in range(ROWS):
            yield [self[f"i{place}_{part}"] for part in PARTS]

    def others(self) -> list[BoundField]:
        return [self[name] for name in ("field", "budget_low", "budget_high", "duration_months")]


def lines_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The lines as ``rules.keys.checked_lines`` takes them."""
    rows = [{part: given.get(f"i{place}_{part}") or "" for part in PARTS} for place in range(ROWS)]
    typed = [row for row in rows if any(row[part] for part in ("name", "low", "high", "unit"))]
    low, high = given.get("budget_low"), given.get("budget_high")
    return {
        "indicators": typed,
        "field": given.get("field") or "",
        "budget": {"low_fen": low, "high_fen": high} if low or high else None,
        "duration_months": given.get("duration_months"),
    }


def lines_to_form(lines: Mapping[str, Any]) -> dict[str, Any]:
    """The initial values of the form."""
    budget = lines.get("budget") or {}
    found: dict[str, Any] = {
        "field": lines.get("field", ""),
        "field_also": lines.get("field_also", []),
        "budget_low": budget.get("low_fen"),
        "budget_high": budget.get("high_fen"),
        "duration_months": lines.get("duration_months"),
    }
    for place, row in enumerate(lines.get("indicators", [])[:ROWS]):
        shown = IndicatorForm.initial_of(row)
        found |= {f"i{place}_{part}": shown.get(part) or "" for part in PARTS}
    return found
