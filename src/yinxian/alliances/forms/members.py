"""Forms of associations and their members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.contracts.forms.fields import YuanField
from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.regions import REGION_CHOICES
from yinxian.network.forms import ANY
from yinxian.network.models import Organisation, User

from ..models import Branch, Member, MemberRules
from ..operations.fees import next_period
from ..queries.members import branches_of, may_apply_for, rules_of


class RulesForm(forms.Form):
    """What the association asks: one question a line; a star at the end makes it one that must be answered."""

    welcome = forms.CharField(
        label=_("写给申请人的话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    questions = forms.CharField(
        label=_("要申请人回答的"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一个问题；必答的在末尾加 *"),
    )
    fee_person = YuanField(label=_("个人会费（元）"), help_text=_("一个会籍期限的；不收的写 0"))
    fee_organisation = YuanField(label=_("单位会费（元）"))
    months = forms.IntegerField(label=_("会籍期限（月）"), min_value=1, max_value=120)
    remind_days = forms.CharField(
        label=_("到期前几天提醒"), max_length=40, required=False, help_text=_("例如 60、30、7；空着就不提醒")
    )
    open_to_people = forms.BooleanField(label=_("接受个人申请"), required=False)
    open_to_organisations = forms.BooleanField(label=_("接受单位申请"), required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def initial_of(rules: MemberRules | None) -> dict[str, Any]:
        if rules is None:
            return {"months": 12, "remind_days": "60、30、7", "open_to_people": True, "open_to_organisations": True}
        names = ("welcome", "months", "open_to_people", "open_to_organisations")
        lines = [one["label"] + ("*" if one["required"] else "") for one in rules.questions]
        return {name: getattr(rules, name) for name in names} | {
            "questions": "\n".join(lines),
            "fee_person": rules.fee_person_fen,
            "fee_organisation": rules.fee_organisation_fen,
            "remind_days": "、".join(str(days) for days in rules.remind_days),
            "based_on": rules.number,
        }

    def clean_remind_days(self) -> list[int]:
        text = self.cleaned_data["remind_days"]
        parts = text.replace("，", "、").replace(",", "、").replace(" ", "、").split("、")
        try:
            return [int(part) for part in parts if part.strip()]
        except ValueError as error:
            raise forms.ValidationError(_("请写天数，用顿号隔开，例如 60、30、7。")) from error

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        lines = [line.strip() for line in given["questions"].splitlines() if line.strip()]
        return {
            "welcome": given["welcome"],
            "questions": [
                {"label": line.rstrip("*＊ "), "required": line.endswith(("*", "＊")), "long": True} for line in lines
            ],
            "fee_person_fen": given["fee_person"] or 0,
            "fee_organisation_fen": given["fee_organisation"] or 0,
            **{name: given[name] for name in ("months", "remind_days", "open_to_people", "open_to_organisations")},
        }


class BranchForm(forms.Form):
    name = forms.CharField(label=_("分会名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("怎么分"), choices=Branch.Kind.choices)
    region = forms.ChoiceField(label=_("地区"), choices=[*ANY, *REGION_CHOICES], required=False)
    field = forms.ChoiceField(label=_("技术领域"), choices=[*ANY, *Field.choices], required=False)
    parent = forms.ModelChoiceField(
        label=_("属于哪个分会"),
        queryset=Branch.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("直属协会"),
    )

    def __init__(self, *args: Any, association: Organisation, branch: Branch | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        others = Branch.objects.filter(association=association, closed_at=None)
        parent.queryset = others.exclude(pk=branch.pk) if branch is not None else others
        if branch is not None:
            self.initial = {name: getattr(branch, name) for name in ("name", "name_en", "kind", "region", "field")}
            self.initial["parent"] = branch.parent.slug if branch.parent else None

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        parent = given.pop("parent")
        return given | {"parent_id": parent.pk if parent else None}


def _branch_choices(association: Organisation) -> list[tuple[str, Any]]:
    indented = [(one.slug, "　" * getattr(one, "depth", 0) + one.shown_name) for one in branches_of(association)]
    return [("", _("由协会安排")), *indented]


class JoinForm(forms.Form):
    """The application: for whom, which branch, and the association's own questions."""

    def __init__(self, *args: Any, association: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = rules_of(association)
        self.association, self.questions = association, rules.questions if rules else []
        whom: list[tuple[str, Any]] = []
        if rules and rules.open_to_people:
            whom.append(("", _("我本人")))
        if rules and rules.open_to_organisations:
            whom += [(one.slug, one.shown_name) for one in may_apply_for(user)]
        self.fields["applicant"] = forms.ChoiceField(label=_("以谁的名义"), choices=whom, required=False)
        branches = _branch_choices(association)
        if len(branches) > 1:
            self.fields["branch"] = forms.ChoiceField(label=_("想加入的分会"), choices=branches, required=False)
        for question in self.questions:
            widget = forms.Textarea(attrs={"rows": 3}) if question["long"] else forms.TextInput()
            self.fields[question["key"]] = forms.CharField(
                label=question["label"], required=question["required"], max_length=4000, widget=widget
            )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        organisation = Organisation.objects.filter(slug=given["applicant"]).first() if given["applicant"] else None
        branch = Branch.objects.filter(association=self.association, slug=given.get("branch") or "").first()
        return {
            "organisation_id": organisation.pk if organisation else None,
            "branch_id": branch.pk if branch else None,
            "answers": {question["key"]: given[question["key"]] for question in self.questions},
        }


class AnswerForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不通过时必填，申请人会看到"),
    )


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么退会"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class FeeForm(forms.Form):
    amount = YuanField(label=_("金额（元）"))
    receipt = forms.CharField(label=_("收据号"), max_length=40)
    paid_on = forms.DateField(label=_("收款日期"), widget=forms.DateInput())
    period_from = forms.DateField(label=_("会籍起"), widget=forms.DateInput())
    period_until = forms.DateField(label=_("会籍止"), widget=forms.DateInput())
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = rules_of(member.association)
        begin, end = next_period(member, rules)
        fee = 0
        if rules:
            fee = rules.fee_person_fen if member.kind == Member.Kind.PERSON else rules.fee_organisation_fen
        self.initial = {"amount": fee, "paid_on": clock.today(), "period_from": begin, "period_until": end}


