"""The terms of an introduction in plain sentences, for those who are asked to agree to them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yinxian.kernel.money import show_percent, show_yuan
from yinxian.kernel.templatetags.yx import wan

from .terms import Terms


def fee_in_words(terms: Terms) -> str:
    if terms.fee_kind == "rate":
        return _("报酬为技术合同金额的 %(rate)s。") % {"rate": show_percent(terms.fee_rate_bp or 0)}
    if terms.fee_kind == "fixed":
        return _("报酬为固定金额 %(amount)s 元。") % {"amount": show_yuan(terms.fee_fixed_fen or 0)}
    return _("报酬按合同金额分档累进：%(tiers)s。") % {"tiers": _("；").join(_tiers(terms))}


def _tiers(terms: Terms) -> list[str]:
    said, low = [], 0
    for tier in terms.fee_ladder:
        up_to, rate = tier["up_to_fen"], show_percent(tier["bp"] or 0)
        if up_to is None:
            said.append(_("超过%(low)s的部分 %(rate)s") % {"low": wan(low), "rate": rate} if low else rate)
        elif not low:
            said.append(_("%(high)s以内的部分 %(rate)s") % {"high": wan(up_to), "rate": rate})
        else:
            words = {"low": wan(low), "high": wan(up_to), "rate": rate}
            said.append(_("%(low)s至%(high)s的部分 %(rate)s") % words)
        low = up_to or low
    return said


def payer_in_words(terms: Terms) -> str:
    return {
        "supplier": _("由供方支付。"),
        "buyer": _("由需方支付，是付款计划里单列的一项。"),
        "both": _("由供需双方平均负担（民法典 963 条）。"),
    }[terms.payer]


def trigger_in_words(terms: Terms) -> str:
    moment = {
        "contract": _("技术合同成立时应付"),
        "release": _("每次放款时按放款金额应付"),
        "acceptance": _("最终验收通过时应付"),
    }[terms.trigger]
    return _("%(moment)s，%(days)s 日内付清。没有促成合同，就没有报酬（民法典 964 条）。") % {
        "moment": moment,
        "days": terms.days_to_pay,
    }


def costs_in_words(terms: Terms) -> str:
    return {
        "manager": _("促成与否，撮合所花的费用都由经理人自己承担。"),
        "payer": _("没有促成合同时，事先书面同意过的必要费用由付费方承担。"),
        "shared": _("没有促成合同时，事先书面同意过的必要费用由需方、供方与经理人三方平摊。"),
    }[terms.costs]


def protection_in_words(terms: Terms) -> str:
    return _(
        "双方确认之日起 %(months)s 个月为保护期。"
        "期内双方就此往来而绕开经理人直接订立合同的，报酬照付（民法典 965 条）。"
    ) % {"months": terms.protection_months}


def terms_in_words(terms: Terms) -> list[tuple[str, str]]:
    """(heading, sentence), in the order in which people ask."""
    said = [
        (_("报酬"), fee_in_words(terms)),
        (_("谁付"), payer_in_words(terms)),
        (_("何时付"), trigger_in_words(terms)),
        (_("费用"), costs_in_words(terms)),
        (_("保护期"), protection_in_words(terms)),
    ]
    if terms.exclusive:
        said.append((_("独家"), _("就这一事项，双方在保护期内只通过这位经理人对接彼此。")))
    return said
