"""Forms of alliances and referrals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.contracts.forms.fields import PercentField
from yinxian.kernel.money import show_percent
from yinxian.market.models import Need, Result
from yinxian.network.models import Organisation, User

from ..models import Alliance, Ally, Referral
from ..permissions import ally_ids
from ..queries.alliances import latest_agreement, may_found, may_invite, shareable


class AgreementForm(forms.Form):
    text = forms.CharField(
        label=_("协议正文"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("每个成员签的就是这些字"),
    )
    share = PercentField(label=_("转介的通常分成（%）"), help_text=_("转介方在经理人报酬里的份额；每次转介可以另定"))
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "share_bp": int(self.cleaned_data["share"] or 0)}


class AllianceForm(AgreementForm):
    name = forms.CharField(label=_("联盟名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    about = forms.CharField(label=_("介绍"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    founder = forms.ChoiceField(label=_("发起单位"))

    field_order = ["name", "name_en", "founder", "about", "text", "share"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.founders = {one.slug: one for one in may_found(user)}
        founder = self.fields["founder"]
        assert isinstance(founder, forms.ChoiceField)
        founder.choices = [(slug, one.shown_name) for slug, one in self.founders.items()]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().values() | {name: given[name] for name in ("name", "name_en", "about")}


class InviteAllyForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("请哪个单位加入"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = may_invite(alliance)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)


class _ListingForm(forms.Form):
    """``listing`` is need:N… or result:R…."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs, results = shareable(user)
        self.listings: dict[str, Need | Result] = {f"need:{one.slug}": one for one in needs}
        self.listings |= {f"result:{one.slug}": one for one in results}
        listing = self.fields["listing"]
        assert isinstance(listing, forms.ChoiceField)
        listing.choices = [
            (_("需求"), [(key, one.shown_title) for key, one in self.listings.items() if isinstance(one, Need)]),
            (_("成果"), [(key, one.shown_title) for key, one in self.listings.items() if isinstance(one, Result)]),
        ]

    def clean_listing(self) -> Need | Result:
        return self.listings[self.cleaned_data["listing"]]


class ShareForm(_ListingForm):
    listing = forms.ChoiceField(label=_("把哪一条放进联合名单"))


class ReferralForm(_ListingForm):
    listing = forms.ChoiceField(label=_("转介哪一条"))
    giver = forms.ChoiceField(label=_("以哪个单位的名义"))
    taker = forms.ChoiceField(label=_("转给谁"))
    share = PercentField(label=_("我方的分成（%）"), help_text=_("经理人报酬里归转介方的份额；对方接下就是同意"))
    note = forms.CharField(label=_("说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        joined = [
            one.organisation for one in alliance.allies.filter(state=Ally.State.JOINED).select_related("organisation")
        ]
        mine = ally_ids(user, alliance)
        self.places = {one.slug: one for one in joined}
        giver, taker = self.fields["giver"], self.fields["taker"]
        assert isinstance(giver, forms.ChoiceField) and isinstance(taker, forms.ChoiceField)
        giver.choices = [(one.slug, one.shown_name) for one in joined if one.pk in mine]
        taker.choices = [(one.slug, one.shown_name) for one in joined if one.pk not in mine]
        self.initial = {"share": show_percent(latest_agreement(alliance).share_bp).rstrip("%")}

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "giver_id": self.places[given["giver"]].pk,
            "taker_id": self.places[given["taker"]].pk,
            "listing": given["listing"],
            "share_bp": int(given["share"] or 0),
            "note": given["note"],
        }


class ReferralFilterForm(forms.Form):
    q = forms.CharField(label=_("编号或单位"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *Referral.State.choices])
    side = forms.ChoiceField(
        label=_("哪一方"), required=False, choices=[("", _("全部")), ("given", _("我方转出")), ("taken", _("转给我方"))]
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            ("", _("新的在前")),
            ("old", _("旧的在前")),
            ("share", _("分成高的在前")),
            ("state", _("按状态")),
        ],
    )


class AnswerReferralForm(forms.Form):
    answer = forms.CharField(label=_("答复"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    share_bp = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("结果"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
