"""Forms for results and needs. They read what was typed; what may be written is decided by the operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yinxian.network.models import Organisation, User

from ..codes import TRL, Confidence, Field, Mode, PriceKind
from ..models import Need, Result
from ..operations.listings import version
from ..operations.values import LONGEST_TEXT
from .fields import BLANK, EMPTY_FILE, INDUSTRY_OPTIONS, REGION_OPTIONS, WordsField, YuanField

Sections = Sequence[tuple[Any, Any, Sequence[str]]]


TOO_LONG = {
    "max_length": _("太长了：最多 %(limit_value)d 字，现在是 %(show_value)d 字。已填的内容都还在；请删短一些再存。")
}


def area(label: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=widget, max_length=LONGEST_TEXT, error_messages=TOO_LONG
    )


def text(label: Any, limit: int, hint: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=hint, max_length=limit, error_messages=TOO_LONG)


class OwnerForm(forms.Form):
    """In whose name."""

    owner: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        Organisation.objects.none(), to_field_name="slug", label=_("单位"), empty_label=None
    )

    def __init__(self, *args: Any, owners: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = owners


class ListingForm(forms.Form):
    """What results and needs share. ``seen`` is the version that the editor read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = text(_("名称"), 200, required=True)
    title_en = text(_("英文名称"), 300)
    teaser = area(_("公开简介"), _("任何人都能看到的一两句话，会出现在分享卡片和搜索引擎里。不要写联系方式。"), 3)
    teaser_en = area(_("英文简介"), rows=3)
    field = forms.ChoiceField(label=_("技术领域"), required=False, choices=[BLANK, *Field.choices])
    industry = forms.ChoiceField(label=_("行业"), required=False, choices=INDUSTRY_OPTIONS)
    region = forms.ChoiceField(label=_("地区"), required=False, choices=REGION_OPTIONS)
    modes = forms.MultipleChoiceField(
        label=_("合作方式"), required=False, choices=Mode.choices, widget=forms.CheckboxSelectMultiple
    )
    keywords = WordsField(label=_("关键词"), required=False, max_length=200, help_text=_("最多 3 个，用顿号隔开。"))
    limits = area(_("限制与风险"))
    confidence = forms.ChoiceField(
        label=_("谁能看到"),
        choices=Confidence.choices,
        initial=Confidence.PUBLIC,
        widget=forms.RadioSelect,
        help_text=_("“公开简介”：所有人看到简介，网络成员看到全文。保密内容和联系方式始终只给指定各方。"),
    )
    confidential = area(_("保密内容"), _("只有您的人、负责经理人和您指定的各方能看到；不进入搜索。"))
    contact_name = text(_("联系人"), 60)
    contact_phone = text(_("联系电话"), 40)
    contact_email = forms.EmailField(label=_("联系邮箱"), required=False)

    SECTIONS: Sections = ()
    WIDE = {"title", "title_en", "teaser", "teaser_en", "modes", "limits", "confidence", "confidential"}

    def values(self) -> dict[str, Any]:
        """What was typed, for the operation."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "owner")}

    def sections(self) -> list[dict[str, Any]]:
        """The form in its parts, each with its heading, its hint and its fields."""
        return [
            {
                "label": label,
                "hint": hint,
                "fields": [{"field": self[name], "wide": name in self.WIDE} for name in names],
            }
            for label, hint, names in self.SECTIONS
        ]

    @classmethod
    def initial_of(cls, listing: Result | Need) -> dict[str, Any]:
        names = [name for name in cls.base_fields if name != "seen"]
        found = {name: getattr(listing, name) for name in names if hasattr(listing, name)}
        if region := found.get("region"):
            found["region"] = f"{region[:2]}0000"
        if industry := found.get("industry"):
            found["industry"] = industry[:1]
        return found | {"seen": version(listing)}

    def keep_finer(self, listing: Result | Need, values: dict[str, Any]) -> dict[str, Any]:
        """A city's or a subsection's code stays when the form, which knows only the coarse one, did not change it."""
        for name, length in (("region", 2), ("industry", 1)):
            finer = getattr(listing, name)
            if finer and values.get(name, "")[:length] == finer[:length]:
                values[name] = finer
        return values


WHO = (_("谁能看到什么"), _("简介给所有人，全文给网络成员，下面这些只给指定各方。"))


class ResultForm(ListingForm):
    problem = area(_("解决的问题"))
    description = area(_("详细说明"), _("网络成员能看到的全文。"), 8)
    advantage = area(_("相对现有方案的优势"), _("尽量用数字说。"))
    trl = forms.TypedChoiceField(
        label=_("技术成熟度"), required=False, choices=[BLANK, *TRL], coerce=int, empty_value=None
    )
    ipc = text("IPC", 60)
    price_kind = forms.ChoiceField(label=_("价格方式"), choices=PriceKind.choices, initial=PriceKind.OPEN)
    price_low_fen = YuanField(label=_("价格下限（元）"), required=False)
    price_high_fen = YuanField(label=_("价格上限（元）"), required=False)
    price_text = text(_("价格说明"), 200)
    price_confidential = forms.BooleanField(label=_("价格保密，只给指定各方看"), required=False)
    team = area(_("团队"), rows=3)
    evidence = area(_("佐证"), _("检测报告、用户证明等；只给指定各方看。"), 3)

    WIDE = ListingForm.WIDE | {"problem", "description", "advantage", "team", "evidence"}
    WIDE |= {"price_text", "price_confidential"}
    SECTIONS: Sections = (
        (_("是什么"), "", ("title", "title_en", "teaser", "teaser_en", "problem", "description", "advantage")),
        (_("归在哪里"), "", ("field", "industry", "region", "trl", "ipc", "keywords", "modes")),
        (_("多少钱"), "", ("price_kind", "price_low_fen", "price_high_fen", "price_text", "price_confidential")),
        (_("还应知道的"), "", ("limits", "team")),
        (*WHO, ("confidence", "confidential", "evidence", "contact_name", "contact_phone", "contact_email")),
    )


class NeedForm(ListingForm):
    """Everything but the company's own words, which never change."""

    scene = area(_("使用场景"))
    tried = area(_("试过什么"))
    budget_low_fen = YuanField(label=_("预算下限（元）"), required=False)
    budget_high_fen = YuanField(label=_("预算上限（元）"), required=False)
    deadline = forms.DateField(label=_("期限"), required=False, widget=forms.DateInput)
    wished_ip = text(_("希望的知识产权归属"), 200)
    payment_wish = text(_("谁付款、何时付"), 200)

    WIDE = ListingForm.WIDE | {"scene", "tried"}
    SECTIONS: Sections = (
        (_("要解决什么"), "", ("title", "title_en", "teaser", "teaser_en", "scene", "tried", "limits")),
        (_("归在哪里"), "", ("field", "industry", "region", "keywords", "modes")),
        (_("预算与期限"), "", ("budget_low_fen", "budget_high_fen", "deadline", "wished_ip", "payment_wish")),
        (*WHO, ("confidence", "confidential", "contact_name", "contact_phone", "contact_email")),
    )


