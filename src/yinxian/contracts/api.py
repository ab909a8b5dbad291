"""REST endpoints of contracts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from . import operations
from .api_drafts import router as drafts
from .api_registrations import router as registrations
from .api_signatures import router as signatures
from .api_templates import router as templates
from .documents.pdf import pdf
from .documents.word import DOCX, word
from .models import Contract
from .queries.contracts import find, missing, standing_approvals, visible_to
from .queries.documents import digest, document_of

router = Router()
router.add_router("/drafts", drafts)
router.add_router("", signatures)
router.add_router("/templates", templates)
router.add_router("", registrations)
FURTHEST = 10**9  # a row that no list has, and that a database can still count to
MOST = 100


class ContractOut(Schema):
    slug: str
    number: str
    kind: str
    sub_kind: str
    title: str
    buyer: str
    supplier: str
    amount_fen: int | None
    state: str
    revision: int
    template_version: str
    language: str
    agreed_on: str | None


class ContractDetail(ContractOut):
    digest: str
    approved_by: list[str]
    missing: list[str]
    document: dict[str, Any]


class Approve(Schema):
    revision: int


def _out(contract: Contract) -> dict[str, Any]:
    own = (
        "slug",
        "number",
        "kind",
        "sub_kind",
        "title",
        "amount_fen",
        "state",
        "revision",
        "template_version",
        "language",
    )
    return {
        **{name: getattr(contract, name) for name in own},
        "buyer": contract.buyer.name,
        "supplier": contract.supplier.name,
        "agreed_on": contract.agreed_on.isoformat() if contract.agreed_on else None,
    }


def _detail(contract: Contract) -> dict[str, Any]:
    return {
        **_out(contract),
        "digest": digest(contract),
        "approved_by": [approval.side for approval in standing_approvals(contract)],
        "missing": [found.text for found in missing(contract)],
        "document": document_of(contract),
    }


@router.get("/", response=list[ContractOut])
def contracts(request: HttpRequest, state: str = "", offset: int = 0, limit: int = MOST) -> Any:
    """Contracts that the caller may see, newest change first."""
    found = visible_to(request.user)
    if state:
        found = found.filter(state=state)
    start = min(max(offset, 0), FURTHEST)
    return [_out(row) for row in found[start : start + min(max(limit, 1), MOST)]]


@router.get("/{contract}", response=ContractDetail)
def contract(request: HttpRequest, contract: str) -> Any:
    return _detail(or_404(find(request.user, contract)))


@router.post("/{contract}/approve", response=ContractDetail)
def approve(request: HttpRequest, contract: str, given: Approve) -> Any:
    """Say yes, for the side that the caller administers, to the revision that they read."""
    found = or_404(find(request.user, contract))
    actor: Any = request.user
    operations.approve_contract(contract_id=found.pk, actor=actor, revision=given.revision)
    return _detail(or_404(find(request.user, contract)))


@router.get("/{contract}/pdf")
def contract_pdf(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(find(request.user, contract))
    return HttpResponse(pdf(document_of(found)), content_type="application/pdf")


@router.get("/{contract}/word")
def contract_word(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(find(request.user, contract))
    return HttpResponse(word(document_of(found)), content_type=DOCX)
