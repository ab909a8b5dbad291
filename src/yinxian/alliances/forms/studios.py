"""Forms of studios."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.deals.models import Deal
from yinxian.kernel.fields import Field
from yinxian.kernel.regions import REGION_CHOICES
from yinxian.network.forms import ANY
from yinxian.network.models import ManagerProfile, User

from ..models import Studio
from ..queries.studios import deals_to_show


class StudioForm(forms.Form):
    name = forms.CharField(label=_("工作室名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    about = forms.CharField(label=_("介绍"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    about_en = forms.CharField(
        label=_("英文介绍"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    region = forms.ChoiceField(label=_("地区"), choices=[("", _("不写")), *REGION_CHOICES], required=False)
    tracks = forms.MultipleChoiceField(
        label=_("技术领域"), choices=Field.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    published = forms.BooleanField(
        label=_("公开主页"), required=False, help_text=_("不公开时只有成员看得到；成员是否写出姓名由各人自己选")
    )
    noindex = forms.BooleanField(label=_("不让搜索引擎收录"), required=False)

    @staticmethod
    def initial_of(studio: Studio | None) -> dict[str, Any]:
        names = ("name", "name_en", "about", "about_en", "region", "tracks", "published", "noindex")
        return {name: getattr(studio, name) for name in names} if studio else {"noindex": True}


class StudioFilterForm(forms.Form):
    q = forms.CharField(label=_("名称或介绍"), required=False, max_length=60)
    region = forms.ChoiceField(label=_("地区"), choices=[*ANY, *REGION_CHOICES], required=False)
    field = forms.ChoiceField(label=_("技术领域"), choices=[*ANY, *Field.choices], required=False)


class InviteForm(forms.Form):
    manager = forms.CharField(label=_("经理人的手机号"), max_length=20, help_text=_("对方同意后才算成员"))
    role = forms.CharField(label=_("做什么"), max_length=60, required=False)

    def clean_manager(self) -> User:
        text = self.cleaned_data["manager"].strip()
        found = ManagerProfile.objects.filter(user__phone=text, user__is_active=True).select_related("user").first()
        if found is None:
            raise forms.ValidationError(_("没有用这个手机号的技术经理人。没有邀请。"))
        return found.user


class MembershipForm(forms.Form):
    shown = forms.BooleanField(label=_("在公开主页上写出我的姓名"), required=False)


class CaseForm(forms.Form):
    deal = forms.ModelChoiceField(
        label=_("我办成并登记了的项目"), queryset=Deal.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, user: User, studio: Studio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deal = self.fields["deal"]
        assert isinstance(deal, forms.ModelChoiceField)
        deal.queryset = deals_to_show(user, studio)


class MessageForm(forms.Form):
    """What anyone may leave on a studio's page. ``website`` is for programs that fill in everything."""

    name = forms.CharField(label=_("称呼"), max_length=60)
    contact = forms.CharField(
        label=_("怎么联系您"), max_length=120, help_text=_("手机号、邮箱或微信；只有工作室成员看得到")
    )
    text = forms.CharField(label=_("想说的话"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    website = forms.CharField(required=False, widget=forms.HiddenInput)
