"""Forms of offers and of the agreement on the shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.deals.forms.introductions import Percent, Yuan
from yinxian.kernel.money import show_percent, show_yuan
from yinxian.kernel.regions import REGION_CHOICES
from yinxian.network.models import Organisation

from ..kinds import Has, Permit, show_lines
from ..models import Agreement, Confirmation, Landing, Offer
from ..operations.agreements import SidedPart
from ..queries.landings import receivers_of
from .landings import Day, figure_fields

MOST_ROWS = 12


class OfferForm(forms.Form):
    """What a region has for this team; a field for each need comes first."""

    organisation = forms.TypedChoiceField(label=_("以哪个单位的名义"), coerce=int)
    manager = forms.TypedChoiceField(label=_("谁来接应"), coerce=int, help_text=_("本单位的人，或本协会的技术经理人"))
    region = forms.ChoiceField(label=_("地区"), choices=REGION_CHOICES)
    place = forms.CharField(label=_("园区或地点"), max_length=120)
    rent = Yuan(label=_("租金"), required=False, help_text=_("元，每平方米每月"))
    support = Yuan(label=_("资金支持"), required=False, help_text=_("元，可写“200万”"))
    available_from = Day(label=_("何时可入驻"), required=False)
    equipment = forms.CharField(
        label=_("可用设备"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    extra = forms.CharField(
        label=_("对团队自己的要求"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一行一项，名称照团队的写，例如：跑道长度：1,200 m"),
    )
    note = forms.CharField(
        label=_("其他说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_until = Day(label=_("有效至"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        given: Any,
        *,
        landing: Landing,
        organisations: Sequence[Organisation],
        offer: Offer | None = None,
    ) -> None:
        super().__init__(given, initial=_initial(landing, organisations, offer))
        organisation: Any = self.fields["organisation"]
        organisation.choices = [(place.pk, place.shown_name) for place in organisations]
        receivers = {person.pk: person.shown_name for place in organisations for person in receivers_of(place)}
        manager: Any = self.fields["manager"]
        manager.choices = list(receivers.items())
        figure_fields(self)
        for code, label in Permit.choices:
            self.fields[f"permit_{code}"] = forms.ChoiceField(
                label=label, choices=[("", _("没有写")), *Has.choices], required=False
            )
        if offer is not None:
            del self.fields["organisation"]

    def values(self, policies: list[dict[str, Any]]) -> dict[str, Any]:
        """What the operation takes."""
        given = dict(self.cleaned_data)
        given["rent_fen"], given["support_fen"] = given.pop("rent"), given.pop("support")
        given["permits"] = {code: given.pop(f"permit_{code}") for code in Permit.values}
        given["manager_id"] = given.pop("manager")
        return given | {"policies": policies}


def _initial(landing: Landing, organisations: Sequence[Organisation], offer: Offer | None) -> dict[str, Any]:
    if offer is None:
        region = organisations[0].region if organisations else ""
        return {"region": f"{region[:2]}0000", "valid_until": landing.open_until}
    names = ("region", "place", "available_from", "equipment", "note", "valid_until", "version")
    found: dict[str, Any] = {name: getattr(offer, name) for name in names}
    found |= offer.figures | {f"permit_{code}": has for code, has in offer.permits.items()}
    found |= {"manager": offer.manager_id, "extra": show_lines(offer.extra)}
    for name in ("rent", "support"):
        fen = getattr(offer, f"{name}_fen")
        found[name] = "" if fen is None else show_yuan(fen)
    return found


class PolicyForm(forms.Form):
    title = forms.CharField(label=_("政策"), max_length=120, required=False)
    source = forms.CharField(label=_("出处（文号或网址）"), max_length=300, required=False)
    until = Day(label=_("有效至"), required=False)


class PartForm(forms.Form):
    holder = forms.ChoiceField(label=_("谁"), required=False)
    side = forms.ChoiceField(label=_("哪一方"), choices=Confirmation.Side.choices, required=False)
    work = forms.CharField(label=_("承担的工作"), max_length=120, required=False)
    bp = Percent(label=_("比例（%）"), required=False)

    def __init__(self, *args: Any, holders: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holder: Any = self.fields["holder"]
        holder.choices = [("", _("请选择")), *holders]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("bp") is not None and not given.get("holder"):
            self.add_error("holder", _("这一份分给谁？"))
        if given.get("holder") and not given.get("bp") and "bp" not in self.errors:
            self.add_error("bp", _("请写这一份的比例。"))
        return given


PolicyRows: Any = forms.formset_factory(
    PolicyForm, extra=0, min_num=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, can_delete=True
)
PartRows: Any = forms.formset_factory(PartForm, extra=0, min_num=2, max_num=20, absolute_max=20, can_delete=True)


class FeeForm(forms.Form):
    fee = Yuan(label=_("引荐费（元）"), required=False, help_text=_("两地都确认之后由落地地支付；没有就不填"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("不同意的理由"), max_length=300, required=False)


def filled(rows: Any) -> list[dict[str, Any]]:
    """Rows of a formset that say something and are not taken out."""
    found = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]
    return [row for row in found if any(value for name, value in row.items() if name not in ("DELETE", "side"))]


def policies_of(rows: Any) -> list[dict[str, Any]]:
    return [{name: row.get(name) for name in ("title", "source", "until")} for row in filled(rows)]


def policy_rows(offer: Offer | None) -> list[dict[str, Any]]:
    return [dict(row) for row in offer.policies] if offer is not None else []


def parts_of(rows: Any) -> list[SidedPart]:
    return [
        SidedPart(
            bp=row["bp"],
            user_id=int(row["holder"][1:]) if row["holder"][0] == "u" else None,
            organisation_id=int(row["holder"][1:]) if row["holder"][0] == "o" else None,
            work=row.get("work", ""),
            side=row.get("side") or Confirmation.Side.HOME.value,
        )
        for row in filled(rows)
        if row.get("holder")
    ]


def part_rows(offer: Offer, agreement: Agreement | None) -> list[dict[str, Any]]:
    """The agreement as it stands, or half each for the two managers."""
    if agreement is None:
        managers = ((offer.landing.manager_id, Confirmation.Side.HOME), (offer.manager_id, Confirmation.Side.RECEIVING))
        return [{"holder": f"u{pk}", "side": side.value, "bp": "50.00"} for pk, side in managers]
    return [
        {
            "holder": f"o{share.organisation_id}" if share.organisation_id else f"u{share.user_id}",
            "side": share.side,
            "work": share.work,
            "bp": show_percent(share.bp).rstrip("%"),
        }
        for share in agreement.shares.all()
    ]
