"""Forms of landings: what a team needs, how it arrives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.deals.forms.introductions import Yuan
from yinxian.kernel.fields import Field
from yinxian.kernel.money import show_yuan
from yinxian.kernel.regions import REGION_CHOICES
from yinxian.network.models import User

from .. import permissions
from ..kinds import FIGURES, Permit, show_lines
from ..models import Evidence, Landing
from ..queries.landings import managers_to_refer

ANY = [("", _("不限"))]


class Day(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def figure_fields(form: forms.Form) -> None:
    """A field for each figure, typed with or without its unit: the operation reads it."""
    for figure in FIGURES:
        form.fields[figure.key] = forms.CharField(
            label=figure.label, max_length=30, required=False, help_text=figure.shown_unit
        )


class WishForm(forms.Form):
    """What a team needs elsewhere."""

    team = forms.TypedChoiceField(label=_("哪个团队"), coerce=int)
    title = forms.CharField(label=_("项目名称"), max_length=120)
    about = forms.CharField(
        label=_("做什么，为什么要出去"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("网络里的单位都看得到。不要写联系方式和不愿公开的技术细节。"),
    )
    field = forms.ChoiceField(label=_("技术领域"), choices=Field.choices)
    manager = forms.TypedChoiceField(
        label=_("由哪位技术经理人引荐"), coerce=int, help_text=_("他替您联系两地，并先把分成谈妥。")
    )
    regions = forms.MultipleChoiceField(
        label=_("想去的地区"),
        choices=REGION_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选表示哪里都行"),
    )
    permits = forms.MultipleChoiceField(
        label=_("离不开的条件"), choices=Permit.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    rent = Yuan(label=_("租金上限"), required=False, help_text=_("元，每平方米每月"))
    support = Yuan(label=_("至少要的资金支持"), required=False, help_text=_("元，可写“200万”"))
    needed_by = Day(label=_("最晚入驻"), required=False)
    extra = forms.CharField(
        label=_("自己的要求"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一项，例如：跑道长度：≥ 800 m"),
    )
    open_until = Day(label=_("应约截止"))
    contact_name = forms.CharField(label=_("联系人"), max_length=60, help_text=_("选定之后才给选中的地区看"))
    contact_phone = forms.CharField(label=_("联系电话"), max_length=40)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, user: User, landing: Landing | None = None, **kwargs: Any) -> None:
        if landing is not None:
            kwargs["initial"] = _wish(landing)
        super().__init__(*args, **kwargs)
        figure_fields(self)
        if landing is not None:  # whose it is, and who refers it, stays
            del self.fields["team"], self.fields["manager"]
            return
        team: Any = self.fields["team"]
        manager: Any = self.fields["manager"]
        team.choices = [(place.pk, place.shown_name) for place in permissions.teams_of(user)]
        manager.choices = [
            (profile.user_id, f"{profile.user.shown_name} · {profile.association}") for profile in managers_to_refer()
        ]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = dict(self.cleaned_data)
        given["rent_fen"], given["support_fen"] = given.pop("rent"), given.pop("support")
        return {name: value for name, value in given.items() if name not in ("team", "manager", "version")}


def _wish(landing: Landing) -> dict[str, Any]:
    """The wish as it stands, as it is typed."""
    names = ("title", "about", "field", "needed_by", "open_until", "contact_name", "contact_phone", "version")
    found: dict[str, Any] = {name: getattr(landing, name) for name in (*names, "permits")}
    found |= landing.figures | {"extra": show_lines(landing.extra)}
    found["regions"] = [f"{code[:2]}0000" for code in landing.regions]
    for name in ("rent", "support"):
        fen = getattr(landing, f"{name}_fen")
        found[name] = "" if fen is None else show_yuan(fen)
    return found


class EvidenceForm(forms.Form):
    """The paper that shows the arrival."""

    kind = forms.ChoiceField(label=_("凭证"), choices=Evidence.Kind.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("证号或合同号"), max_length=60)
    dated_on = Day(label=_("签发或签订日期"))
    area = forms.CharField(label=_("实际面积"), max_length=30, required=False, help_text="m²")
    file = forms.FileField(label=_("扫描件"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("搜项目、团队"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部状态")), ("open", _("可应约")), *Landing.State.choices], required=False
    )
    field = forms.ChoiceField(label=_("技术领域"), choices=[*ANY, *Field.choices], required=False)
    region = forms.ChoiceField(label=_("想去的地区"), choices=[*ANY, *REGION_CHOICES], required=False)
    mine = forms.BooleanField(label=_("只看与我有关的"), required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[("", _("最新在前")), ("deadline", _("截止早的在前")), ("title", _("按项目")), ("team", _("按团队"))],
        required=False,
    )

    def chosen(self) -> dict[str, Any]:
        """What the query takes; nothing of a filter that is wrong."""
        given = self.cleaned_data if self.is_valid() else {}
        names = ("state", "field", "region", "sort")
        return {name: given.get(name) or "" for name in names} | {
            "words": given.get("q") or "",
            "mine": bool(given.get("mine")),
        }
