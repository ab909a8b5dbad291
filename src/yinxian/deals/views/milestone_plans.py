"""Lay down the payment plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinxian.contracts.models import Contract
from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_yuan
from yinxian.settlement.plans import TEMPLATES

from ..forms.milestones import KeyedForm, PlanLines
from ..http import SignedIn
from ..models import Deal, Milestone
from ..operations import milestones as operations
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries.plans import lines_of


@require_http_methods(["GET", "POST"])
@signed_in
def plan_form(request: SignedIn, deal: str) -> HttpResponse:
    found = or_404(deals.find(request.user, deal))
    if not permissions.can_plan(request.user, found):
        raise Forbidden("deals.not_the_manager")
    posted = request.method == "POST"
    first = None if posted else _initial(found, request.GET.get("template", ""))
    lines = PlanLines(request.POST if posted else None, initial=first, prefix="line")
    form = KeyedForm(request.POST if posted else None)
    if posted and form.is_valid() and lines.is_valid():
        wanted = [_planned(row) for row in lines.cleaned_data if row and not row.get("DELETE")]
        if attempt(form, operations.plan, deal_id=found.pk, lines=wanted, actor=request.user):
            messages.success(request, _("付款计划已定，托管户已开。"))
            return redirect("deals:milestones", deal=found.slug)
    context = {"deal": found, "form": form, "lines": lines}
    return render(request, "deals/milestone_plan.html", context, status=422 if posted else 200)


def _planned(row: dict[str, Any]) -> operations.Planned:
    return operations.Planned(
        title=row["title"],
        amount_fen=row["amount"],
        acceptance=row["acceptance"],
        due_on=row["due_on"],
        deposit=row["deposit"],
    )


def _initial(deal: Deal, template: str = "") -> list[dict[str, Any]]:
    """The present plan, or what the contract says of the payments, or a first proposal: 20 % deposit, 30 %, 30 %,
    the rest on final acceptance."""
    if chosen := TEMPLATES.get(template):
        rows = lines_of(chosen, deal.amount_fen or 0)
        return [{"title": title, "amount": show_yuan(fen), "deposit": deposit} for title, fen, deposit in rows]
    present = [
        {
            "title": one.title,
            "amount": show_yuan(one.amount_fen),
            "due_on": one.due_on,
            "acceptance": one.acceptance,
            "deposit": one.kind == Milestone.Kind.DEPOSIT,
        }
        for one in deal.milestones.exclude(kind=Milestone.Kind.FEE)
    ]
    known = present or _agreed(deal)
    if known:
        return known
    total = deal.amount_fen or 0
    parts = [total * share // 100 for share in (20, 30, 30)]
    parts.append(total - sum(parts))
    titles = [_("定金"), _("第一阶段"), _("第二阶段"), _("验收结题")]
    return [
        {"title": title, "amount": show_yuan(part), "deposit": number == 0}
        for number, (title, part) in enumerate(zip(titles, parts, strict=True))
    ]


def _agreed(deal: Deal) -> list[dict[str, Any]]:
    """The payments of the contract that both sides agreed to, each on its condition; the first is a deposit when
    the contract calls it so (定金)."""
    contract = deal.contract
    if contract is None or contract.state != Contract.State.AGREED:
        return []
    return [
        {
            "title": row["title"],
            "amount": show_yuan(row["amount_fen"]),
            "due_on": dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            "acceptance": row["condition"],
            "deposit": number == 0 and "定金" in row["title"],
        }
        for number, row in enumerate(contract.data.get("payments", []))
    ]
