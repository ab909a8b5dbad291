"""Filters of lists of points, appeals, relations, staff."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.network.models import Organisation, User
from yinxian.settlement.forms import YuanField

from ..models import CreditChoice, Event, Relation


class FilterForm(forms.Form):
    """Wrong values narrow nothing."""

    event = forms.ChoiceField(label=_("什么事"), choices=[("", _("全部"))], required=False)
    year = forms.TypedChoiceField(
        label=_("哪一年"), choices=[("", _("全部"))], coerce=int, empty_value=None, required=False
    )
    sort = forms.ChoiceField(
        label=_("排列"),
        choices=[
            ("", _("新的在前")),
            ("oldest", _("旧的在前")),
            ("points", _("分多的在前")),
            ("held", _("没有给的在前")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        years = [(str(year), str(year)) for year in range(this, this - 10, -1)]
        self.fields["event"].choices = [("", _("全部")), *Event.choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["year"].choices = [("", _("全部")), *years]  # type: ignore[attr-defined]  # a ChoiceField

        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self) -> dict[str, Any]:
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return {"event": given.get("event") or "", "year": given.get("year"), "sort": given.get("sort") or ""}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, help_text=_("哪里不对，凭什么。")
    )


class AppealDecisionForm(forms.Form):
    """``uphold`` comes from the button that was pressed."""

    decision = forms.CharField(label=_("决定的理由"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    change = forms.IntegerField(
        label=_("成立时更正几分"),
        required=False,
        min_value=-10_000,
        max_value=10_000,
        help_text=_("加就写正数，减就写负数；更正是新的一行，原来的不改。"),
    )

    def __init__(self, *args: Any, of_points: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_points:
            del self.fields["change"]


class RelationForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("哪家单位"), queryset=Organisation.objects.none(), empty_label="")
    kind = forms.ChoiceField(label=_("什么关系"), choices=Relation.Kind.choices)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.filter(admitted_by__isnull=False).order_by("name")
        self.fields["organisation"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(
        label=_("谁能看这些数"), choices=CreditChoice.Audience.choices, widget=forms.RadioSelect
    )


class StaffForm(forms.Form):
    """Period, people, and an amount to try it with."""

    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    until = forms.DateField(label=_("至"), widget=forms.DateInput)
    people = forms.ModelMultipleChoiceField(
        label=_("转移人员"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reward = YuanField(label=_("拿一笔奖励试算（元）"), required=False, help_text=_("只用来看怎么分，不记任何账。"))

    def __init__(self, *args: Any, members: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in members]).order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        today = clock.today()
        start, end = dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
        if today.month > 6:
            start, end = dt.date(today.year, 1, 1), today
        for name, value in (("since", start), ("until", end), ("people", [user.pk for user in members])):
            self.fields[name].initial = value
