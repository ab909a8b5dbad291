"""The list of contracts, one contract, its documents."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import or_404, signed_in

from .. import permissions
from ..documents.pdf import pdf
from ..documents.word import DOCX, word
from ..forms import ScanForm
from ..models import Contract, Scan
from ..queries import contracts as queries
from ..queries.documents import digest, document_of
from .files import as_file

SORTS = {
    "changed": "changed_at",
    "number": "number",
    "amount": "amount_fen",
    "state": "state",
}
PAGE = 25


@require_safe
@signed_in
def contracts(request: HttpRequest) -> HttpResponse:
    found = queries.visible_to(request.user)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    if state in Contract.State.values:
        found = found.filter(state=state)
    if kind in Contract.Kind.values:
        found = found.filter(kind=kind)
    sort = request.GET.get("sort", "-changed")
    if sort.lstrip("-") in SORTS:
        found = found.order_by(("-" if sort.startswith("-") else "") + SORTS[sort.lstrip("-")], "-pk")
    if "export" in request.GET:
        return _export(found, request.GET["export"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "states": Contract.State.choices,
        "kinds": Contract.Kind.choices,
        "state": state,
        "kind": kind,
        "sort": sort,
        "may_count": bool(permissions.counts_for(request.user)),  # type: ignore[arg-type]  # signed in
    }
    return render(request, "contracts/contracts.html", context)


def _export(found: Any, fmt: str) -> HttpResponse:
    columns = [_("编号"), _("合同名称"), _("类别"), _("需方"), _("供方"), _("金额（元）"), _("状态"), _("签订日期")]
    rows = (
        (
            row.number,
            row.title,
            row.get_kind_display(),
            row.buyer.shown_name,
            row.supplier.shown_name,
            yuan(row.amount_fen),
            row.get_state_display(),
            row.agreed_on,
        )
        for row in found
    )
    return export(rows, columns, _("合同"), fmt)


@require_safe
@signed_in
def contract(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(queries.find(request.user, contract))
    return render(request, "contracts/contract.html", page_of(request, found))


def page_of(request: HttpRequest, found: Contract, scan_form: ScanForm | None = None) -> dict[str, Any]:
    """Everything that a contract's page shows to this reader."""
    user: Any = request.user
    approvals = queries.standing_approvals(found)
    by_text = queries.answered(found, approvals)
    mine = permissions.sides_to_answer(user, found)
    open_ = found.state == Contract.State.OFFERED
    people = {approval.side: approval for approval in approvals if approval.scan_id is None}
    labels = queries.labels_of(found)
    scans = [
        {
            "scan": scan,
            "current": scan.revision == found.revision,
            "said": [{"label": labels[side], "approval": _of_side(scan, side, found.revision)} for side in found.sides],
            "can_confirm": open_
            and scan.revision == found.revision
            and bool(set(mine) - queries.answered(found, approvals, scan_id=scan.pk)),
        }
        for scan in queries.scans_of(found)
    ]
    return {
        "contract": found,
        "document": document_of(found),
        "digest": digest(found),
        "missing": queries.missing(found) if found.state != Contract.State.CANCELLED else [],
        "sides": [
            {
                "label": labels[side],
                "name": found.name_of(side),
                "approval": people.get(side),
            }
            for side in found.sides
        ],
        "scans": scans,
        "scan_form": scan_form or ScanForm(),
        "can_edit": permissions.can_edit(user, found),
        "can_offer": permissions.can_offer(user, found),
        "can_cancel": permissions.can_cancel(user, found)
        and found.state in (Contract.State.DRAFT, Contract.State.OFFERED),
        "can_approve": open_ and bool(set(mine) - by_text),
        "open": open_,
        "registers": found.state == Contract.State.AGREED and found.kind in permissions.REGISTERED_KINDS,
    }


def _of_side(scan: Scan, side: str, revision: int) -> Any:
    for approval in scan.approvals.all():
        if approval.side == side and approval.cancelled_at is None and approval.revision == revision:
            return approval
    return None


@require_safe
@signed_in
def contract_pdf(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(queries.find(request.user, contract))
    return as_file(pdf(document_of(found)), "application/pdf", f"{found.number} {found.title}.pdf", inline=True)


@require_safe
@signed_in
def contract_word(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(queries.find(request.user, contract))
    return as_file(word(document_of(found)), DOCX, f"{found.number} {found.title}.docx")


@require_safe
@signed_in
def scan(request: HttpRequest, contract: str, scan: str) -> FileResponse:
    """A stamped scan as it was handed in; always a download, never shown as a page of ours."""
    found = or_404(queries.find(request.user, contract))
    kept = get_object_or_404(Scan, contract=found, slug=scan)
    return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
