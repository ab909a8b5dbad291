"""Is a contract complete? Pure rules over its particulars; each finding names the field and says what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yinxian.kernel.money import WHOLE_BP

from .clauses import Template

NEED_INDICATORS = ("development", "licence")


@dataclass(frozen=True)
class Finding:
    field: str
    text: str


def findings(template: Template, data: Mapping[str, Any], amount_fen: int | None) -> list[Finding]:
    """What keeps a contract from being offered, in the order of the form."""
    values: Mapping[str, str] = data.get("values", {})
    found = [
        Finding(ask.key, str(ask.label))
        for ask in template.asks
        if ask.required and not values.get(ask.key, "").strip()
    ]
    if "payments" in template.tables:
        found += _money(template, values, data.get("payments", []), amount_fen)
    if "indicators" in template.tables and template.kind in NEED_INDICATORS and not data.get("indicators"):
        found.append(Finding("indicators", _("至少一项技术指标")))
    found += _together(values)
    return found


def _money(
    template: Template, values: Mapping[str, str], payments: Sequence[Mapping[str, Any]], amount_fen: int | None
) -> Iterator[Finding]:
    if not amount_fen and template.kind != "brokerage":
        yield Finding("amount", _("合同金额"))
    if not payments:
        if template.kind != "brokerage" and values.get("payment_kind") != "royalty":
            yield Finding("payments", _("至少一期付款"))
    elif amount_fen is None:
        yield Finding("amount", _("合同金额（付款计划已列出各期）"))
    elif sum(int(row["amount_fen"]) for row in payments) != amount_fen:
        yield Finding("payments", _("各期付款合计要等于合同金额"))


def _together(values: Mapping[str, str]) -> Iterator[Finding]:
    """Fields that only make sense together."""
    risks = [values.get(key, "") for key in ("risk_buyer_bp", "risk_supplier_bp")]
    if all(risks) and sum(int(risk) for risk in risks) != WHOLE_BP:
        yield Finding("risk_supplier_bp", _("双方承担的风险合计要等于 100%"))
    gains = [values.get(key, "") for key in ("gain_buyer_bp", "gain_supplier_bp")]
    if all(gains) and sum(int(gain) for gain in gains) != WHOLE_BP:
        yield Finding("gain_supplier_bp", _("双方分享的收益合计要等于 100%"))
    if values.get("dispute") == "arbitration" and not values.get("arbitrator"):
        yield Finding("arbitrator", _("仲裁机构名称"))
    if values.get("payment_kind") in ("entry", "royalty"):
        if not values.get("royalty_base"):
            yield Finding("royalty_base", _("提成的基数"))
        if not values.get("royalty_bp"):
            yield Finding("royalty_bp", _("提成比例"))
    start, end = values.get("start_on", ""), values.get("end_on", "")
    if start and end and end <= start:
        yield Finding("end_on", _("结束日期要在开始日期之后"))
