"""A question as a form: what its kind needs, and no more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.credentials.models import Module

from ..models import Difficulty, Kind, QuestionVersion
from ..rules.exchange import COLUMNS, from_row, to_row
from ..rules.keys import LONGEST
from .cases import CaseForm, lines_of, lines_to_form

ANY = ("", _("全部"))


def area(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class QuestionForm(forms.Form):
    """``kind`` decides which fields there are; a case has ``case``, a form of the brief's lines, beside it."""

    module = forms.ChoiceField(label=_("模块"), choices=Module.choices)
    code = forms.CharField(label=_("自编号"), max_length=40, required=False, help_text=_("可以空着；导入时凭它认题"))
    difficulty = forms.TypedChoiceField(label=_("难度"), choices=Difficulty.choices, coerce=int, initial=2)
    tags = forms.CharField(label=_("标签"), max_length=300, required=False, help_text=_("用逗号隔开"))
    text = area(_("题干"), 4)
    text_en = area(_("题干（英文）"), 4)
    explanation = area(_("解析"))
    explanation_en = area(_("解析（英文）"))
    article = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("例如：民法典第 965 条"))
    article_en = forms.CharField(label=_("依据（英文）"), max_length=200, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, kind: str, version: QuestionVersion | None = None, **kwargs: Any) -> None:
        if version is not None:
            kwargs["initial"] = self._initial(version)
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields |= self._own_fields()
        own = [name for name in self.fields if name in COLUMNS and name not in QuestionForm.base_fields]
        first = ["module", "code", "difficulty", "tags", "text", "text_en"]
        self.order_fields([*first, *own, "explanation", "explanation_en", "article", "article_en", "based_on"])
        if version is not None:
            del self.fields["module"], self.fields["code"]
        key = version.key if version is not None and kind == Kind.CASE else None
        self.case = CaseForm(self.data or None, initial=lines_to_form(key) if key else None) if kind == "case" else None

    def _own_fields(self) -> dict[str, forms.Field]:
        if self.kind in (Kind.SINGLE, Kind.SEVERAL):
            return {
                "options": area(_("选项"), 5, help_text=_("一行一个，最多十个")),
                "options_en": area(_("选项（英文）"), 5, help_text=_("和上面一行对一行")),
                "right": forms.CharField(label=_("正确答案"), max_length=40, help_text=_("字母，例如 A；多选写 A, C")),
            }
        if self.kind == Kind.TRUTH:
            choices = [("true", _("对")), ("false", _("错"))]
            return {"right": forms.ChoiceField(label=_("正确答案"), choices=choices, widget=forms.RadioSelect)}
        if self.kind == Kind.NUMBER:
            return {
                "value": forms.CharField(label=_("正确的数"), max_length=60),
                "unit": forms.CharField(label=_("单位"), max_length=20, required=False),
                "tolerance": forms.CharField(
                    label=_("容差"), max_length=60, required=False, help_text=_("同一单位，上下各多少；空着是 0")
                ),
            }
        if self.kind == Kind.SHORT:
            return {"guide": area(_("评分要点"), 4), "guide_en": area(_("评分要点（英文）"), 4)}
        return {}

    @staticmethod
    def _initial(version: QuestionVersion) -> dict[str, Any]:
        names = ("difficulty", "tags", "text", "text_en", "options", "key", "explanation", "explanation_en")
        values = {name: getattr(version, name) for name in (*names, "article", "article_en")}
        row = dict(zip(COLUMNS, to_row(values | {"kind": version.question.kind}), strict=True))
        if version.question.kind == Kind.TRUTH:
            row["right"] = version.key["right"][0]
        return row | {"based_on": version.number}

    def is_valid(self) -> bool:
        return super().is_valid() and (self.case is None or self.case.is_valid())

    def values(self) -> dict[str, Any]:
        """What the operations take."""
        given = dict(self.cleaned_data)
        if self.case is not None:
            kept = {name: given[name] for name in ("difficulty", "text", "text_en", "explanation", "explanation_en")}
            more = {name: given.get(name, "") for name in ("module", "code", "article", "article_en")}
            tags = from_row(given | {"kind": "single"})["tags"]
            key = lines_of(self.case.cleaned_data) | {"field_also": self.case.cleaned_data["field_also"]}
            return kept | more | {"kind": self.kind, "tags": tags, "key": key}
        return from_row(given | {"kind": self.kind})


class BankFilter(forms.Form):
    """What the list of questions is narrowed to; nonsense narrows nothing."""

    q = forms.CharField(label=_("搜索"), max_length=100, required=False)
    module = forms.ChoiceField(label=_("模块"), choices=[ANY, *Module.choices], required=False)
    kind = forms.ChoiceField(label=_("题型"), choices=[ANY, *Kind.choices], required=False)
    difficulty = forms.ChoiceField(label=_("难度"), choices=[ANY, *Difficulty.choices], required=False)
    state = forms.ChoiceField(label=_("状态"), choices=[ANY, *QuestionVersion.State.choices], required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[
            ("", _("先写的在前")),
            ("new", _("新写的在前")),
            ("module", _("按模块")),
            ("difficulty", _("按难度")),
            ("used", _("出得多的在前")),
        ],
        required=False,
    )


class ImportForm(forms.Form):
    file = forms.FileField(label=_("文件"), help_text=_("CSV、XLSX 或本系统导出的 JSON；一次最多 2,000 题"))
