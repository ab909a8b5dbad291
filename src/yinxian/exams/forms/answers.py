"""A candidate's answer as a form, by the kind of the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Kind, PaperItem
from ..queries.sittings import options_of
from ..rules.answers import LONGEST_ANSWER
from .cases import CaseForm, lines_of, lines_to_form


class ChoiceForm(forms.Form):
    """What is chosen is checked by the operation, which knows what the question offers."""

    def __init__(self, *args: Any, item: PaperItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, f"{letter}. {text}") for letter, name, text in options_of(item)]
        kind, several = item.version.question.kind, forms.MultipleChoiceField
        if kind == Kind.SEVERAL:
            self.fields["chosen"] = several(
                label=_("可以选几个"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        else:
            self.fields["chosen"] = forms.ChoiceField(
                label=_("选一个"), choices=choices, required=False, widget=forms.RadioSelect
            )

    def answer(self) -> dict[str, Any]:
        chosen = self.cleaned_data["chosen"]
        return {"chosen": chosen if isinstance(chosen, list) else [chosen] if chosen else []}


class NumberForm(forms.Form):
    value = forms.CharField(
        label=_("数"), max_length=60, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)

    def answer(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("value", "unit")}


class ShortForm(forms.Form):
    text = forms.CharField(
        label=_("您的回答"), max_length=LONGEST_ANSWER, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def answer(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"]}


class CaseAnswerForm(CaseForm):
    """The same lines as the key has, without what only an author says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["field_also"]

    def answer(self) -> dict[str, Any]:
        return lines_of(self.cleaned_data)


AnswerForm = ChoiceForm | NumberForm | ShortForm | CaseAnswerForm


def answer_form(item: PaperItem, saved: Mapping[str, Any], data: Any = None) -> AnswerForm:
    """The form of a question with what is saved so far."""
    kind = item.version.question.kind
    if kind == Kind.NUMBER:
        return NumberForm(data, initial=dict(saved))
    if kind == Kind.SHORT:
        return ShortForm(data, initial=dict(saved))
    if kind == Kind.CASE:
        return CaseAnswerForm(data, initial=lines_to_form(saved) if saved else None)
    chosen = list(saved.get("chosen", ()))
    first: Any = chosen if kind == Kind.SEVERAL else (chosen or [""])[0]
    return ChoiceForm(data, item=item, initial={"chosen": first})
