"""Exams, blueprints, windows, registering somebody, grading and appeals as forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from yinxian.credentials.models import Module
from yinxian.credentials.queries.levels import levels_of
from yinxian.network.models import Organisation

from ..models import Blueprint, Difficulty, Kind, Sitting, Window
from ..rules.drawing import MOST_MINUTES, MOST_POINTS, MOST_QUESTIONS

ROWS = 14
NONE = ("", "—")
PARTS = ("module", "kind", "difficulty", "count", "points")


class BlueprintForm(forms.Form):
    """``r0_module`` … ``r13_points``: up to fourteen rows; a row without a count is none."""

    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=1, max_value=MOST_MINUTES, initial=90)
    pass_percent = forms.IntegerField(label=_("及格线（%）"), min_value=1, max_value=100, initial=60)
    differ_percent = forms.IntegerField(
        label=_("两位阅卷人相差多少，请第三位（该题分值的 %）"), min_value=0, max_value=100, initial=20
    )
    appeal_days = forms.IntegerField(label=_("成绩公布后几天内可申请复核"), min_value=0, max_value=90, initial=7)

    def __init__(self, *args: Any, blueprint: Blueprint | None = None, **kwargs: Any) -> None:
        if blueprint is not None:
            kwargs["initial"] = self._initial(blueprint)
        super().__init__(*args, **kwargs)
        for place in range(ROWS):
            made: dict[str, forms.Field] = {
                "module": forms.ChoiceField(label=_("模块"), choices=[NONE, *Module.choices], required=False),
                "kind": forms.ChoiceField(label=_("题型"), choices=[NONE, *Kind.choices], required=False),
                "difficulty": forms.TypedChoiceField(
                    label=_("难度"), choices=[(0, _("不限")), *Difficulty.choices], coerce=int, required=False
                ),
                "count": forms.IntegerField(label=_("题数"), min_value=0, max_value=MOST_QUESTIONS, required=False),
                "points": forms.IntegerField(label=_("每题分值"), min_value=0, max_value=MOST_POINTS, required=False),
            }
            for part, field in made.items():
                self.fields[f"r{place}_{part}"] = field
        self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def _initial(blueprint: Blueprint) -> dict[str, Any]:
        found: dict[str, Any] = {
            "minutes": blueprint.minutes,
            "pass_percent": blueprint.pass_bp // 100,
            "differ_percent": blueprint.differ_bp // 100,
            "appeal_days": blueprint.appeal_days,
            "based_on": blueprint.number,
        }
        for place, row in enumerate(blueprint.rows[:ROWS]):
            found |= {f"r{place}_{part}": row[part] for part in PARTS}
        return found

    def rows(self) -> Iterator[list[BoundField]]:
        for place in range(ROWS):
            yield [self[f"r{place}_{part}"] for part in PARTS]

    def figures(self) -> list[BoundField]:
        return [self[name] for name in ("minutes", "pass_percent", "differ_percent", "appeal_days")]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        rows = [{part: given[f"r{place}_{part}"] for part in PARTS} for place in range(ROWS)]
        for row in rows:
            row["difficulty"] = row["difficulty"] or 0
        return {
            "minutes": given["minutes"],
            "pass_bp": given["pass_percent"] * 100,
            "differ_bp": given["differ_percent"] * 100,
            "appeal_days": given["appeal_days"],
            "rows": [row for row in rows if row["count"] or row["points"] or row["module"] or row["kind"]],
        }


class ExamForm(BlueprintForm):
    title = forms.CharField(label=_("考试名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    level = forms.ChoiceField(label=_("算作哪一级的考试"), required=False)

    def __init__(self, *args: Any, association: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(str(level.pk), level.shown_name) for level in levels_of(association)]
        self.fields["level"].choices = [("", _("不算")), *levels]  # type: ignore[attr-defined]  # a ChoiceField

    def figures(self) -> list[BoundField]:
        return [self[name] for name in ("title", "title_en", "level")] + super().figures()

    def values(self) -> dict[str, Any]:
        level = self.cleaned_data["level"]
        named = {name: self.cleaned_data[name] for name in ("title", "title_en")}
        return super().values() | named | {"level": int(level) if level else None}


class WindowForm(forms.Form):
    opens_at = forms.DateTimeField(label=_("开始"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("结束"), widget=forms.DateTimeInput)
    places = forms.IntegerField(
        label=_("名额"), required=False, min_value=1, max_value=100_000, help_text=_("不限就空着")
    )
    for_whom = forms.ChoiceField(label=_("谁能报名"), choices=Window.ForWhom.choices)
    shows_paper = forms.BooleanField(label=_("公布成绩后，考生能看答案和解析"), required=False, initial=True)


class PersonForm(forms.Form):
    phone = forms.CharField(label=_("手机号"), max_length=20)


class CandidateFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *Sitting.State.choices], required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[("", _("先报名的在前")), ("score", _("分高的在前")), ("name", _("按姓名")), ("state", _("按状态"))],
        required=False,
    )


class GradeForm(forms.Form):
    points = forms.DecimalField(label=_("得分"), min_value=0, max_value=MOST_POINTS, decimal_places=2, max_digits=6)
    note = forms.CharField(label=_("批注"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def hundredths(self) -> int:
        return int(self.cleaned_data["points"] * Decimal(100))


class AppealForm(forms.Form):
    reason = forms.CharField(label=_("哪里不对，为什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class VoidForm(forms.Form):
    answer = forms.CharField(
        label=_("题错在哪里"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每个考生都会看到"),
    )


class DecideForm(forms.Form):
    points = forms.DecimalField(
        label=_("新的得分"),
        min_value=0,
        max_value=MOST_POINTS,
        decimal_places=2,
        max_digits=6,
        required=False,
        help_text=_("维持原分就空着"),
    )
    answer = forms.CharField(label=_("答复的理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def hundredths(self) -> int | None:
        points = self.cleaned_data["points"]
        return None if points is None else int(points * Decimal(100))
