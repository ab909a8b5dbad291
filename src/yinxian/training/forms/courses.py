"""Courses, terms and meetings as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.credentials.models import Module
from yinxian.kernel.fields import Field
from yinxian.kernel.money import show_yuan
from yinxian.settlement.forms import YuanField

from ..models import Course, Session, Term
from ..operations.courses import MOST_STEPS

MOST_HOURS = 1000
COMMON = ("", _("通用（不分行业）"))


class CourseForm(forms.Form):
    """``course`` to edit, none for a new one. Hours are whole; the operation takes minutes."""

    name = forms.CharField(label=_("课程名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    track = forms.ChoiceField(label=_("赛道"), choices=[COMMON, *Field.choices], required=False)
    step = forms.IntegerField(
        label=_("第几步"), min_value=1, max_value=MOST_STEPS, initial=1, help_text=_("同一赛道里先学的是 1")
    )
    mode = forms.ChoiceField(label=_("方式"), choices=Course.Mode.choices)
    about = forms.CharField(label=_("学什么"), max_length=2000, required=False, widget=forms.Textarea)
    about_en = forms.CharField(label=_("英文说明"), max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, course: Course | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Module:
            label = _("%(kind)s：学时") % {"kind": kind.label}
            self.fields[f"minutes_{kind.value}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_HOURS,
                required=False,
                help_text=_("一学时按 60 分钟；没有的空着"),
            )
            self.fields[f"about_{kind.value}"] = forms.CharField(
                label=_("%(kind)s：讲什么") % {"kind": kind.label}, max_length=1000, required=False
            )
        self.fields["attendance_percent"] = forms.IntegerField(
            label=_("出勤达到多少算学完（%）"), min_value=1, max_value=100, initial=80
        )
        if course is not None:
            names = ("name", "name_en", "track", "step", "mode", "about", "about_en", "attendance_percent")
            self.initial = {name: getattr(course, name) for name in names}
            for module in course.modules:
                self.initial[f"minutes_{module['kind']}"] = module["minutes"] // 60
                self.initial[f"about_{module['kind']}"] = module["about"]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        names = ("name", "name_en", "track", "step", "mode", "about", "about_en", "attendance_percent")
        modules = [
            {"kind": kind, "minutes": (given[f"minutes_{kind}"] or 0) * 60, "about": given[f"about_{kind}"]}
            for kind in Module.values
        ]
        return {name: given[name] for name in names} | {"modules": modules}


class TermForm(forms.Form):
    """``term`` to edit, none for a new one."""

    name = forms.CharField(label=_("班名"), max_length=60, help_text=_("例如：2027 年春季班"))
    starts_on = forms.DateField(label=_("开班"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("结束"), widget=forms.DateInput)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    seats = forms.IntegerField(label=_("名额"), min_value=1, max_value=Term.MOST_SEATS)
    fee = YuanField(label=_("学费（元）"), required=False, help_text=_("只作记录，产品不收钱；不收费的写 0"))
    teachers = forms.CharField(
        label=_("教师"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("手机号或编号（U 开头），每行一位；他要先在这里有账号"),
    )
    material = forms.CharField(label=_("教材与资料"), max_length=4000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, term: Term | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if term is not None:
            names = ("name", "starts_on", "ends_on", "place", "seats", "material")
            self.initial = {name: getattr(term, name) for name in names}
            self.initial["fee"] = show_yuan(term.fee_fen)
            self.initial["teachers"] = "\n".join(one.user.phone or one.user.slug for one in term.teachings.all())

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"fee_fen": given.pop("fee") or 0, "teachers": given["teachers"].splitlines()}


class SessionForm(forms.Form):
    """``session`` to change, none for a new one of ``term``."""

    topic = forms.CharField(label=_("讲什么"), max_length=120)
    kind = forms.ChoiceField(label=_("模块"), choices=Module.choices)
    starts_at = forms.DateTimeField(label=_("开始"), widget=forms.DateTimeInput)
    ends_at = forms.DateTimeField(label=_("结束"), widget=forms.DateTimeInput)
    place = forms.CharField(label=_("地点"), max_length=200, required=False, help_text=_("空着就是班的地点"))
    link = forms.URLField(
        label=_("线上地址"), max_length=300, required=False, help_text=_("只有学员和教师看得到"), assume_scheme="https"
    )
    teacher = forms.ChoiceField(label=_("教师"), required=False)

    def __init__(self, *args: Any, term: Term, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.user.slug, one.user.get_full_name()) for one in term.teachings.all()]
        field = self.fields["teacher"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("未定")), *people]
        if session is not None:
            names = ("topic", "kind", "starts_at", "ends_at", "place", "link")
            self.initial = {name: getattr(session, name) for name in names}
            self.initial["teacher"] = session.teacher.slug if session.teacher else ""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300)


class FileForm(forms.Form):
    file = forms.FileField(label=_("文件"))


class FeeForm(forms.Form):
    paid = YuanField(label=_("已交学费（元）"))
    paid_on = forms.DateField(label=_("到账日期"), required=False, widget=forms.DateInput)
    note = forms.CharField(label=_("凭证"), max_length=120, required=False)
