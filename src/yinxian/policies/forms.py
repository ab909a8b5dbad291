"""Forms of policies: look around, compute, an administrator's edition, a rule of an association's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.errors import Invalid, Refusal
from yinxian.kernel.money import parse_percent, parse_yuan, show_yuan
from yinxian.kernel.regions import REGION_CHOICES

from .book import MARKS, PEOPLE, SUBJECTS, Policy
from .calc import BASES, bases_of

ANY = [("", _("不限"))]


class Yuan(forms.CharField):
    """Yuan as people type them, cleaned to integer fen; nothing for an empty field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        try:
            return parse_yuan(text) if text else None
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class Percent(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, **options)

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        try:
            return parse_percent(text) if text else None
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class SearchForm(forms.Form):
    """By words, person, place and day; all may be left out."""

    q = forms.CharField(label=_("关键词"), required=False, max_length=60)
    who = forms.ChoiceField(label=_("对谁"), required=False, choices=[*ANY, *PEOPLE.items()])
    region = forms.ChoiceField(label=_("地区"), required=False, choices=[*ANY, *REGION_CHOICES])
    subject = forms.ChoiceField(label=_("事项"), required=False, choices=[*ANY, *SUBJECTS.items()])
    on = forms.DateField(label=_("哪天有效"), required=False, widget=forms.DateInput)


class CalculatorForm(forms.Form):
    """One deal, and everything that holds for it at a place on a day."""

    amount = Yuan(label=_("合同成交总额（元）"))
    other_costs = Yuan(label=_("其中设备、材料等非技术费用（元）"), required=False)
    received = Yuan(label=_("已实际收付（元）"), required=False, help_text=_("不填就按全额。"))
    costs = Yuan(label=_("服务费与直接成本（元）"), required=False, help_text=_("净收入由收到的钱减去它。"))
    bonus = Yuan(label=_("发给科研人员的现金奖励（元）"), required=False)
    kind = forms.ChoiceField(
        label=_("合同类别"),
        choices=[
            ("transfer", pgettext_lazy("policy", "转让或许可")),
            ("development", pgettext_lazy("policy", "技术开发")),
            ("other", pgettext_lazy("policy", "咨询或服务")),
        ],
        required=False,
    )
    who = forms.ChoiceField(label=_("对谁"), required=False, choices=[*ANY, *PEOPLE.items()])
    region = forms.ChoiceField(label=_("地区"), required=False, choices=[*ANY, *REGION_CHOICES])
    on = forms.DateField(label=_("哪一天"), required=False, widget=forms.DateInput)

    def given(self) -> dict[str, int]:
        """Every base that follows from what was typed, in fen. Gain and net income only where results are
        transferred: development earns no income of assignment."""
        data = self.cleaned_data
        technical = max(0, data["amount"] - (data["other_costs"] or 0))
        received = data["amount"] if data["received"] is None else data["received"]
        found = {
            "turnover": data["amount"],
            "technical": technical,
            "actual": min(received, technical),
            "paid": received,
            "received": received,
        }
        if (data["kind"] or "transfer") == "transfer":
            found["net"] = found["gain"] = max(0, received - (data["costs"] or 0))
        if data["bonus"] is not None:
            found["bonus"] = data["bonus"]
        return found


class BasesForm(forms.Form):
    """The amounts from which one policy is computed."""

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for base in bases_of(policy):
            self.fields[base] = Yuan(label=gettext("%(base)s（元）") % {"base": BASES[base]})


FIGURES = {
    "bp": _("比例（%）"),
    "main_bp": _("主要贡献人员占奖励（%）"),
    "staff_bp": _("转移人员占奖励（%）"),
    "cap_fen": _("封顶（元）"),
    "threshold_fen": _("起点（元）"),
    "amount_fen": _("定额（元）"),
    "base_cap_fen": _("基数上限（元）"),
}
TIER = {"bp": _("比例（%）"), "high_bp": _("最高比例（%）"), "cap_fen": _("封顶（元）"), "up_to_fen": _("到（元）")}


