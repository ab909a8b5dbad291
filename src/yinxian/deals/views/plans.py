"""The calculator of payment plans; a deal's royalty, its reports, and shares on record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.errors import Forbidden, Refusal
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.kernel.money import show_percent, show_yuan
from yinxian.settlement import plans
from yinxian.settlement.rules import Fee

from ..forms.plans import CalculatorForm, EquityForm, ReportForm, RoyaltyForm
from ..http import SignedIn
from ..models import Deal, RoyaltyPlan
from ..operations import royalties as operations
from ..operations.milestones.common import OPEN
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries import plans as queries

FIRST: dict[str, Any] = {"template": "staged", "fee": "10", "payer": "supplier", "reward": "70", "staff": "5"}


@require_safe
@signed_in
def calculator(request: SignedIn) -> HttpResponse:
    """Each party's cash over time, before anyone signs; for a deal (``deal``) it begins with what is known of it."""
    deal = deals.find(request.user, request.GET["deal"]) if request.GET.get("deal") else None
    asked = bool(request.GET.get("amount"))
    form = CalculatorForm(request.GET if asked else None, initial=_first(deal))
    picture = None
    if asked and form.is_valid():
        given = form.cleaned_data
        try:
            template = plans.TEMPLATES[given["template"]]
            royalty = form.royalty() if template.royalty else None
            if royalty:
                royalty.check()
            fee = Fee(bp=given["fee"] or 0, payer=given["payer"] or "supplier")
            rule = queries.rule_for(deal, given["amount"], fee, given["reward"] or 0, given["staff"] or 500)
            picture = queries.worked_out(rule, template, royalty, given["base"] or 0, given["years"] or 0)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {
        "form": form,
        "picture": picture,
        "deal": deal,
        "template": request.GET.get("template", ""),
        "royalty_fields": ("tiers", "base", "minimum", "years"),
    }
    return render(request, "deals/plan_calculator.html", context, status=422 if asked and form.errors else 200)


def _first(deal: Deal | None) -> dict[str, Any]:
    if deal is None:
        return FIRST
    known = queries.first_values(deal)
    names = [name for name in ("fee", "reward", "staff") if f"{name}_bp" in known]
    rates = {name: show_percent(known[f"{name}_bp"]).rstrip("%") for name in names}
    amount = {"amount": show_yuan(known["amount_fen"])} if known["amount_fen"] else {}
    return {**FIRST, **rates, **amount, "template": known["template"], "payer": known.get("payer", "supplier")}


@require_http_methods(["GET", "POST"])
@signed_in
def royalty(request: SignedIn, deal: str) -> HttpResponse:
    """The royalty of a deal: its terms, periods and reports; the manager lays it down."""
    found = or_404(deals.find(request.user, deal))
    posted = request.method == "POST"
    if posted and not permissions.can_plan(request.user, found):
        raise Forbidden("deals.not_the_manager")
    form = RoyaltyForm(request.POST if posted else None)
    if posted and form.is_valid():
        given = form.cleaned_data
        terms = operations.Agreed(
            base=given["base"],
            royalty=plans.Royalty(given["tiers"], given["minimum"] or 0, given["cap"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            every_months=given["every_months"],
            report_days=given["report_days"],
            pay_days=given["pay_days"],
        )
        if attempt(form, operations.agree_royalty, deal_id=found.pk, terms=terms, actor=request.user):
            messages.success(request, _("提成已定，各期报告的日期已排好。"))
            return redirect("deals:royalty", deal=found.slug)
    return _royalty(request, found, form, EquityForm(), status=422 if posted else 200)


def _royalty(request: SignedIn, deal: Deal, form: RoyaltyForm, equity: EquityForm, status: int = 200) -> HttpResponse:
    plan = RoyaltyPlan.objects.filter(deal=deal).first()
    reports = list(plan.reports.select_related("milestone")) if plan else []
    context = {
        "deal": deal,
        "plan": plan,
        "tiers": plan.royalty.tiers if plan else (),
        "shape": plan.royalty.shape if plan else "",
        "reports": reports,
        "paid": sum(one.amount_fen or 0 for one in reports),
        "form": form,
        "equity": equity,
        "equities": deal.equities.all(),
        "may_plan": permissions.can_plan(request.user, deal) and deal.state in OPEN,
        "may_agree": not any(one.base_fen is not None for one in reports),
        "may_report": permissions.can_release(request.user, deal),
    }
    return render(request, "deals/royalty.html", context, status=status)


@require_POST
@signed_in
def equity(request: SignedIn, deal: str) -> HttpResponse:
    found = or_404(deals.find(request.user, deal))
    if not permissions.can_plan(request.user, found):
        raise Forbidden("deals.not_the_manager")
    form = EquityForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            operations.record_equity,
            deal_id=found.pk,
            company=given["company"],
            share_bp=given["share"],
            valued_fen=given["valued"],
            registered_on=given["registered_on"],
            proof=given["proof"],
            actor=request.user,
        )
        if done:
            messages.success(request, _("股权已记录。"))
            return redirect("deals:royalty", deal=found.slug)
    return _royalty(request, found, RoyaltyForm(), form, status=422)


@require_http_methods(["GET", "POST"])
@signed_in
def royalty_report(request: SignedIn, royaltyreport: str) -> HttpResponse:
    """One period: the buyer reports it and sees what it owes."""
    report = or_404(queries.report_for(request.user, royaltyreport))
    may = permissions.can_release(request.user, report.plan.deal)
    posted = request.method == "POST"
    if posted and not may:
        raise Forbidden("deals.royalty_by_the_buyer")
    form = ReportForm(request.POST if posted else None)
    if posted and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            operations.report_royalty,
            report_id=report.pk,
            base_fen=given["base"],
            note=given["note"],
            actor=request.user,
        )
        if done:
            messages.success(request, _("已报，应付的提成列入付款节点。"))
            return redirect("deals:royalty", deal=report.plan.deal.slug)
    context = {"report": report, "deal": report.plan.deal, "form": form, "may_report": may}
    return render(request, "deals/royalty_report.html", context, status=422 if posted else 200)
