"""Plans before and after signing: each party's cash over time, royalties and their reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yinxian.settlement import labels, plans
from yinxian.settlement.plans import Payment, Royalty, Template
from yinxian.settlement.rules import Fee, Role, Share, SplitRule

from ..models import Deal, RoyaltyReport
from ..terms import fee_of, terms_of
from .deals import visible_to
from .rewards import reward_for

KINDS: dict[str, str | Promise] = {
    "deposit": pgettext_lazy("plan", "定金"),
    "stage": pgettext_lazy("plan", "阶段款"),
    "acceptance": pgettext_lazy("plan", "验收款"),
    "warranty": pgettext_lazy("plan", "质保款"),
    "entry": pgettext_lazy("plan", "入门费"),
    "conversion": pgettext_lazy("plan", "试用期满转化款"),
    "royalty": pgettext_lazy("plan", "提成"),
}
TEMPLATES: dict[str, str | Promise] = {
    "simple": pgettext_lazy("plan", "定金 + 验收（50 万元以下常用）"),
    "staged": pgettext_lazy("plan", "定金 + 分阶段 + 验收（50 万元以上常用）"),
    "long": pgettext_lazy("plan", "长周期，含质保款（500 万元以上常用）"),
    "entry": pgettext_lazy("plan", "入门费 + 提成"),
    "shares": pgettext_lazy("plan", "入门费 + 股权"),
    "trial": pgettext_lazy("plan", "先用后转：试用六个月，满意再付"),
}
SHOWN = (Role.BUYER, Role.SUPPLIER, Role.INVENTOR, Role.STAFF, Role.MANAGER, Role.AGENCY, Role.PLATFORM)


def title_of(kind: str, number: int, several: bool) -> str:
    return f"{KINDS[kind]} {number}" if several else str(KINDS[kind])


def lines_of(template: Template, amount_fen: int) -> list[tuple[str, int, bool]]:
    """The lines of a payment plan by a template: title, amount, whether a deposit."""
    found = plans.parts(template, amount_fen)
    kinds = [step.kind for step, _fen in found]
    made = []
    for place, (step, fen) in enumerate(found):
        several = kinds.count(step.kind) > 1
        made.append((title_of(step.kind, kinds[: place + 1].count(step.kind), several), fen, step.kind == "deposit"))
    return made


def first_values(deal: Deal) -> dict[str, Any]:
    """What the calculator begins with for a deal: its amount, the introduction's fee, the supplier's stored reward."""
    amount = deal.amount_fen or 0
    reward = reward_for(deal)
    found: dict[str, Any] = {"amount_fen": amount, "template": plans.usual_for(amount).key}
    if reward is not None:
        found |= {"reward_bp": reward.reward_bp, "staff_bp": reward.staff_bp}
    introduction = deal.introduction
    if introduction is not None and introduction.fee_kind == "rate":
        found |= {"fee_bp": introduction.fee_rate_bp or 0, "payer": introduction.payer}
    return found


def rule_for(deal: Deal | None, amount_fen: int, fee: Fee, reward_bp: int, staff_bp: int) -> SplitRule:
    """The rule that is fixed for a deal, or one made of what was typed: parties by what they are. A fee that is no
    plain rate stays as the introduction has it."""
    if deal is not None and deal.introduction is not None and deal.introduction.fee_kind != "rate":
        fee = fee_of(terms_of(deal.introduction))
    made = SplitRule(
        supplier="supplier",
        supplier_name="",
        contract_fen=amount_fen,
        fee=fee,
        shares=(Share("manager", "", 10_000),),
        reward_bp=reward_bp,
        staff="staff",
        staff_bp=staff_bp,
        inventors=(Share("team", "", 10_000, Role.INVENTOR),),
    )
    made.check()
    return made


@dataclass(frozen=True)
class Picture:
    """A plan drawn: every payment with each role's part, sums, and the cumulative cash of each by month."""

    rows: list[dict[str, Any]]
    roles: list[str]
    totals: list[int]
    buyer_fen: int
    chart: dict[str, Any]


def picture(payments: Sequence[Payment]) -> Picture:
    cash = plans.cash(payments)
    roles = [role for role in SHOWN if role in cash and role != Role.BUYER]
    kinds = [payment.kind for payment in payments]
    rows: list[dict[str, Any]] = []
    for payment in payments:
        parts = {role: sum(line.amount_fen for line in payment.split.lines if line.role == role) for role in roles}
        title = title_of(payment.kind, payment.number, kinds.count(payment.kind) > 1)
        cells = [parts[role] for role in roles]
        rows.append({"title": title, "month": payment.month, "fen": payment.amount_fen, "parts": cells})
    months = sorted({0, *(payment.month for payment in payments)})
    series = []
    for role in (Role.BUYER, *roles):
        total, values = 0, []
        for month in months:
            total += cash.get(role, {}).get(month, 0)
            values.append(total // 100)
        series.append({"name": labels.role_label(role), "values": values})
    chart = {
        "kind": "line",
        "title": _("各方累计现金"),
        "unit": _("元，横轴是签约后第几个月"),
        "labels": [str(month) for month in months],
        "series": series,
    }
    return Picture(
        rows=rows,
        roles=[labels.role_label(role) for role in roles],
        totals=[sum(row["parts"][place] for row in rows) for place in range(len(roles))],
        buyer_fen=sum(payment.amount_fen for payment in payments),
        chart=chart,
    )


def worked_out(rule: SplitRule, template: Template, royalty: Royalty | None, base_fen: int, years: int) -> Picture:
    return picture(plans.forecast(rule, template, royalty=royalty, base_a_year_fen=base_fen, years=years))


def report_for(user: Any, slug: str) -> RoyaltyReport | None:
    """A period of a deal that the reader may see."""
    found = RoyaltyReport.objects.filter(slug=slug, plan__deal__in=visible_to(user).values("pk"))
    return found.select_related("plan__deal__buyer", "plan__deal__supplier", "milestone", "reported_by").first()