class NewNeedForm(OwnerForm):
    """A need begins with the company's own words, pasted or as a file."""

    raw_words = area(_("企业原话"), _("怎么说就怎么贴，长短不限（最多 20 万字）。原话永久保留，不会被改动。"), 10)
    raw_file = forms.FileField(
        label=_("或者上传文件"),
        required=False,
        help_text=_("txt、docx 或 pdf；文字会被读出来作为原话。"),
        error_messages=EMPTY_FILE,
    )
    title = text(_("名称"), 200, _("可以先空着，系统从原话里取。"))
    contact_name = text(_("联系人"), 60, _("联系方式只给指定各方看。"))
    contact_phone = text(_("联系电话"), 40)

    field_order = ["raw_words", "raw_file", "owner", "title", "contact_name", "contact_phone"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        told = {"raw_words", "raw_file"} & self.errors.keys()
        if not told and not (given.get("raw_words") or "").strip() and not given.get("raw_file"):
            raise ValidationError(_("请贴上企业原话，或者上传一个文件。其余内容已保留。"))
        return given


class NewResultForm(ResultForm, OwnerForm):
    SECTIONS: Sections = (
        (ResultForm.SECTIONS[0][0], "", ("owner", *ResultForm.SECTIONS[0][2])),
        *ResultForm.SECTIONS[1:],
    )
    WIDE = ResultForm.WIDE | {"owner"}


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("publish", _("发布")), ("hold", _("暂缓")), ("reject", _("驳回"))], label=_("决定")
    )
    reason = area(_("意见"), _("暂缓或驳回时必填；所有者会看到。"), 3)


class PartyForm(forms.Form):
    party = text(_("单位全称或编号"), 160, _("填单位全称，或单位、个人主页上的编号。"), required=True)


class ManagerForm(forms.Form):
    manager: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        User.objects.none(), to_field_name="slug", label=_("负责经理人"), required=False, empty_label=_("暂不指定")
    )

    def __init__(self, *args: Any, managers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["manager"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = managers
