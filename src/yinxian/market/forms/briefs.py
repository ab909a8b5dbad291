"""Forms for the brief of a need and for the client's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..codes import Field, Mode
from ..intake.asks import sentence_of
from ..intake.ownership import OWNERSHIPS
from .fields import BLANK, WordsField, YuanField
from .rows import OPS, IndicatorForm

TEXTS = ("title", "problem", "scene", "tried", "target", "background", "constraints")
FORM_ID = "brief-form"  # the questions stand beside the form and belong to it


class LinesField(forms.CharField):
    """One thing a line."""

    def __init__(self, *, rows: int = 3, form: str = "", **kwargs: Any) -> None:
        attrs = {"rows": rows, **({"form": form} if form else {})}
        super().__init__(widget=forms.Textarea(attrs=attrs), required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value


def area(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class BriefForm(forms.Form):
    """Everything of a brief but its indicators, which are rows."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=200)
    problem = area(_("要解决的问题"), 5)
    target = area(_("想达到的目标"), 4)
    scene = area(_("用在哪里"), 3)
    tried = area(_("现状和试过的办法"), 3)
    constraints = LinesField(label=_("不能动的条件"), help_text=_("一行一条"))
    budget_low = YuanField(label=_("预算下限（元）"), required=False)
    budget_high = YuanField(label=_("预算上限（元）"), required=False)
    deadline = forms.DateField(label=_("期限"), required=False, widget=forms.DateInput)
    duration_months = forms.IntegerField(label=_("周期（月）"), required=False, min_value=1, max_value=600)
    field = forms.ChoiceField(label=_("技术领域"), required=False, choices=[BLANK, *Field.choices])
    modes = forms.MultipleChoiceField(
        label=_("合作方式"), required=False, choices=Mode.choices, widget=forms.CheckboxSelectMultiple
    )
    ownership = forms.ChoiceField(
        label=_("知识产权归属"), required=False, choices=[("", _("没有说")), *OWNERSHIPS.items()]
    )
    keywords = WordsField(label=_("关键词"), required=False, help_text=_("用顿号隔开"))
    background = area(_("企业背景"), 4)
    questions = LinesField(label=_("还要问什么"), help_text=_("一行一问，问到了就删掉"), rows=6, form=FORM_ID)
    note = forms.CharField(
        label=_("这一版改了什么"), required=False, max_length=200, help_text=_("写给同事和企业看，可以不写")
    )

    @staticmethod
    def initial_of(content: Mapping[str, Any], number: int) -> dict[str, Any]:
        """The form's values for a version."""
        budget = content.get("budget") or {}
        return {
            **{name: content.get(name) for name in TEXTS},
            **{name: content.get(name) for name in ("deadline", "duration_months", "modes", "ownership", "keywords")},
            "seen": number,
            "budget_low": budget.get("low_fen"),
            "budget_high": budget.get("high_fen"),
            "field": content["field"][0]["code"] if content.get("field") else "",
            "questions": [sentence for one in content.get("questions") or [] if (sentence := sentence_of(one))],
        }

    def content(self, before: Mapping[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
        """The content that was typed. Scores of fields and codes of questions stay where nobody touched them."""
        given = self.cleaned_data
        low, high = given["budget_low"], given["budget_high"]
        low, high = (high if low is None else low), (low if high is None else high)
        kept = {sentence_of(one): one for one in before.get("questions") or []}
        return {
            **{name: given[name] for name in TEXTS},
            **{name: given[name] for name in ("duration_months", "modes", "ownership", "keywords")},
            "industry": before.get("industry") or [],
            "quotes": before.get("quotes") or {},
            "indicators": rows,
            "budget": None if low is None else {"low_fen": low, "high_fen": high},
            "deadline": given["deadline"].isoformat() if given["deadline"] else None,
            "field": fields_with_first(before.get("field") or [], given["field"]),
            "questions": [kept.get(line, {"code": "", "about": "", "text": line}) for line in given["questions"]],
        }


def fields_with_first(before: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    """The chosen field first; the scores of the others as they were."""
    if not code or (before and before[0]["code"] == code):
        return before if code else []
    return [{"code": code, "score": 1.0}, *[one for one in before if one["code"] != code]][:4]


class BriefIndicatorForm(IndicatorForm):
    """A row of the brief; ``quote`` keeps the words that it was read from."""

    op = forms.ChoiceField(label=_("关系"), required=False, choices=OPS)
    quote = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


IndicatorRows = forms.formset_factory(BriefIndicatorForm, extra=0, can_delete=True, max_num=200, absolute_max=200)


def typed_rows(formset: Any) -> list[dict[str, Any]]:
    """The rows that were typed, without those taken out or left empty."""
    found = []
    for form in formset.forms:
        given = dict(form.cleaned_data)
        if given.pop("DELETE", False) or not (given.get("name") or given.get("low")):
            continue
        if given.get("op") in ("<", "<="):
            given["high"], given["low"] = given.get("low") or given.get("high"), None
        found.append(given)
    return found


class AskSignOffForm(forms.Form):
    """For whom the link is."""

    recipient = forms.CharField(label=_("请谁签认"), max_length=120, help_text=_("姓名和职务，会记在这一版上"))


class AnswerForm(forms.Form):
    """The client's one answer."""

    name = forms.CharField(label=_("您的姓名"), max_length=60, required=False)
    comment = forms.CharField(
        label=_("哪里不对，想改成什么"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
