"""What may be asked on the pages of matching."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.regions import PROVINCES
from yinxian.market.codes import TRL, Field, Mode
from yinxian.network.forms import LANGUAGES

from .models import Candidate, SavedSearch
from .models.candidates import Refusal

ANY = ("", _("不限"))
LONGEST_WORDS = 2000


class FilterForm(forms.Form):
    """Narrow the list, or look in other words. Whatever cannot be understood is as if it were not there."""

    ask = forms.CharField(
        label=_("换个说法"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("用自己的话写要解决的事；指标、预算和期限仍按需求书比。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field = forms.ChoiceField(label=_("领域"), required=False, choices=[ANY, *Field.choices])
    mode = forms.ChoiceField(label=_("合作方式"), required=False, choices=[ANY, *Mode.choices])
    region = forms.ChoiceField(label=_("地区"), required=False, choices=[ANY, *PROVINCES.items()])
    trl = forms.TypedChoiceField(
        label=_("成熟度至少"), required=False, choices=[ANY, *((str(n), name) for n, name in TRL)]
    )
    fit = forms.ChoiceField(
        label=_("指标"), required=False, choices=[ANY, ("no_fail", _("没有未达的")), ("some_met", _("至少一项达到"))]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("未排除的")), *((s.value, s.label) for s in Candidate.State)],
    )

    def value(self, name: str) -> str:
        """A value that can be used; nothing when it was not understood."""
        if not self.is_bound or name in self.errors:
            return ""
        return str(self.cleaned_data.get(name) or "")

    def facets(self) -> dict[str, list[str]]:
        """What the index narrows by."""
        found = {name: [self.value(name)] for name in ("field", "mode", "region") if self.value(name)}
        if trl := self.value("trl"):
            found["trl"] = [str(stage) for stage in range(int(trl), 10)]
        return found

    @property
    def narrowed(self) -> bool:
        return any(self.value(name) for name in self.fields if name != "ask")


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label=_("为什么不合适"), choices=Refusal.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("补充说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ManagersForm(forms.Form):
    only_open = forms.BooleanField(label=_("只看可接新项目的"), required=False)
    language = forms.ChoiceField(label=_("会说"), required=False, choices=[ANY, *LANGUAGES])

    def chosen(self) -> dict[str, Any]:
        data = self.cleaned_data if self.is_valid() else {}
        language = str(data.get("language") or "")
        return {"only_open": bool(data.get("only_open")), "languages": [language] if language else []}


class SearchForm(forms.Form):
    """What to look for every night; from a need's page its words may stay empty."""

    kind = forms.ChoiceField(label=_("找什么"), choices=SavedSearch.Kind.choices)
    words = forms.CharField(
        label=_("要找的事"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("用自己的话写；从需求的撮合页存下时可以不写，按需求书找。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label=_("名称"), required=False, max_length=80, help_text=_("不写就用第一行。"))
    need = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=_("领域"), required=False, choices=[ANY, *Field.choices])
    mode = forms.ChoiceField(label=_("合作方式"), required=False, choices=[ANY, *Mode.choices])
    region = forms.ChoiceField(label=_("地区"), required=False, choices=[ANY, *PROVINCES.items()])

    def facets(self) -> dict[str, list[str]]:
        data = self.cleaned_data
        return {name: [str(data[name])] for name in ("field", "mode", "region") if data.get(name)}
