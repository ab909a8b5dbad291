"""What the owner of an account records: money paid out, currency exchanged, and corrections by reversal."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.network.models import User

from .. import operations
from ..forms import ExchangeForm, PayoutForm, UndoForm
from ..models import Account
from ..queries import statements as queries
from .accounts import shown


def _act(request: HttpRequest, account: Account, form: Any, said: str, operation: Any, **given: Any) -> HttpResponse:
    if form.is_valid():
        values = {name: form.cleaned_data[field] for name, field in given.pop("fields").items()}
        if attempt(form, operation, actor=cast("User", request.user), **given, **values):
            messages.success(request, said)
            return redirect("settlement:statement", account=account.slug)
    return shown(request, account, form, status=422)


@require_POST
@signed_in
def payout(request: HttpRequest, account: str) -> HttpResponse:
    found = or_404(queries.account_for(request.user, account))
    said = _("已登记到账，账户余额随之减少。")
    fields = {"amount_fen": "amount", "number": "number", "paid_on": "paid_on"}
    form = PayoutForm(request.POST)
    return _act(request, found, form, said, operations.confirm_payout, account_id=found.pk, fields=fields)


@require_POST
@signed_in
def exchange(request: HttpRequest, account: str) -> HttpResponse:
    """Two linked transactions at the rate that the bank stated."""
    found = or_404(queries.account_for(request.user, account))
    said = _("换汇已登记：两种币种各一笔，按所填汇率相连。")
    fields = {name: name for name in ("into", "rate", "source", "key")}
    fields |= {"amount_fen": "amount", "bought_fen": "bought"}
    form = ExchangeForm(request.POST)
    return _act(request, found, form, said, operations.exchange, account_id=found.pk, fields=fields)


@require_POST
@signed_in
def undo(request: HttpRequest, account: str, transaction: str) -> HttpResponse:
    """Reverse a payout or an exchange that was recorded wrongly."""
    found = or_404(queries.account_for(request.user, account))
    posted = or_404(queries.transaction_for(found, transaction))
    said = _("已冲正：原来那笔保留，另记一笔相反的。")
    form = UndoForm(request.POST)
    if posted.kind == posted.Kind.EXCHANGE:
        made = or_404(queries.exchange_of(posted))
        return _act(
            request,
            found,
            form,
            said,
            operations.undo_exchange,
            exchange_id=made.pk,
            key=f"undo:{made.pk}",
            fields={},
        )
    fields = {"reason": "reason"}
    return _act(request, found, form, said, operations.undo_payout, transaction_id=posted.pk, fields=fields)
