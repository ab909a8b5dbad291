"""What was released and is to be paid by the bank: orders as pain.001 and as a table; where a party is paid."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, or_404, signed_in
from yinxian.settlement.banking import pain
from yinxian.settlement.models import PaymentOrder
from yinxian.settlement.operations.banking import set_payee
from yinxian.settlement.operations.orders import cancel_order
from yinxian.settlement.permissions import can_confirm_payout
from yinxian.settlement.queries.statements import account_for

from ..forms.banking import CancelForm, DetailsForm, OrderForm
from ..http import SignedIn
from ..operations.banking import order_released
from ..queries import banking as queries
from .banking import account_of


@require_http_methods(["GET", "POST"])
@signed_in
def payouts(request: SignedIn) -> HttpResponse:
    """What may be ordered now, and the orders so far."""
    account = account_of(request)
    if account is None:
        return redirect("deals:bank_account")
    posted = request.method == "POST"
    form = OrderForm(request.POST if posted else None, initial={"execute_on": clock.today()})
    if posted and form.is_valid():
        chosen = [int(one) for one in request.POST.getlist("entry")[:500] if one.isdecimal() and len(one) < 19]
        made = attempt(
            form,
            order_released,
            bank_account_id=account.pk,
            actor=request.user,
            entry_ids=chosen,
            execute_on=form.cleaned_data["execute_on"],
        )
        if made:
            messages.success(request, _("付款文件已生成，下载后交给银行。"))
            return redirect("deals:payout_order", payout=made.slug)
    entries = queries.payable(account)
    context = {
        "account": account,
        "entries": entries,
        "total": sum(entry.amount for entry in entries),
        "orders": PaymentOrder.objects.filter(bank_account=account).select_related("created_by")[:50],
        "form": form,
    }
    return render(request, "deals/payouts.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def payout_order(request: SignedIn, payout: str) -> HttpResponse:
    """An order and its items; a POST cancels it."""
    account_of(request)
    order = or_404(queries.order_for(request.user, payout))
    posted = request.method == "POST"
    form = CancelForm(request.POST if posted else None)
    if posted and form.is_valid():
        given = {"order_id": order.pk, "actor": request.user, "reason": form.cleaned_data["reason"]}
        if attempt(form, cancel_order, **given):
            messages.success(request, _("这份付款文件已作废，其中的款可以重新生成付款文件。"))
            return redirect("deals:payout_order", payout=order.slug)
    items = list(order.items.all())
    context = {
        "order": order,
        "items": items,
        "total": sum(item.amount_fen for item in items),
        "form": form,
        "open": order.cancelled_at is None and not any(item.transaction_id for item in items),
    }
    return render(request, "deals/payout_order.html", context, status=422 if posted else 200)


@require_safe
@signed_in
def payout_file(request: SignedIn, payout: str, fmt: str) -> HttpResponse:
    """The order for the bank: ``xml`` is pain.001.001.09, ``csv`` and ``xlsx`` a table."""
    account_of(request)
    order = or_404(queries.order_for(request.user, payout))
    if order.cancelled_at is not None:
        raise Conflict("settlement.order_cancelled")
    if fmt == "xml":
        response = HttpResponse(as_pain(order), content_type="application/xml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{order.slug}.xml"'
        return response
    if fmt not in ("csv", "xlsx"):
        raise Http404
    columns = [_("指令编号"), _("收款户名"), _("收款账号"), _("开户行"), _("联行号"), _("金额（元）"), _("附言")]
    rows = (
        [one.slug, one.holder, one.number, one.bank_name, one.bank_code, yuan(one.amount_fen), one.text]
        for one in order.items.all()
    )
    return export(rows, columns, order.slug, fmt)


def as_pain(order: PaymentOrder) -> bytes:
    bank = order.bank_account
    return pain.write(
        message=order.slug,
        made_at=order.created_at,
        execute_on=order.execute_on,
        payer=pain.Side(bank.holder, bank.number, bank.bank_name, bank.bank_code),
        payments=[
            pain.Payment(
                one.slug, one.amount_fen, pain.Side(one.holder, one.number, one.bank_name, one.bank_code), one.text
            )
            for one in order.items.all()
        ],
    )


@require_http_methods(["GET", "POST"])
@signed_in
def payee(request: SignedIn, account: str) -> HttpResponse:
    """Where the owner of an account wants to be paid."""
    found = or_404(account_for(request.user, account))
    if not can_confirm_payout(request.user, found):
        raise Forbidden("settlement.not_the_owner")
    known = getattr(found, "payee", None)
    names = ("holder", "number", "bank_name", "bank_code")
    first: dict[str, Any] = {name: getattr(known, name) for name in names} if known else {"holder": found.name}
    posted = request.method == "POST"
    form = DetailsForm(request.POST if posted else None, initial=first)
    if posted and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        if attempt(form, set_payee, account_id=found.pk, actor=request.user, **given):
            messages.success(request, _("收款银行账户已登记。"))
            return redirect("settlement:statement", account=found.slug)
    return render(request, "deals/payee.html", {"form": form, "account": found}, status=422 if posted else 200)