class MemberForm(forms.Form):
    """The association's own fields of a member."""

    number = forms.CharField(label=_("会员号"), max_length=30)
    branch = forms.ChoiceField(label=_("分会"), required=False)
    valid_from = forms.DateField(label=_("会籍起"), widget=forms.DateInput())
    valid_until = forms.DateField(label=_("会籍止"), widget=forms.DateInput())

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["branch"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = _branch_choices(member.association)
        self.member = member
        self.initial = {name: getattr(member, name) for name in ("number", "valid_from", "valid_until")}
        self.initial["branch"] = member.branch.slug if member.branch else ""

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        branch = Branch.objects.filter(association=self.member.association, slug=given.pop("branch") or "").first()
        return given | {"branch_id": branch.pk if branch else None}


class MemberFilterForm(forms.Form):
    q = forms.CharField(label=_("名称、会员号或手机号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"), choices=[*ANY, ("due", _("60 天内到期")), *Member.State.choices], required=False
    )
    kind = forms.ChoiceField(label=_("类别"), choices=[*ANY, *Member.Kind.choices], required=False)
    branch = forms.ChoiceField(label=_("分会"), required=False)

    def __init__(self, *args: Any, association: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["branch"]
        assert isinstance(choices, forms.ChoiceField)
        named = [(one.slug, "　" * getattr(one, "depth", 0) + one.shown_name) for one in branches_of(association)]
        choices.choices = [*ANY, *named]


class ListForm(forms.Form):
    file = forms.FileField(label=_("名单"), help_text=_("CSV、XLSX 或 JSON；列名与导出的会员名单一样就行"))
