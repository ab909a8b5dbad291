"""A deal's payment plan, and the page of each milestone."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yinxian.kernel import clock
from yinxian.kernel.http import or_404, signed_in
from yinxian.kernel.money import show_yuan

from ..forms import milestones as forms
from ..http import SignedIn
from ..models import Milestone
from ..permissions import milestones as permissions
from ..queries import deals
from ..queries import milestones as queries

State = Milestone.State


@require_safe
@signed_in
def plan_page(request: HttpRequest, deal: str) -> HttpResponse:
    found = or_404(deals.find(request.user, deal))
    return render(request, "deals/milestones.html", {"deal": found, "plan": queries.plan_view(request.user, found)})


@require_safe
@signed_in
def milestone_page(request: SignedIn, milestone: str) -> HttpResponse:
    return shown(request, or_404(queries.milestone_for(request.user, milestone)))


def shown(request: SignedIn, milestone: Milestone, refused: Any = None, status: int = 200) -> HttpResponse:
    """The page with what this reader may do now; ``refused`` is the form that keeps what was typed."""
    return render(request, "deals/milestone.html", context_of(request, milestone, refused), status=status)


def context_of(request: SignedIn, milestone: Milestone, refused: Any) -> dict[str, Any]:
    user, deal, state = request.user, milestone.deal, milestone.state
    left = queries.outstanding(milestone)
    running = deal.state in ("signed", "registered", "performing")
    early = milestone.kind != Milestone.Kind.PAYMENT
    side = permissions.side_in_dispute(user, deal)
    held = state in (State.FUNDED, State.SUBMITTED, State.CHANGES)
    part_paid = state == State.UNFUNDED and left < milestone.amount_fen
    abroad = queries.foreign_balances(deal)
    tried = state == State.UNFUNDED and queries.waits_for_trial(milestone)
    may = {
        "back": bool(abroad) and not deal.frozen and permissions.can_undo_payment(user, deal),
        "pay": running and not tried and state == State.UNFUNDED and permissions.can_record_payment(user, deal),
        "undo": running
        and state in (State.UNFUNDED, State.FUNDED)
        and not (milestone.released_fen or milestone.refunded_fen)
        and permissions.can_undo_payment(user, deal),
        "submit": running
        and state in (State.FUNDED, State.CHANGES)
        and milestone.kind != Milestone.Kind.FEE
        and permissions.can_submit(user, deal),
        "changes": running and state == State.SUBMITTED and permissions.can_request_changes(user, deal),
        "release": running
        and (state == State.SUBMITTED or (state == State.FUNDED and early))
        and permissions.can_release(user, deal),
        "refund": (held or part_paid) and not deal.frozen and permissions.can_refund(user, deal),
        "dispute": running and held and bool(side),
        "decide": state == State.DISPUTED and not deal.frozen and bool(side),
        "ask": milestone.kind != Milestone.Kind.FEE and permissions.can_ask_for_invoice(user, deal),
        "invoice": milestone.kind != Milestone.Kind.FEE and permissions.can_send_invoice(user, deal),
    }
    payer = {"payer": deal.buyer.name, "amount": show_yuan(left)}
    blank = {
        "pay": forms.PaymentForm(initial={**payer, "paid_on": clock.today()}),
        "foreign": forms.ForeignForm(initial={"payer": deal.buyer.name, "paid_on": clock.today()}),
        "back": forms.ReturnForm(),
        "undo": forms.UndoForm(),
        "submit": forms.SubmitForm(),
        "changes": forms.ChangesForm(),
        "release": forms.KeyedForm(),
        "part": forms.PartForm(),
        "refund": forms.RefundForm(),
        "dispute": forms.DisputeForm(),
        "decide": forms.DecideForm(),
        "invoice": forms.InvoiceForm(
            initial={"amount": show_yuan(milestone.amount_fen), "issued_on": clock.today(), "tax_rate": "6"}
        ),
    }
    for name, form in blank.items():
        if refused is not None and type(form) is type(refused[1]) and name == refused[0]:
            blank[name] = refused[1]
    return {
        "milestone": milestone,
        "deal": deal,
        "left": left,
        "came": milestone.amount_fen - left,
        "may": may,
        "forms": blank,
        "refused": refused[0] if refused else "",
        "dispute": milestone.disputes.filter(decided_at=None).select_related("opened_by").first(),
        "missed": _missed(refused, may),
        "abroad": abroad,
        "tried": tried,
        "awaited": any(invoice.sent_at is None for invoice in milestone.invoices.all()),
        "split": queries.split_view(user, milestone),
        "acts": any(may[name] for name in ("pay", "submit", "release", "decide")),
    }


PLACES = {"foreign": "pay", "part": "release"}


def _missed(refused: Any, may: dict[str, bool]) -> dict[str, Any] | None:
    """A refused form that has no place on the page any more, for somebody was quicker: why, and what was typed."""
    if refused is None or may.get(PLACES.get(refused[0], refused[0]), False):
        return None
    name, form = refused
    errors = [str(error) for those in form.errors.values() for error in those]
    typed = [(field.label, field.value()) for field in form.visible_fields() if isinstance(field.value(), str)]
    return {"name": name, "errors": errors, "typed": [(label, value) for label, value in typed if value]}


@require_safe
@signed_in
def kept_file(request: HttpRequest, milestone: str, keptfile: str) -> FileResponse:
    """A file of the milestone, of a bank receipt or of an invoice; always as a download."""
    found = or_404(queries.milestone_for(request.user, milestone))
    every = [*found.files.all(), *found.receipts.all(), *found.invoices.all()]
    kept = or_404(next((one for one in every if one.slug == keptfile and one.file), None))
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
