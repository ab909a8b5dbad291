"""Forms of introductions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import WHOLE_BP, parse_percent, parse_yuan, show_percent, show_yuan
from yinxian.network.models import User

from ..models import Introduction
from ..queries.introductions import agencies_of, possible_holders
from ..terms import MAX_DAYS, MAX_MONTHS, Example, Part, Terms, example, terms_of

EXAMPLE_FEN = 100_000_000
USUAL = Terms(fee_rate_bp=1000)


class Yuan(forms.CharField):
    """An amount in yuan as people write it; cleans to integer fen or None."""

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        try:
            return parse_yuan(typed) if typed else None
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class Percent(forms.CharField):
    """A percentage as people write it; cleans to basis points or None."""

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        try:
            return parse_percent(typed) if typed else None
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class TermsForm(forms.Form):
    subject = forms.CharField(
        label=_("引荐事项"),
        max_length=200,
        help_text=_("一句话说清为什么事引荐，双方和凭据上都会看到。不要写联系方式。"),
    )
    agency = forms.TypedChoiceField(label=_("以哪家机构的名义"), required=False, coerce=int, empty_value=None)
    fee_kind = forms.ChoiceField(label=_("报酬方式"), choices=Introduction.FeeKind.choices, widget=forms.RadioSelect)
    fee_rate = Percent(label=_("报酬比例（%）"), required=False, help_text=_("按比例时填写，如 11.60"))
    fee_fixed = Yuan(label=_("固定报酬（元）"), required=False, help_text=_("固定金额时填写，如 48,000 或 4.8万"))
    payer = forms.ChoiceField(label=_("由谁支付"), choices=Introduction.Payer.choices)
    trigger = forms.ChoiceField(label=_("何时应付"), choices=Introduction.Trigger.choices)
    days_to_pay = forms.IntegerField(label=_("应付后几日内付清"), min_value=0, max_value=MAX_DAYS)
    costs = forms.ChoiceField(label=_("未促成时的费用"), choices=Introduction.Costs.choices)
    protection_months = forms.IntegerField(label=_("保护期（月）"), min_value=1, max_value=MAX_MONTHS)
    exclusive = forms.BooleanField(label=_("就此事项独家"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_of(user)
        agency: Any = self.fields["agency"]
        agency.choices = [("", _("我个人")), *[(place.pk, str(place)) for place in agencies]]

    def terms(self, ladder: list[dict[str, int | None]]) -> Terms:
        given = self.cleaned_data
        return Terms(
            fee_kind=given["fee_kind"],
            fee_rate_bp=given["fee_rate"] if given["fee_kind"] == "rate" else None,
            fee_ladder=ladder if given["fee_kind"] == "ladder" else [],
            fee_fixed_fen=given["fee_fixed"] if given["fee_kind"] == "fixed" else None,
            payer=given["payer"],
            trigger=given["trigger"],
            days_to_pay=given["days_to_pay"],
            costs=given["costs"],
            protection_months=given["protection_months"],
            exclusive=given["exclusive"],
        )


class TierForm(forms.Form):
    up_to = Yuan(label=_("不超过（元，最后一档留空）"), required=False)
    rate = Percent(label=_("比例（%）"), required=False)


class ShareForm(forms.Form):
    holder = forms.ChoiceField(label=_("谁"), required=False)
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


TierRows: Any = forms.formset_factory(TierForm, extra=0, min_num=1, max_num=8, absolute_max=8, can_delete=True)
ShareRows: Any = forms.formset_factory(ShareForm, extra=0, min_num=1, max_num=20, absolute_max=20, can_delete=True)


class TermsPage:
    """The form of the terms with its rows of tiers and shares, as one page sends them."""

    def __init__(self, user: User, data: Any = None, introduction: Introduction | None = None, subject: str = ""):
        first = _initial(user, introduction, subject)
        holders = possible_holders(user)
        self.form = TermsForm(data, user=user, initial=first["form"])
        self.tiers = TierRows(data, prefix="tiers", initial=first["tiers"])
        self.shares = ShareRows(data, prefix="shares", initial=first["shares"], form_kwargs={"holders": holders})
        self.names = dict(holders)
        self.starting = _starting(user, introduction)
        self.tiers.empty_permitted = True

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.tiers.is_valid(), self.shares.is_valid()])

    def ladder(self) -> list[dict[str, int | None]]:
        rows = [row for row in _rows(self.tiers) if row.get("rate") is not None or row.get("up_to") is not None]
        return [{"up_to_fen": row.get("up_to"), "bp": row.get("rate") or 0} for row in rows]

    def parts(self) -> list[Part]:
        return [
            Part(
                bp=row["bp"],
                user_id=int(row["holder"][1:]) if row["holder"][0] == "u" else None,
                organisation_id=int(row["holder"][1:]) if row["holder"][0] == "o" else None,
                work=row.get("work", ""),
            )
            for row in _rows(self.shares)
            if row.get("holder")
        ]

    def given(self) -> dict[str, Any]:
        """Arguments of the operations; only after ``is_valid``."""
        return {
            "subject": self.form.cleaned_data["subject"],
            "agency_id": self.form.cleaned_data["agency"],
            "terms": self.form.terms(self.ladder()),
            "shares": self.parts(),
        }

    def example(self, amount_fen: int = EXAMPLE_FEN) -> Example | None:
        """What the terms cost, as they stand or as typed; None while they are not complete."""
        if not self.form.is_bound:
            return example(*self.starting, amount_fen)
        try:
            terms = self.form.terms(self.ladder()) if self.is_valid() else None
            if terms is None:
                return None
            terms.check()
        except Invalid:
            return None
        shares = [(self.names[row["holder"]], row["bp"]) for row in _rows(self.shares) if row.get("holder")]
        return example(terms, shares, amount_fen)


def _starting(user: User, introduction: Introduction | None) -> tuple[Terms, list[tuple[str, int]]]:
    """The terms and shares from which the page starts."""
    if introduction is None:
        return USUAL, [(str(user), WHOLE_BP)]
    return terms_of(introduction), [(share.holder, share.bp) for share in introduction.shares.all()]


def _rows(formset: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def _initial(user: User, introduction: Introduction | None, subject: str) -> dict[str, Any]:
    """What the page starts from: the introduction as it stands, or the house's usual terms."""
    terms = terms_of(introduction) if introduction else USUAL
    fixed, rate = terms.fee_fixed_fen, terms.fee_rate_bp
    form = {
        "subject": introduction.subject if introduction else subject,
        "agency": introduction.agency_id if introduction else next((place.pk for place in agencies_of(user)), None),
        "fee_kind": terms.fee_kind,
        "fee_rate": show_percent(rate).rstrip("%") if rate is not None else "",
        "fee_fixed": show_yuan(fixed) if fixed is not None else "",
        **{name: getattr(terms, name) for name in ("payer", "trigger", "days_to_pay", "costs", "exclusive")},
        "protection_months": terms.protection_months,
    }
    tiers = [
        {
            "up_to": show_yuan(tier["up_to_fen"]) if tier["up_to_fen"] is not None else "",
            "rate": show_percent(tier["bp"] or 0).rstrip("%"),
        }
        for tier in terms.fee_ladder
    ]
    shares = [{"holder": f"u{user.pk}", "bp": "100.00"}]
    if introduction:
        shares = [
            {
                "holder": f"o{share.organisation_id}" if share.organisation_id else f"u{share.user_id}",
                "work": share.work,
                "bp": show_percent(share.bp).rstrip("%"),
            }
            for share in introduction.shares.all()
        ]
    return {"form": form, "tiers": tiers, "shares": shares}


class ExampleForm(forms.Form):
    amount = Yuan(label=_("举例：合同金额（元）"), required=False)


class ShareAnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("不同意的理由"), max_length=300, required=False)


class InviteForm(forms.Form):
    recipient = forms.CharField(label=_("发给谁（姓名）"), max_length=60)


class WithdrawForm(forms.Form):
    note = forms.CharField(label=_("撤回的原因"), max_length=300, required=False)


class AnswerForm(forms.Form):
    """One answer, with the name and position of who gives it."""

    name = forms.CharField(label=_("您的姓名"), max_length=60)
    post = forms.CharField(label=_("您的职务"), max_length=60)


class MemberAnswerForm(forms.Form):
    side = forms.CharField(widget=forms.HiddenInput)
    post = forms.CharField(label=_("您的职务"), max_length=60)


class AlarmForm(forms.Form):
    note = forms.CharField(label=_("处理说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FilterForm(forms.Form):
    q = forms.CharField(label=_("搜事项、单位、经理人"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部状态")), *Introduction.State.choices], required=False
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[
            ("new", _("最新在前")),
            ("old", _("最早在前")),
            ("until", _("保护期先到在前")),
            ("subject", _("按事项")),
        ],
        required=False,
    )
