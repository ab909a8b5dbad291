"""Acts on a milestone: each is one POST, one operation, and back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import attempt, json_safe, or_404, signed_in

from ..forms import milestones as forms
from ..http import SignedIn
from ..models import Deal
from ..operations import milestones as operations
from ..permissions import milestones as permissions
from ..queries import milestones as queries
from .milestones import shown

Act = tuple[Callable[[Any, Deal], Any], str]
PAY: Act = (permissions.can_record_payment, "deals.may_not_record_payment")
UNDO: Act = (permissions.can_undo_payment, "deals.may_not_undo_payment")
SUBMIT: Act = (permissions.can_submit, "deals.may_not_submit")
CHANGES: Act = (permissions.can_request_changes, "deals.only_the_buyer")
RELEASE: Act = (permissions.can_release, "deals.only_the_buyer_releases")
REFUND: Act = (permissions.can_refund, "deals.only_the_supplier_refunds")
DISPUTE: Act = (permissions.side_in_dispute, "deals.not_a_side")
INVOICE: Act = (permissions.can_send_invoice, "deals.may_not_send_invoice")


def _act(
    request: SignedIn,
    slug: str,
    act: Act,
    named: tuple[str, Any],
    operation: Callable[..., Any],
    said: str,
    **given: Any,
) -> HttpResponse:
    """Who may not act is turned away before the form is read; a refusal of the form keeps what was typed."""
    found = or_404(queries.milestone_for(request.user, slug))
    may, code = act
    if not may(request.user, found.deal):
        raise Forbidden(code)
    form = named[1]
    if form.is_valid():
        values = {key: form.cleaned_data[field] for key, field in given.items()}
        if attempt(form, operation, milestone_id=found.pk, actor=request.user, **values):
            messages.success(request, said)
            return redirect("deals:milestone", milestone=found.slug)
        found = or_404(queries.milestone_for(request.user, slug))
    return shown(request, found, named, status=422)


@require_POST
@signed_in
def pay(request: SignedIn, milestone: str) -> HttpResponse:
    given = {name: name for name in ("number", "paid_on", "payer", "file", "key")}
    form = forms.PaymentForm(request.POST, request.FILES)
    said = _("到账已登记，款项记入项目托管户。")
    return _act(request, milestone, PAY, ("pay", form), operations.record_payment, said, amount_fen="amount", **given)


@require_POST
@signed_in
def pay_foreign(request: SignedIn, milestone: str) -> HttpResponse:
    names = ("currency", "received", "exchanged", "rate", "source", "number", "paid_on", "payer", "file", "key")
    form = forms.ForeignForm(request.POST, request.FILES)
    said = _("外币到账已登记，结汇所得记入项目托管户。")
    given = {name: name for name in names}
    return _act(request, milestone, PAY, ("foreign", form), operations.record_foreign_payment, said, **given)


@require_POST
@signed_in
def return_foreign(request: SignedIn, milestone: str) -> HttpResponse:
    """What was not exchanged went back to the buyer; the balance is the deal's, the page that of one milestone."""
    found = or_404(queries.milestone_for(request.user, milestone))

    def give_back(*, milestone_id: int, **given: Any) -> Any:
        return operations.return_foreign(deal_id=found.deal_id, **given)

    names = {name: name for name in ("currency", "amount", "number", "key")}
    said = _("已登记退回需方。")
    return _act(request, milestone, UNDO, ("back", forms.ReturnForm(request.POST)), give_back, said, **names)


@require_POST
@signed_in
def undo_payment(request: SignedIn, milestone: str) -> HttpResponse:
    """Which receipt is in the form: of this milestone, or it is not found."""
    form = forms.UndoForm(request.POST)
    found = or_404(queries.milestone_for(request.user, milestone))
    receipt = or_404(found.receipts.filter(slug=json_safe(request.POST.get("receipt", ""))).first())

    def undo(*, milestone_id: int, **given: Any) -> Any:
        return operations.undo_payment(receipt_id=receipt.pk, **given)

    said = _("这笔到账已撤销：账上记了相反的一笔，节点回到待托管。")
    return _act(request, milestone, UNDO, ("undo", form), undo, said, reason="reason")


@require_POST
@signed_in
def submit(request: SignedIn, milestone: str) -> HttpResponse:
    form = forms.SubmitForm(request.POST, request.FILES)
    said = _("已提交，等需方验收。")
    return _act(
        request, milestone, SUBMIT, ("submit", form), operations.submit, said, text="text", files="material", key="key"
    )


@require_POST
@signed_in
def request_changes(request: SignedIn, milestone: str) -> HttpResponse:
    form = forms.ChangesForm(request.POST)
    said = _("修改意见已发给供方，款项仍在托管户。")
    return _act(
        request, milestone, CHANGES, ("changes", form), operations.request_changes, said, text="text", key="key"
    )


@require_POST
@signed_in
def release(request: SignedIn, milestone: str) -> HttpResponse:
    said = _("已验收放款，并按签约时固定的规则分到各方账上。")
    if "amount" in request.POST:
        part = forms.PartForm(request.POST)
        said = _("已放出这一部分，并按签约时固定的规则分到各方账上；其余仍在托管户。")
        given = {"amount_fen": "amount", "key": "key"}
        return _act(request, milestone, RELEASE, ("part", part), operations.accept_and_release, said, **given)
    form = forms.KeyedForm(request.POST)
    return _act(request, milestone, RELEASE, ("release", form), operations.accept_and_release, said, key="key")


@require_POST
@signed_in
def refund(request: SignedIn, milestone: str) -> HttpResponse:
    said = _("已记为退还需方。")
    form = forms.RefundForm(request.POST)
    given = {"amount_fen": "amount", "key": "key"}
    return _act(request, milestone, REFUND, ("refund", form), operations.refund, said, **given)


@require_POST
@signed_in
def dispute(request: SignedIn, milestone: str) -> HttpResponse:
    said = _("争议已提出，这笔款项已冻结。")
    form = forms.DisputeForm(request.POST)
    return _act(request, milestone, DISPUTE, ("dispute", form), operations.dispute, said, reason="reason", key="key")


@require_POST
@signed_in
def decide(request: SignedIn, milestone: str) -> HttpResponse:
    said = _("您的答复已记下；双方答复相同时立即执行。")
    form = forms.DecideForm(request.POST)
    given = {"outcome": "outcome", "amount_fen": "amount", "key": "key"}
    return _act(request, milestone, DISPUTE, ("decide", form), operations.decide, said, **given)


@require_POST
@signed_in
def ask_for_invoice(request: SignedIn, milestone: str) -> HttpResponse:
    found = or_404(queries.milestone_for(request.user, milestone))
    operations.ask_for_invoice(milestone_id=found.pk, actor=request.user)
    messages.success(request, _("已请供方开票。"))
    return redirect("deals:milestone", milestone=found.slug)


@require_POST
@signed_in
def send_invoice(request: SignedIn, milestone: str) -> HttpResponse:
    form = forms.InvoiceForm(request.POST, request.FILES)
    given = {"number": "number", "issued_on": "issued_on", "amount_fen": "amount", "tax_rate_bp": "tax_rate"}
    said = _("发票已登记。")
    return _act(request, milestone, INVOICE, ("invoice", form), operations.send_invoice, said, file="file", **given)
