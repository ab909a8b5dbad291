"""The registration package: the form as rows of label and value, for PDF, XLSX and JSON alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinxian.kernel.money import show_yuan
from yinxian.kernel.regions import INDUSTRIES
from yinxian.market.codes import Field

from ..models import Registration
from ..registration.codes import GOALS, NATURES, PAYMENTS, RIGHTS, SOURCES
from ..registration.rules import deadline
from ..signing.sheet import typeset

Row = tuple[str, str]


def rows(registration: Registration) -> list[Row]:
    """The fields of the form with their codes and names, in the order of the registry's form."""
    data, contract = registration.data, registration.contract
    found: list[Row] = [
        (_("登记编号"), registration.number or "—"),
        (_("项目名称"), data.get("project") or "—"),
        (_("合同编号"), contract.number),
        (_("合同类别"), f"{contract.get_kind_display()}（{contract.get_sub_kind_display()}）"),
        (_("有效期限"), f"{data.get('since') or '—'} – {data.get('until') or '—'}"),
        (_("签订日期"), contract.agreed_on.isoformat() if contract.agreed_on else "—"),
    ]
    for side, label in (("seller", _("卖方")), ("buyer", _("买方"))):
        found.append((label, _party(data.get(side) or {})))
    found += [
        (_("合同成交总额（元）"), _money(data, "total")),
        (_("技术交易额（元）"), _money(data, "technology")),
        (_("实际成交额（元）"), _money(data, "actual")),
        (_("知识产权类型"), "、".join(str(RIGHTS[one]) for one in data.get("rights") or [] if one in RIGHTS) or "—"),
        (_("技术领域"), _coded(data.get("field"), dict(Field.choices))),
        (_("社会经济目标"), _coded(data.get("goal"), GOALS)),
        (_("国民经济行业"), _coded(data.get("industry"), INDUSTRIES)),
        (_("计划来源"), str(SOURCES.get(data.get("source") or "", "—"))),
        (_("支付方式"), str(PAYMENTS.get(data.get("payment") or "", "—"))),
    ]
    return found


def _party(given: Mapping[str, Any]) -> str:
    parts = [
        given.get("name") or "—",
        _("国别 %(code)s") % {"code": given.get("country") or "—"},
        _("行政区划 %(code)s") % {"code": given.get("region") or "—"},
        _("单位性质 %(code)s") % {"code": _coded(given.get("nature"), NATURES)},
    ]
    return "　".join(parts)


def _coded(code: Any, names: Mapping[str, Any]) -> str:
    return f"{code} {names[code]}" if code in names else "—"


def _money(data: Mapping[str, Any], name: str) -> str:
    value = data.get(f"{name}_fen")
    return show_yuan(value) if isinstance(value, int) else "—"


def pdf(registration: Registration) -> bytes:
    contract = registration.contract
    rule = deadline(contract.agreed_on) if contract.agreed_on else None
    notes = [_("除单位性质外，各项代码尚未与现行登记系统逐一核对，提交前请对照。")]
    if rule and contract.agreed_on:
        notes.insert(0, _("登记期限 %(date)s：%(rule)s") % {"date": rule.on(contract.agreed_on), "rule": rule.source})
    document = {
        "title": _("技术合同认定登记表"),
        "number": contract.number,
        "rows": [list(row) for row in rows(registration)],
        "notes": notes,
    }
    return typeset("registration.typ", document)


def as_json(registration: Registration) -> dict[str, Any]:
    """The same package for a program: codes as codes, amounts in fen."""
    contract = registration.contract
    return {
        "state": registration.state,
        "number": registration.number,
        "contract": contract.number,
        "kind": contract.kind,
        "sub_kind": contract.sub_kind,
        "signed_on": contract.agreed_on.isoformat() if contract.agreed_on else None,
        "submitted_on": registration.submitted_on.isoformat() if registration.submitted_on else None,
        "decided_on": registration.decided_on.isoformat() if registration.decided_on else None,
        "registry": registration.registry,
        **registration.data,
    }
