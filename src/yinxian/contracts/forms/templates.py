"""Editing a template: its name, its articles as lines, the fields it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..clauses import Template
from ..clauses.reading import MOST_ARTICLES, MOST_FIELDS
from ..clauses.writing import clauses_from, lines_of

KINDS = (
    ("line", _("一行字")),
    ("text", _("一段话")),
    ("date", _("日期")),
    ("whole", _("整数")),
    ("percent", _("百分比")),
    ("choice", _("选项（沿用原有的）")),
)


class TemplateForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    name_zh = forms.CharField(label=_("合同名称（中文）"), max_length=100)
    name_en = forms.CharField(label=_("合同名称（英文）"), max_length=200, required=False)
    preamble_zh = forms.CharField(label=_("开头（中文）"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))
    preamble_en = forms.CharField(
        label=_("开头（英文）"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ArticleRow(forms.Form):
    ident = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=999, required=False)
    heading_zh = forms.CharField(label=_("条名（中文）"), max_length=100, required=False)
    heading_en = forms.CharField(label=_("条名（英文）"), max_length=200, required=False)
    text_zh = forms.CharField(
        label=_("中文（一行一句）"), max_length=40_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    text_en = forms.CharField(
        label=_("英文（与中文一行对一行，或者留空）"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class FieldRow(forms.Form):
    key = forms.CharField(label=_("代号"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, required=False)
    zh = forms.CharField(label=_("名称（中文）"), max_length=100, required=False)
    en = forms.CharField(label=_("名称（英文）"), max_length=200, required=False)
    optional = forms.BooleanField(label=_("可以不填"), required=False)


ArticleRows = forms.formset_factory(
    ArticleRow, extra=0, max_num=MOST_ARTICLES, absolute_max=MOST_ARTICLES, can_delete=True
)
FieldRows = forms.formset_factory(FieldRow, extra=0, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS, can_delete=True)


def initial_of(template: Template, revision: int) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    head = {
        "revision": revision,
        "name_zh": template.name.zh,
        "name_en": template.name.en,
        "preamble_zh": template.preamble.zh,
        "preamble_en": template.preamble.en,
    }
    articles = [
        {
            "ident": one.ident,
            "order": number * 10,
            "heading_zh": one.heading.zh,
            "heading_en": one.heading.en,
            "text_zh": lines_of(one, "zh"),
            "text_en": lines_of(one, "en"),
        }
        for number, one in enumerate(template.articles, 1)
    ]
    fields = [
        {"key": ask.key, "kind": ask.kind, "zh": ask.name.zh, "en": ask.name.en, "optional": not ask.required}
        for ask in template.asks
    ]
    return head, articles, fields


def content_from(head: Mapping[str, Any], articles: Any, fields: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """What was edited as content; what the form does not show of a field (help, default, choices) is kept."""
    kept = {row["id"]: row for row in before["articles"]}
    rows = [row for row in articles if row.get("heading_zh") and not row.get("DELETE")]
    rows.sort(key=lambda row: row.get("order") if row.get("order") is not None else 999)
    numbers = iter(range(1, MOST_ARTICLES + 1))
    taken = {row["ident"] for row in rows if row["ident"] in kept}
    made = []
    for place, row in enumerate(rows, 1):
        ident = row["ident"] if row["ident"] in kept else ""
        while not ident or (row["ident"] not in kept and ident in taken):
            ident = f"own{next(numbers)}"
        taken.add(ident)
        old = kept.get(ident, {"clauses": []})["clauses"]
        clauses = clauses_from(ident, row["text_zh"], row["text_en"], old, str(place))
        made.append({"id": ident, "heading": [row["heading_zh"], row["heading_en"]], "clauses": clauses})
    asked = {row[0]: row for row in before["fields"]}
    wanted = []
    for row in fields:
        if not row.get("key") or row.get("DELETE"):
            continue
        more = dict(asked[row["key"]][4]) if row["key"] in asked else {"help": ["", ""], "default": ""}
        more["optional"] = bool(row["optional"])
        wanted.append([row["key"], row["kind"] or "line", row["zh"], row["en"], more])
    return {
        "name": [head["name_zh"], head["name_en"]],
        "preamble": [head["preamble_zh"], head["preamble_en"]],
        "articles": made,
        "fields": wanted,
    }