class EditionForm(forms.Form):
    """What an administrator may change: the days, the mark, the source, the words and the policy's own figures."""

    valid_from = forms.DateField(label=_("施行日期"), required=False, widget=forms.DateInput)
    valid_to = forms.DateField(label=_("失效日期"), required=False, widget=forms.DateInput)
    mark = forms.ChoiceField(label=_("核实情况"), choices=list(MARKS.items()))
    source = forms.CharField(label=_("出处"), max_length=300)
    source_en = forms.CharField(label=_("出处（英文）"), max_length=300, required=False)
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    text_en = forms.CharField(
        label=_("内容（英文）"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    note = forms.CharField(label=_("为什么改"), max_length=200, required=False)
    corrects = forms.BooleanField(
        label=_("更正：旧版从一开始就写错了"),
        required=False,
        help_text=_("不勾：施行日期之前签的合同仍按旧版；勾上：旧版不再用于任何日期。"),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        names = ("valid_from", "valid_to", "mark", "source", "source_en", "text", "text_en")
        first = {name: getattr(policy, name) for name in names} | {"based_on": policy.version}
        self.policy = policy
        figures = {name: policy.calc[name] for name in FIGURES if name in policy.calc}
        tiers = policy.calc.get("tiers", [])
        for number, tier in enumerate(tiers):
            figures |= {f"tier{number}_{name}": value for name, value in tier.items()}
        kwargs["initial"] = {**first, **{name: show_yuan(value) for name, value in figures.items()}}
        super().__init__(*args, **kwargs)
        for name in figures:
            tier_no, _sep, rest = name.partition("_") if name.startswith("tier") else ("", "", name)
            words = TIER[rest] if tier_no else FIGURES[rest]
            place = gettext("第 %(number)s 档") % {"number": int(tier_no[4:]) + 1} if tier_no else ""
            kind = Percent if name.endswith("bp") else Yuan
            self.fields[name] = kind(label=f"{place} {words}".strip())
        self.order_fields(
            ["valid_from", "valid_to", "mark", *figures, "source", "source_en", "text", "text_en", "note", "corrects"]
        )

    def changes(self) -> dict[str, Any]:
        names = ("valid_from", "valid_to", "mark", "source", "source_en", "text", "text_en")
        return {name: self.cleaned_data[name] for name in names}

    def calc(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in FIGURES if name in self.policy.calc}
        if "tiers" in self.policy.calc:
            found["tiers"] = [
                {name: self.cleaned_data[f"tier{number}_{name}"] for name in tier}
                for number, tier in enumerate(self.policy.calc["tiers"])
            ]
        return found


def read_tiers(text: str) -> list[dict[str, int | None]]:
    """One tier a line: up to how much and which rate (``100万 5%``), the last one ``以上 2%``.

    ValidationError naming the line that cannot be read.
    """
    found: list[dict[str, int | None]] = []
    for place, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        bound, _sep, rate = line.replace("，", " ").replace("：", " ").replace("\t", " ").rpartition(" ")
        try:
            end = None if bound.strip() in LAST else parse_yuan(bound.strip())
            found.append({"up_to_fen": end, "bp": parse_percent(rate.strip())})
        except Refusal as refusal:
            sentence = Invalid("policies.tier_row", place=place).sentence
            raise forms.ValidationError(sentence) from refusal
    return found


LAST = ("以上", "above")
KINDS = [
    ("none", _("只写明，不计算")),
    ("reward", _("奖励比例下限（占净收入）")),
    ("percent", _("按比例")),
    ("tiers", _("分档累进，各档各算")),
    ("bands", _("分档，全额按所在档算")),
    ("fixed", _("定额")),
]
PER_WHAT = [
    ("year", _("每年")),
    ("person_year", _("每人每年")),
    ("firm_year", _("每家每年")),
    ("project", _("每个项目")),
]
BINDS = [
    ("all", _("必须：低于它不能固定分账规则")),
    ("state", _("必须，但只对国家设立的院所和高校")),
    ("may", _("建议：低于它只提示")),
]


class OwnPolicyForm(forms.Form):
    """A rule of the association's own, whole: what, where, from when, by which text, and what it computes."""

    name = forms.CharField(label=_("名称"), max_length=120)
    name_en = forms.CharField(label=_("名称（英文）"), max_length=120, required=False)
    subject = forms.ChoiceField(label=_("事项"), choices=list(SUBJECTS.items()))
    who = forms.MultipleChoiceField(
        label=_("对谁"), choices=list(PEOPLE.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    region = forms.ChoiceField(label=_("地区"), required=False, choices=[("", _("本协会全部单位")), *REGION_CHOICES])
    valid_from = forms.DateField(label=_("施行日期"), required=False, widget=forms.DateInput)
    valid_to = forms.DateField(label=_("失效日期"), required=False, widget=forms.DateInput)
    mark = forms.ChoiceField(label=_("核实情况"), choices=list(MARKS.items()))
    source = forms.CharField(label=_("出处"), max_length=300, help_text=_("文件名称、文号和条款。"))
    source_en = forms.CharField(label=_("出处（英文）"), max_length=300, required=False)
    article = forms.CharField(label=_("依据简称"), max_length=120, required=False, help_text=_("不填就用名称。"))
    article_en = forms.CharField(label=_("依据简称（英文）"), max_length=120, required=False)
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    text_en = forms.CharField(
        label=_("内容（英文）"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    kind = forms.ChoiceField(label=_("怎样算"), choices=KINDS)
    base = forms.ChoiceField(label=_("计算基数"), choices=[("", _("不限")), *BASES.items()], required=False)
    bp = Percent(label=_("比例（%）"), required=False)
    binds = forms.ChoiceField(label=_("奖励下限约束谁"), choices=BINDS, initial="may", required=False)
    main_bp = Percent(label=FIGURES["main_bp"], required=False)
    staff_bp = Percent(label=FIGURES["staff_bp"], required=False)
    tiers = forms.CharField(
        label=_("各档"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一档，例如“100万 5%”；最后一行写“以上 2%”。"),
    )
    amount_fen = Yuan(label=FIGURES["amount_fen"], required=False)
    threshold_fen = Yuan(label=FIGURES["threshold_fen"], required=False)
    cap_fen = Yuan(label=FIGURES["cap_fen"], required=False)
    cap_per = forms.ChoiceField(label=_("封顶按"), choices=[("", _("不分")), *PER_WHAT], required=False)
    most = forms.BooleanField(label=_("是“不超过”，不是承诺"), required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def clean_tiers(self) -> list[dict[str, int | None]]:
        return read_tiers(self.cleaned_data["tiers"])

    def words(self) -> dict[str, Any]:
        names = ("name", "subject", "who", "region", "valid_from", "valid_to", "mark", "source", "article", "text")
        english = ("name_en", "source_en", "article_en", "text_en")
        return {name: self.cleaned_data[name] for name in (*names, *english)}

    def calc(self) -> dict[str, Any]:
        names = ("kind", "base", "bp", "binds", "main_bp", "staff_bp", "tiers", "amount_fen", "threshold_fen")
        return {name: self.cleaned_data[name] for name in (*names, "cap_fen", "cap_per", "most")}
