"""Dates and amounts of a registration, as dated rules. No database, no clock.

The 2000 办法 and the 2001 规则 were replaced on 2026-01-23; what replaced them has not been checked article by
article, so from that day on the older deadline is shown as unverified.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .codes import GOALS, NATURES, PAYMENTS, RIGHTS, SOURCES


@dataclass(frozen=True)
class Deadline:
    """How long after the signing a contract may be registered; ``checked`` is False for what nobody has checked."""

    since: dt.date
    until: dt.date | None
    days: int
    source: str | Promise
    checked: bool

    def on(self, signed: dt.date) -> dt.date:
        return signed + dt.timedelta(days=self.days)


DEADLINES = (
    Deadline(
        dt.date(2000, 2, 16),
        dt.date(2026, 1, 22),
        30,
        gettext_lazy("《技术合同认定登记管理办法》（2000）：合同成立后 30 日内由卖方申请登记"),
        True,
    ),
    Deadline(
        dt.date(2026, 1, 23),
        None,
        30,
        gettext_lazy(
            "新的管理办法自 2026-01-23 起施行，条文未核对，暂按原办法的 30 日；"
            "2024 年 12 月的征求意见稿写的是 15 个工作日，交易额 500 万元以上或有争议的 30 个工作日"
        ),
        False,
    ),
)


def deadline(signed: dt.date) -> Deadline | None:
    """The rule in force on the day of signing; None before there was one."""
    return next(
        (rule for rule in DEADLINES if rule.since <= signed and (rule.until is None or signed <= rule.until)), None
    )


@dataclass(frozen=True)
class Finding:
    """What would have it refused: the field of the form and a sentence."""

    field: str
    text: str


PARTY = ("name", "country", "region", "nature")


def findings(data: Mapping[str, Any], *, seller: str, buyer: str) -> list[Finding]:
    """Everything for which a registry refuses, checked beforehand: parties, subject or price unclear, amounts out of
    order, proof missing, a name that differs from the seal."""
    return [*_parties(data, seller, buyer), *_subject(data), *_amounts(data), *_proof(data)]


def _parties(data: Mapping[str, Any], seller: str, buyer: str) -> Iterator[Finding]:
    for side, label in (("seller", _("卖方")), ("buyer", _("买方"))):
        given: Mapping[str, Any] = data.get(side) or {}
        if not given.get("name"):
            yield Finding(f"{side}_name", _("%(side)s名称") % {"side": label})
        if given.get("nature") not in NATURES:
            yield Finding(f"{side}_nature", _("%(side)s单位性质") % {"side": label})
        country = given.get("country") or ""
        if len(country) != 3 or not country.isalnum():
            yield Finding(f"{side}_country", _("%(side)s国别代码（三位，中国填 156）") % {"side": label})
        if country == "156" and not (len(given.get("region") or "") == 6 and given["region"].isdigit()):
            yield Finding(f"{side}_region", _("%(side)s行政区划代码（六位）") % {"side": label})
    if (data.get("seller") or {}).get("name", seller) != seller or (data.get("buyer") or {}).get(
        "name", buyer
    ) != buyer:
        yield Finding("seller_name", _("名称要与合同上的一致"))


def _subject(data: Mapping[str, Any]) -> Iterator[Finding]:
    if len(data.get("project") or "") < 4:
        yield Finding("project", _("项目名称（说得清标的）"))
    for field, choices, label in (
        ("goal", GOALS, _("社会经济目标")),
        ("payment", PAYMENTS, _("支付方式")),
        ("source", SOURCES, _("计划来源")),
    ):
        if data.get(field) not in choices:
            yield Finding(field, label)
    if not data.get("rights") or any(right not in RIGHTS for right in data["rights"]):
        yield Finding("rights", _("知识产权类型"))
    if "none" in (data.get("rights") or []) and len(data["rights"]) > 1:
        yield Finding("rights", _("“未涉及知识产权”不能与其他类型同选"))
    if not data.get("field"):
        yield Finding("field", _("技术领域"))
    if not data.get("industry"):
        yield Finding("industry", _("国民经济行业"))
    since, until = data.get("since") or "", data.get("until") or ""
    if not since or not until or until < since:
        yield Finding("until", _("有效期限（起止日期，止不早于起）"))


def _amounts(data: Mapping[str, Any]) -> Iterator[Finding]:
    """实际成交额 <= 技术交易额 <= 合同成交总额."""
    total, technology, actual = (data.get(f"{name}_fen") for name in ("total", "technology", "actual"))
    if not total:
        yield Finding("total", _("合同成交总额（价款不明确的不予登记）"))
        return
    if technology is None or technology > total:
        yield Finding("technology", _("技术交易额：成交总额减去设备、仪器、零部件、原材料等非技术性费用，不能大于总额"))
    if actual is None or (technology is not None and actual > technology):
        yield Finding("actual", _("实际成交额：技术交易额中已收到的部分，不能大于技术交易额"))


def _proof(data: Mapping[str, Any]) -> Iterator[Finding]:
    if not data.get("seal_matches"):
        yield Finding("seal_matches", _("核对：名称与印章一致"))
    if not data.get("proof_attached"):
        yield Finding("proof_attached", _("核对：证明材料齐全（权属证明、附件）"))
    if not data.get("lawful"):
        yield Finding("lawful", _("核对：不非法垄断技术，不侵害他人成果"))
