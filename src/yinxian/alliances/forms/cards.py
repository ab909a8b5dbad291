"""One's card in the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.fields import Field
from yinxian.kernel.regions import REGION_CHOICES
from yinxian.network.forms import LANGUAGES

from ..models import Card
from ..operations.cards import MOST_DEALS

Profession = Card.Profession


class CardForm(forms.Form):
    """What the card says and who may read which part of it. Managers write tracks and the rest in their profile."""

    profession = forms.ChoiceField(label=_("职业"))
    headline = forms.CharField(
        label=_("一句话介绍"), max_length=120, required=False, help_text=_("谁能找到您，谁就能看到")
    )
    headline_en = forms.CharField(label=_("英文一句话介绍"), max_length=160, required=False)
    about = forms.CharField(label=_("介绍"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    about_en = forms.CharField(
        label=_("英文介绍"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    tracks = forms.MultipleChoiceField(
        label=_("技术领域"), choices=Field.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("服务地区"), choices=REGION_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("语言"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("同时最多做几个项目"),
        min_value=0,
        max_value=MOST_DEALS,
        required=False,
        help_text=_("在办的项目由系统数；还能接几个是算出来的"),
    )
    audience = forms.ChoiceField(label=_("谁能找到我"), choices=Card.Audience.choices)
    shows = forms.MultipleChoiceField(
        label=_("让任何人看到哪些"),
        choices=Card.Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只在选了“任何人”时有用；协作网络里的人总能看到全部。没有勾的，也不会被人按它筛出来"),
    )
    noindex = forms.BooleanField(label=_("不让搜索引擎收录"), required=False)

    def __init__(self, *args: Any, card: Card | None, manager: bool, body: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profession = self.fields["profession"]
        assert isinstance(profession, forms.ChoiceField)
        if manager:
            profession.choices = [(Profession.MANAGER.value, Profession.MANAGER.label)]
            for name in ("about", "about_en", "tracks", "regions", "languages"):
                del self.fields[name]
        elif body:
            profession.choices = [(Profession.ALUMNI.value, Profession.ALUMNI.label)]
        else:
            own = (Profession.MANAGER, Profession.ALUMNI)
            profession.choices = [(value, label) for value, label in Profession.choices if value not in own]
        if card is not None:
            names = ("profession", "headline", "headline_en", "about", "about_en", "capacity", "audience", "shows")
            self.initial = {name: getattr(card, name) for name in (*names, "regions", "languages", "noindex")}
            self.initial["tracks"] = [one["field"] for one in card.tracks]
        else:
            self.initial = {"audience": Card.Audience.NETWORK, "noindex": True}

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if "tracks" in given:
            given["tracks"] = [{"field": code} for code in given["tracks"]]
        return given


class LicenceForm(forms.Form):
    name = forms.CharField(label=_("证书名称"), max_length=80, help_text=_("例如：律师执业证"))
    number = forms.CharField(label=_("证号"), max_length=60)
    issuer = forms.CharField(label=_("发证机关"), max_length=80)
    valid_until = forms.DateField(label=_("有效至"), required=False, widget=forms.DateInput())
