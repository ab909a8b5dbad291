"""Every read of contracts; who may see which is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from yinxian.network.members import organisation_ids

from ..checks import Finding, findings
from ..clauses import Template, template
from ..models import Approval, Contract, Scan

LOADED = ("buyer", "supplier", "broker", "broker_user", "handler")


def visible_to(user: Any) -> QuerySet[Contract]:
    """What one prepares, and what was offered to a side one belongs to. A draft is nobody else's."""
    if not getattr(user, "is_authenticated", False):
        return Contract.objects.none()
    mine = organisation_ids(user)
    brokerage = Q(kind=Contract.Kind.BROKERAGE)
    on_a_side = (
        (~brokerage & (Q(buyer_id__in=mine) | Q(supplier_id__in=mine)))
        | (brokerage & Q(client="buyer", buyer_id__in=mine))
        | (brokerage & Q(client="supplier", supplier_id__in=mine))
        | (brokerage & (Q(broker_id__in=mine) | Q(broker_user=user)))
    )
    prepared = Q(handler=user) | Q(created_by=user)
    return Contract.objects.filter(prepared | (on_a_side & Q(offered_at__isnull=False))).select_related(*LOADED)


def find(user: Any, slug: str) -> Contract | None:
    return visible_to(user).filter(slug=slug).first()


def template_of(contract: Contract) -> Template:
    return template(contract.kind, contract.template_version)


def missing(contract: Contract) -> list[Finding]:
    return findings(template_of(contract), contract.data, contract.amount_fen)


def standing_approvals(contract: Contract) -> list[Approval]:
    """The yeses that hold for the present revision, scans' included."""
    found = contract.approvals.filter(cancelled_at=None, revision=contract.revision)
    return list(found.select_related("user", "scan"))


def scans_of(contract: Contract) -> QuerySet[Scan]:
    return contract.scans.select_related("uploaded_by").prefetch_related("approvals__user")


def answered(contract: Contract, approvals: Iterable[Approval], *, scan_id: int | None = None) -> set[str]:
    """The sides that have said yes to the text, or to one scan."""
    return {found.side for found in approvals if found.scan_id == scan_id} & set(contract.sides)
