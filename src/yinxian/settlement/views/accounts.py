"""Accounts of the reader, a statement, and the confirmation that money arrived."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinxian.kernel import clock
from yinxian.kernel.export import MOST, export, yuan
from yinxian.kernel.http import or_404, signed_in

from ..forms import ExchangeForm, PayoutForm, PeriodForm, UndoForm
from ..labels import role_label
from ..models import Account, Transaction
from ..permissions import can_close_period, can_confirm_payout, keeper_for
from ..queries import plaintext
from ..queries import statements as queries

PAGE = 50
UNDONE_HERE = (Transaction.Kind.PAYOUT, Transaction.Kind.EXCHANGE)


@require_safe
@signed_in
def account_list(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    found: QuerySet[Any] = queries.visible_to(request.user)
    fmt = request.GET.get("export")
    if fmt in plaintext.FORMATS:
        return books(request, fmt)
    if fmt:
        columns = [_("账户"), _("所有者"), _("余额（元）"), _("最近一笔")]
        rows = (
            [one.shown_name, str(one.owner_organisation or one.owner_user), yuan(one.posted), one.last_at]
            for one in found
        )
        return export(rows, columns, _("账户"), fmt)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    accounts = list(page)
    context = {
        "page": page,
        "keeper": keeper_for(request.user) is not None,
        "escrows": [one for one in accounts if one.is_escrow],
        "own": [one for one in accounts if not one.is_escrow],
        "own_fen": sum(one.posted for one in accounts if not one.is_escrow and one.currency == "CNY"),
        "escrow_fen": sum(one.posted for one in accounts if one.is_escrow and one.currency == "CNY"),
        "may_close": can_close_period(request.user),
    }
    return render(request, "settlement/accounts.html", context)


def books(request: HttpRequest, fmt: str) -> StreamingHttpResponse:
    """The reader's own books as plain text; the operator gets all of them with ``all=1``."""
    accounts = plaintext.accounts_for(request.user, whole=bool(request.GET.get("all")))
    lines = (f"{line}\n" for line in plaintext.write(accounts, fmt))
    answer = StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="books-{clock.today():%Y%m%d}.{plaintext.FORMATS[fmt]}"'
    return answer


@require_safe
@signed_in
def statement_page(request: HttpRequest, account: str) -> HttpResponse:
    return shown(request, or_404(queries.account_for(request.user, account)))


def shown(request: HttpRequest, account: Account, refused: Any = None, status: int = 200) -> HttpResponse:
    """The statement with what its owner may record; ``refused`` is a form that keeps what was typed."""
    form = PeriodForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    found = queries.statement(account, days.get("since"), days.get("until"))
    if fmt := request.GET.get("export"):
        rows = queries.with_balances(found.entries[:MOST])
        return export(map(_cells, rows), _columns(), f"{_('对账单')}-{account.shown_name}", fmt)
    whole = bool(request.GET.get("all"))
    lines: Any = found.entries  # counts and slices, which is all that a paginator asks for
    page: Page[Any] = Paginator(lines, 5000 if whole else PAGE).get_page(request.GET.get("page"))
    owner = can_confirm_payout(request.user, account)
    context = {
        "account": account,
        "statement": found,
        "form": form,
        "page": page,
        "rows": [
            {
                "row": row,
                "role": role_label(row.entry.role),
                "out": -row.entry.amount,
                "may_undo": owner and row.entry.transaction.kind in UNDONE_HERE,
            }
            for row in queries.with_balances(page)
        ],
        "owns": owner,
        "may_confirm": owner and account.posted > 0,
        "payout": refused if isinstance(refused, PayoutForm) else PayoutForm(),
        "exchange": refused if isinstance(refused, ExchangeForm) else ExchangeForm(),
        "undo": refused if isinstance(refused, UndoForm) else UndoForm(),
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
