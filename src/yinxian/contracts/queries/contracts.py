"""Every read of contracts; who may see which is decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from yinxian.network.members import organisation_ids

from ..checks import Finding, findings
from ..clauses import Template, common, template
from ..clauses.reading import read
from ..models import Approval, Contract, OwnTemplateVersion, Scan, Side, TeamPart

LOADED = ("own_template", "buyer", "supplier", "broker", "broker_user", "handler")
PARTS = ("parts__user", "parts__organisation")


def visible_to(user: Any) -> QuerySet[Contract]:
    """What one prepares, and what was offered to a side one belongs to. A draft is nobody else's."""
    if not getattr(user, "is_authenticated", False):
        return Contract.objects.none()
    mine = organisation_ids(user)
    brokerage = Q(kind=Contract.Kind.BROKERAGE)
    team = Q(kind=Contract.Kind.TEAM)
    on_a_side = (
        (~brokerage & ~team & (Q(buyer_id__in=mine) | Q(supplier_id__in=mine)))
        | (brokerage & Q(client="buyer", buyer_id__in=mine))
        | (brokerage & Q(client="supplier", supplier_id__in=mine))
        | (brokerage & (Q(broker_id__in=mine) | Q(broker_user=user)))
        | (team & Q(pk__in=TeamPart.objects.filter(Q(user=user) | Q(organisation_id__in=mine)).values("contract_id")))
    )
    prepared = Q(handler=user) | Q(created_by=user)
    return (
        Contract.objects.filter(prepared | (on_a_side & Q(offered_at__isnull=False)))
        .select_related(*LOADED)
        .prefetch_related(*PARTS)
    )


def find(user: Any, slug: str) -> Contract | None:
    return visible_to(user).filter(slug=slug).first()


def template_of(contract: Contract) -> Template:
    """The template in the version that the contract was made from, ours or an association's."""
    if contract.own_template is not None:
        return _own(json.dumps(contract.own_template.content, sort_keys=True))
    return template(contract.kind, contract.template_version, contract.sub_kind)


@lru_cache(maxsize=200)
def _own(content: str) -> Template:
    """Kept by what it says: a number may mean another version after a restore."""
    return read(json.loads(content), common())


def own_version(kind: str, sub_kind: str, association_ids: Iterable[int]) -> OwnTemplateVersion | None:
    """The newest published version of the first of the associations that has one."""
    found = OwnTemplateVersion.objects.filter(
        template__association_id__in=list(association_ids), template__kind=kind, template__sub_kind=sub_kind
    )
    return found.order_by("template__association_id", "-number").first()


def labels_of(contract: Contract) -> dict[str, str]:
    """What each side is called, by side."""
    labels = {value: str(label) for value, label in Side.choices}
    return labels | {part.side: part.name for part in contract.parts.all()}


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
