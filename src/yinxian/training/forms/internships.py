"""Internships as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import User

from ..models import Internship
from ..operations.internships import HOURS_A_WEEK
from ..queries.internships import deals_to_mentor_on, mentors

SHOWN = 500


class AskForm(forms.Form):
    mentor = forms.ChoiceField(label=_("请谁带"))
    aim = forms.CharField(label=_("想学什么"), max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.slug, f"{one.user.shown_name} · {one.association} · {one.get_kind_display()}")
            for one in mentors(user)[:SHOWN]
        ]


class AnswerForm(forms.Form):
    """The mentor's: on which deal, or why not."""

    deal = forms.ChoiceField(label=_("在哪个项目上带"), required=False)
    answer = forms.CharField(label=_("答复"), max_length=300, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((one.slug, str(one)) for one in deals_to_mentor_on(user)[:SHOWN])]


class WeekForm(forms.Form):
    week = forms.DateField(label=_("哪一周"), widget=forms.DateInput, help_text=_("这一周里的任何一天"))
    hours = forms.IntegerField(label=_("小时"), min_value=1, max_value=HOURS_A_WEEK)
    text = forms.CharField(label=_("做了什么"), max_length=2000, widget=forms.Textarea)


class SignForm(forms.Form):
    hours = forms.IntegerField(
        label=_("认可的小时"), min_value=1, max_value=Internship.MOST_HOURS, help_text=_("满 8 小时算一天")
    )
    verdict = forms.ChoiceField(label=_("结论"), choices=Internship.Verdict.choices, widget=forms.RadioSelect)
    review = forms.CharField(label=_("导师评语"), max_length=1000, widget=forms.Textarea)
