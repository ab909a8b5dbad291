"""Registrations that people may see, what a form is filled with, and the statistics in the registry's own terms."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from ..models import Contract, Registration
from ..permissions import counts_for
from ..registration.rules import Finding, findings

KIND_PAYMENT = {"lump": "once", "instalments": "instalments", "royalty": "royalty", "entry": "entry_royalty"}


def known(contract: Contract) -> dict[str, Any]:
    """What contract and parties already say; the supplier is the seller."""
    values = contract.data.get("values", {})
    total = contract.amount_fen or 0

    def party(side: Any) -> dict[str, str]:
        region = side.region if len(side.region) == 6 else ""
        return {"name": side.name, "country": "156", "region": region, "nature": side.nature}

    return {
        "project": contract.title,
        "seller": party(contract.supplier),
        "buyer": party(contract.buyer),
        "total_fen": total,
        "technology_fen": total,
        "actual_fen": 0,
        "rights": [],
        "field": "",
        "goal": "",
        "industry": "",
        "source": "none",
        "payment": KIND_PAYMENT.get(values.get("payment_kind", ""), "instalments"),
        "since": values.get("start_on") or (contract.agreed_on.isoformat() if contract.agreed_on else ""),
        "until": values.get("end_on", ""),
    }


def registration_of(contract: Contract) -> Registration | None:
    return Registration.objects.filter(contract=contract).first()


def problems(registration: Registration) -> list[Finding]:
    contract = registration.contract
    return findings(registration.data, seller=contract.supplier.name, buyer=contract.buyer.name)


def of_association(user: Any) -> QuerySet[Registration]:
    """The registrations of contracts whose seller or buyer an association of the person has admitted."""
    mine = counts_for(user)
    members = Q(contract__supplier__admitted_by__in=mine) | Q(contract__buyer__admitted_by__in=mine)
    return Registration.objects.filter(members, state__in=Registration.STANDING)


@dataclass
class Tally:
    """Contracts and fen by one term of the registry."""

    count: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    technology: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Statistics:
    """Of one year: tallies by kind, field, region and month, and the year before for growth."""

    year: int
    by: dict[str, Tally]
    whole: Tally
    before: Tally

    def growth(self, what: str) -> float | None:
        """In percent against the year before; None where there was nothing."""
        now, then = getattr(self.whole, what)["all"], getattr(self.before, what)["all"]
        return round(100 * (now - then) / then, 1) if then else None


def statistics(found: QuerySet[Registration], year: int) -> Statistics:
    """Counted in one query over the contracts registered in the year and the year before."""
    since, until = dt.date(year - 1, 1, 1), dt.date(year, 12, 31)
    by: dict[str, Tally] = defaultdict(Tally)
    whole, before = Tally(), Tally()
    rows = found.filter(decided_on__range=(since, until)).values_list("contract__kind", "decided_on", "data")
    for kind, on, data in rows.iterator():
        if on is None:
            continue
        total, technology = data.get("total_fen") or 0, data.get("technology_fen") or 0
        terms = {
            "kind": kind,
            "field": data.get("field") or "",
            "region": ((data.get("seller") or {}).get("region") or "")[:2],
            "month": f"{on:%m}",
        }
        pairs = [(whole if on.year == year else before, "all")]
        if on.year == year:
            pairs += [(by[name], term) for name, term in terms.items()]
        for tally, term in pairs:
            tally.count[term] += 1
            tally.total[term] += total
            tally.technology[term] += technology
    return Statistics(year, dict(by), whole, before)
