"""The scheme as a form: a row for each kind of fact, and what holds for all of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.deals.forms.milestones import PercentField
from yinxian.kernel import clock
from yinxian.kernel.money import show_percent

from ..models import Event, Scheme
from ..rules import FIGURES, LARGEST, MOST_A_YEAR, UNITS

PER = {
    "wan": _("每满 1 万元再加"),
    "hour": _("每课时再加"),
    "piece": _("每条再加"),
    "": _("不另加"),
}
LABELS = {"base": _("每次"), "cap": _("一次最多"), "year_cap": _("一年最多")}


class SchemeForm(forms.Form):
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].initial = scheme.version
        known = {rule["event"]: rule for rule in scheme.rules}
        for event, label in Event.choices:
            rule = known.get(event, {})
            for figure in FIGURES:
                words = PER[UNITS[event]] if figure == "per" else LABELS[figure]
                self.fields[f"{event}_{figure}"] = forms.IntegerField(
                    label=f"{label} · {words}",
                    min_value=0,
                    max_value=MOST_A_YEAR if figure == "year_cap" else LARGEST,
                    initial=rule.get(figure, 0),
                    required=False,
                )
            others = [("", _("自己写分数")), *(choice for choice in Event.choices if choice[0] != event)]
            self.fields[f"{event}_as"] = forms.ChoiceField(
                label=_("%(event)s · 照哪件事计") % {"event": label},
                choices=others,
                required=False,
                initial=rule.get("as", ""),
            )
            share = rule.get("as_bp") or 0
            self.fields[f"{event}_as_share"] = forms.DecimalField(
                label=_("%(event)s · 照它的百分之几") % {"event": label},
                required=False,
                min_value=0,
                max_value=1000,
                max_digits=6,
                decimal_places=2,
                initial=show_percent(share).rstrip("%") if share else None,
            )
        self.fields["yearly"] = PercentField(
            label=_("每满一年还剩（%）"),
            max_length=10,
            initial=show_percent(scheme.yearly_bp).rstrip("%"),
            help_text=_("100 表示不随时间减少；80 表示满一年剩八成，满两年剩六成四。"),
        )
        self.fields["year_cap"] = forms.IntegerField(
            label=_("一人一年最多多少分"),
            required=False,
            min_value=1,
            max_value=MOST_A_YEAR,
            initial=scheme.year_cap,
            help_text=_("所有的事加在一起，按公历年算；不限就空着。"),
        )
        self.fields["note"] = forms.CharField(label=_("改动说明"), max_length=200, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each kind of fact, for a table."""
        return [
            {
                "label": label,
                "per": PER[UNITS[event]],
                "counted": bool(UNITS[event]),
                "fields": {name: self[f"{event}_{name}"] for name in (*FIGURES, "as", "as_share")},
            }
            for event, label in Event.choices
        ]

    def rules(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        return [
            {"event": event}
            | {figure: given[f"{event}_{figure}"] or 0 for figure in FIGURES}
            | {"as": given[f"{event}_as"], "as_bp": int((given[f"{event}_as_share"] or 0) * 100)}
            for event in Event.values
        ]


class StartForm(forms.Form):
    """From which day."""

    on = forms.DateField(label=_("生效的日子"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()
