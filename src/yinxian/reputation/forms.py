"""The scheme as a form: three figures for each event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Event, Scheme

FIGURES = {"base": _("每次"), "per_wan": _("每满 1 万元再加"), "cap": _("一次最多")}


class SchemeForm(forms.Form):
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].initial = scheme.version
        known = {rule["event"]: rule for rule in scheme.rules}
        for event, label in Event.choices:
            for figure, words in FIGURES.items():
                self.fields[f"{event}_{figure}"] = forms.IntegerField(
                    label=f"{label} · {words}",
                    min_value=0,
                    max_value=10_000,
                    initial=known.get(event, {}).get(figure, 0),
                )
        self.fields["note"] = forms.CharField(label=_("改动说明"), max_length=200, required=False)

    def rules(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        return [{"event": event} | {figure: given[f"{event}_{figure}"] for figure in FIGURES} for event in Event.values]
