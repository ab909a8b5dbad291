"""Forms of a deal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.contracts.models import Contract

from ..models import Deal, Side, TeamMember

WHO = (("own", _("只给我这一方")), ("all", _("各方可见")))


class JotForm(forms.Form):
    """记一笔: a note, perhaps a photo, perhaps what comes next; done in a minute on a phone."""

    text = forms.CharField(label=_("内容"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    audience = forms.ChoiceField(label=_("谁能看"), choices=WHO, initial="own", widget=forms.RadioSelect)
    file = forms.FileField(label=_("照片或文件"), required=False)
    action = forms.CharField(label=_("下一步"), max_length=200, required=False)
    on = forms.DateField(label=_("哪天"), required=False, widget=forms.DateInput())

    def __init__(self, *args: Any, may_set_next: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_set_next:
            del self.fields["action"], self.fields["on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not given.get("file") and not given.get("action") and not self.errors:
            self.add_error("text", _("写几个字，或者放一张照片。"))
        return given


class MeetingForm(forms.Form):
    at = forms.DateTimeField(
        label=_("时间"),
        widget=forms.DateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
    )
    place = forms.CharField(label=_("地点"), max_length=200)
    people = forms.CharField(label=_("参加人"), max_length=300)
    minutes = forms.CharField(
        label=_("纪要"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    audience = forms.ChoiceField(label=_("谁能看"), choices=WHO, initial="all", widget=forms.RadioSelect)


class MemberForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    profession = forms.ChoiceField(label=_("专业"), choices=TeamMember.Profession.choices)
    side = forms.ChoiceField(label=_("为谁服务"), choices=Side.choices)
    firm = forms.CharField(label=_("所在机构"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        required=False,
        help_text=_("本站用户的手机号；填了，对方就能看到这一方的内容。"),
    )

    def __init__(self, *args: Any, sides: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Side.choices if choice[0] in sides]
        self.fields["side"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class MoveForm(forms.Form):
    was = forms.CharField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("转入"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("终止或提出争议时要写，各方都会看到。"),
    )

    def __init__(self, *args: Any, targets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Deal.State.choices)
        if not {"terminated", "disputed"} & set(targets):
            del self.fields["reason"]
        self.fields["to"].choices = [(to, labels[to]) for to in targets]  # type: ignore[attr-defined]  # as above


class RegisterForm(forms.Form):
    number = forms.CharField(label=_("登记编号"), max_length=40)
    registered_on = forms.DateField(label=_("登记日期"), widget=forms.DateInput())


class DraftForm(forms.Form):
    kind = forms.ChoiceField(label=_("哪一类合同"), widget=forms.RadioSelect)
    client = forms.ChoiceField(
        label=_("中介合同的委托方"),
        choices=Side.choices[:2],
        required=False,
        help_text=_("只有中介合同要选：谁付报酬，谁是委托方。"),
    )

    def __init__(self, *args: Any, payer: str, brokerage_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].initial = payer if payer in ("buyer", "supplier") else "supplier"
        choices = [
            (f"{kind.value}:{sub.value}", f"{kind.label} · {sub.label}" if len(subs) > 1 else kind.label)
            for kind, subs in Contract.SUB_KINDS.items()
            for sub in subs
            if kind in Contract.BESIDE or not brokerage_only
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # as above
        self.fields["kind"].initial = choices[0][0]


class FileForm(forms.Form):
    file = forms.FileField(label=_("文件"))
    audience = forms.ChoiceField(label=_("谁能看"), choices=WHO, initial="all", widget=forms.RadioSelect)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("找项目"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("进行中")), *Deal.State.choices],
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
