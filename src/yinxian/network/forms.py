"""Forms of network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.fields import Field
from yinxian.kernel.regions import REGION_CHOICES

from .models import ManagerProfile, Membership, Organisation

LANGUAGES = [
    ("zh", _("中文")),
    ("en", _("英语")),
    ("ja", _("日语")),
    ("de", _("德语")),
    ("fr", _("法语")),
    ("ru", _("俄语")),
]
ANY = [("", _("不限"))]


class SignupForm(forms.Form):
    """What signing up asks beyond phone and password."""

    name = forms.CharField(label=_("姓名"), max_length=60)

    field_order = ["name", "phone", "email", "password1"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    name_en = forms.CharField(label=_("英文姓名"), max_length=60, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False, help_text=_("通知会发到这里；不填就只在网站里看"))
    language = forms.ChoiceField(label=_("通知用的语言"), choices=settings.LANGUAGES)


class ProfileForm(forms.Form):
    """The manager's profile: a track counts by the evidence beside it."""

    kind = forms.ChoiceField(label=_("类别"), choices=ManagerProfile.Kind.choices)
    years = forms.IntegerField(label=_("从业年数"), min_value=0, max_value=60)
    regions = forms.MultipleChoiceField(
        label=_("服务地区"), choices=REGION_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("语言"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    bio = forms.CharField(
        label=_("自我介绍"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    bio_en = forms.CharField(
        label=_("英文自我介绍"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("给用英文的读者看；不写就显示中文"),
    )
    open_to_work = forms.BooleanField(label=_("可接新项目"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Field.choices:
            self.fields[f"track_{code}"] = forms.CharField(
                label=label, max_length=200, required=False, help_text=_("凭什么懂这一行：合同、专利、从业经历")
            )
            self.fields[f"track_en_{code}"] = forms.CharField(
                label=format_lazy(_("{field}，英文"), field=label), max_length=400, required=False
            )

    def tracks(self) -> list[dict[str, str]]:
        """As the profile keeps them; a field with evidence in neither language is no track."""
        given = [
            {
                "field": code,
                "evidence": self.cleaned_data[f"track_{code}"].strip(),
                "evidence_en": self.cleaned_data[f"track_en_{code}"].strip(),
            }
            for code in Field.values
        ]
        return [track for track in given if track["evidence"] or track["evidence_en"]]

    @staticmethod
    def initial_of(profile: ManagerProfile | None) -> dict[str, Any]:
        """What the form shows at first; empty for who is not a manager yet."""
        if profile is None:
            return {"open_to_work": True}
        tracks = {f"track_{track['field']}": track.get("evidence", "") for track in profile.tracks}
        tracks |= {f"track_en_{track['field']}": track.get("evidence_en", "") for track in profile.tracks}
        names = ("kind", "years", "regions", "languages", "bio", "bio_en", "open_to_work")
        return {name: getattr(profile, name) for name in names} | tracks


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no generic form at run time
    region = forms.ChoiceField(label=_("所在地区"), choices=[*ANY, *REGION_CHOICES], required=False)

    class Meta:
        model = Organisation
        fields = ("name", "name_en", "kind", "region", "nature", "credit_code", "address", "bank_account", "about")

    def validate_unique(self) -> None:
        """The operation says it better, under its lock."""


class MemberForm(forms.Form):
    phone = forms.CharField(label=_("手机号"), max_length=20)
    name = forms.CharField(label=_("姓名"), max_length=60)
    role = forms.ChoiceField(label=_("角色"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER)


class AdmissionForm(forms.Form):
    association = forms.ModelChoiceField(
        label=_("申请加入哪个协会"),
        queryset=Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION),
        to_field_name="slug",
        empty_label=None,
    )


class TokenForm(forms.Form):
    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：学校系统每晚同步成果"))


class ForgetForm(forms.Form):
    confirmation = forms.CharField(label=_("写下您的姓名来确认"), max_length=60)
