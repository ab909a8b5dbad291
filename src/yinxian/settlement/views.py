"""Accounts of the reader, a statement, and the confirmation that money arrived."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yinxian.kernel import clock
from yinxian.kernel.export import MOST, export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from .forms import PayoutForm, PeriodForm
from .labels import role_label
from .models import Account
from .operations import confirm_payout
from .permissions import can_confirm_payout
from .queries import statements as queries

PAGE = 50


@require_safe
@signed_in
def account_list(request: HttpRequest) -> HttpResponse:
    found: QuerySet[Any] = queries.visible_to(request.user)
    if fmt := request.GET.get("export"):
        columns = [_("账户"), _("所有者"), _("余额（元）"), _("最近一笔")]
        rows = (
            [one.shown_name, str(one.owner_organisation or one.owner_user), yuan(one.posted), one.moved_at]
            for one in found
        )
        return export(rows, columns, _("账户"), fmt)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    accounts = list(page)
    context = {
        "page": page,
        "escrows": [one for one in accounts if one.is_escrow],
        "own": [one for one in accounts if not one.is_escrow],
        "own_fen": sum(one.posted for one in accounts if not one.is_escrow),
        "escrow_fen": sum(one.posted for one in accounts if one.is_escrow),
    }
    return render(request, "settlement/accounts.html", context)


@require_safe
@signed_in
def statement_page(request: HttpRequest, account: str) -> HttpResponse:
    return _statement(request, or_404(queries.account_for(request.user, account)), PayoutForm())


def _statement(request: HttpRequest, account: Account, payout: PayoutForm, status: int = 200) -> HttpResponse:
    form = PeriodForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    found = queries.statement(account, days.get("since"), days.get("until"))
    if fmt := request.GET.get("export"):
        rows = queries.with_balances(found, found.entries[:MOST])
        return export(map(_cells, rows), _columns(), f"{_('对账单')}-{account.shown_name}", fmt)
    whole = bool(request.GET.get("all"))
    page = Paginator(found.entries, 5000 if whole else PAGE).get_page(request.GET.get("page"))
    context = {
        "account": account,
        "statement": found,
        "form": form,
        "page": page,
        "rows": [
            {"row": row, "role": role_label(row.entry.role), "out": -row.entry.amount}
            for row in queries.with_balances(found, page, skipped=max(0, page.start_index() - 1))
        ],
        "may_confirm": can_confirm_payout(request.user, account) and account.posted > 0,
        "payout": payout,
        "now": clock.now(),
    }
    return render(request, "settlement/statement.html", context, status=status)


def _columns() -> list[str]:
    return [_("时间"), _("事项"), _("说明"), _("名目"), _("收入（元）"), _("支出（元）"), _("余额（元）"), _("流水号")]


def _cells(row: queries.Row) -> list[Any]:
    entry = row.entry
    return [
        entry.transaction.at,
        entry.transaction.get_kind_display(),
        entry.transaction.memo,
        role_label(entry.role),
        yuan(entry.amount) if entry.amount > 0 else None,
        yuan(-entry.amount) if entry.amount < 0 else None,
        yuan(row.balance_fen),
        entry.transaction.slug,
    ]


@require_POST
@signed_in
def payout(request: HttpRequest, account: str) -> HttpResponse:
    found = or_404(queries.account_for(request.user, account))
    form = PayoutForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            confirm_payout,
            account_id=found.pk,
            amount_fen=given["amount"],
            number=given["number"],
            paid_on=given["paid_on"],
            actor=cast("User", request.user),
        )
        if done:
            messages.success(request, _("已登记到账，账户余额随之减少。"))
            return redirect("settlement:statement", account=found.slug)
    return _statement(request, found, form, status=422)
