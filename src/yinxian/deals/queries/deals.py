"""Every read of deals; who may see which is decided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from yinxian.contracts.models import Contract
from yinxian.kernel import text
from yinxian.market.codes import Field
from yinxian.network.members import organisation_ids, organisations_of
from yinxian.network.models import Organisation

from ..models import Deal, DealFile, TeamMember

State = Deal.State
SORTS = {
    "changed": "changed_at",
    "number": "number",
    "amount": "amount_fen",
    "next": "next_on",
    "state": "state",
    "title": "title",
}
BANDS = (
    (0, "< 10"),
    (10_000_000, "10–50"),
    (50_000_000, "50–100"),
    (100_000_000, "100–500"),
    (500_000_000, "500–1000"),
    (1_000_000_000, "≥ 1000"),
)


def visible_to(user: Any) -> QuerySet[Deal]:
    """The manager, the agency and the team: always; the two sides: once they have been introduced."""
    if not getattr(user, "is_authenticated", False):
        return Deal.objects.none()
    mine = organisation_ids(user)
    team = Exists(TeamMember.objects.filter(deal=OuterRef("pk"), user_id=user.pk, left_at=None))
    sides = (Q(buyer_id__in=mine) | Q(supplier_id__in=mine)) & Q(introduction__isnull=False)
    return Deal.objects.filter(Q(manager_id=user.pk) | Q(agency_id__in=mine) | team | sides).select_related(
        "buyer", "supplier", "agency", "manager"
    )


def find(user: Any, slug: str) -> Deal | None:
    loaded = visible_to(user).select_related(
        "need__owner",
        "result__owner",
        "introduction",
        "contract",
        "split_rule",
        "buyer",
        "supplier",
        "agency",
        "manager",
    )
    return loaded.filter(slug=slug).first()


def listed(
    user: Any, *, state: str = "", words: str = "", sort: str = "-changed", due: dt.date | None = None
) -> QuerySet[Deal]:
    """The table and the export: filtered, sorted. ``due``: only those whose next action is due by then."""
    found = visible_to(user)
    if state == "open":
        found = found.exclude(state__in=Deal.ENDED)
    elif state in State.values:
        found = found.filter(state=state)
    if words := text.clean(words).strip()[:100]:
        found = found.filter(
            Q(title__icontains=words)
            | Q(number__icontains=words)
            | Q(buyer__name__icontains=words)
            | Q(supplier__name__icontains=words)
        )
    if due:
        found = found.filter(next_on__lte=due).exclude(state__in=Deal.ENDED)
    field = SORTS.get(sort.lstrip("-"), "changed_at")
    order = F(field).desc(nulls_last=True) if sort.startswith("-") else F(field).asc(nulls_last=True)
    return found.order_by(order, "-pk")


@dataclass(frozen=True)
class Column:
    state: str
    label: Any
    deals: list[Deal]
    more: int


BOARD = 30


def board(user: Any) -> list[Column]:
    """Running deals by state, those with the nearest next action first; a column shows at most BOARD."""
    order = F("next_on").asc(nulls_last=True)
    found = visible_to(user).exclude(state__in=Deal.ENDED)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    columns = []
    for state in State:
        if state not in Deal.ENDED:
            here = found.filter(state=state).order_by(order, "-changed_at")
            inside = list(here[:BOARD]) if counts.get(state) else []
            columns.append(Column(state.value, state.label, inside, counts.get(state, 0) - len(inside)))
    return columns


def band(amount_fen: int | None) -> str:
    """The amount as an association sees it, in 万元."""
    if amount_fen is None:
        return ""
    return [label for low, label in BANDS if amount_fen >= low][-1]


@dataclass(frozen=True)
class Outline:
    """All that an association sees of a member's deal: no title, no number, no party."""

    state: Any
    kind: Any
    field: Any
    band: str


def outlines(user: Any) -> list[Outline]:
    """Deals of the members of the person's associations: state, kind, field and amount band."""
    associations = [found.pk for found in organisations_of(user) if found.kind == Organisation.Kind.ASSOCIATION]
    if not associations:
        return []
    members = (
        Q(buyer__admitted_by__in=associations)
        | Q(supplier__admitted_by__in=associations)
        | Q(agency__admitted_by__in=associations)
    )
    found = Deal.objects.filter(members, introduction__isnull=False).order_by("state", "need__field", "amount_fen")
    kinds, fields, states = dict(Contract.Kind.choices), dict(Field.choices), dict(State.choices)
    rows = found.values_list("state", "contract__kind", "need__field", "amount_fen")
    return [
        Outline(states[state], kinds.get(kind or "", ""), fields.get(field, ""), band(amount))
        for state, kind, field, amount in rows
    ]


def files_for(deal: Deal, sides: Iterable[str]) -> QuerySet[DealFile]:
    """Files that somebody on these sides may read; none for who stands on no side."""
    found = list(sides)
    return deal.files.filter(audience__in=["all", *found] if found else []).select_related("uploaded_by")
