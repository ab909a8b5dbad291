"""What is known of a deal's trial: its terms, and with what the form begins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from yinxian.contracts.models import Contract
from yinxian.settlement.plans import later

from ..models import Deal, Trial

USUAL_MONTHS, USUAL_DAYS = 6, 30


def trial_of(deal: Deal) -> Trial | None:
    found = Trial.objects.filter(deal=deal).select_related("agreed_by", "decided_by", "returned_by").first()
    if found is not None:
        found.deal = deal
    return found


def is_try_first(deal: Deal) -> bool:
    """Whether the signed contract is a licence that is tried first."""
    return deal.contract is not None and deal.contract.sub_kind == Contract.SubKind.TRY_FIRST


def first_terms(deal: Deal) -> dict[str, Any]:
    """What the contract says of the trial, where it is a try-first licence; else the usual months from signing."""
    said: dict[str, Any] = deal.contract.data.get("values", {}) if deal.contract and is_try_first(deal) else {}
    starts = _day(said.get("start_on")) or deal.signed_on
    months, days = _whole(said.get("trial_months"), USUAL_MONTHS), _whole(said.get("decide_days"), USUAL_DAYS)
    found: dict[str, Any] = {"scope": said.get("scope", "")[:400], "judging": said.get("acceptance", "")[:400]}
    if starts:
        ends = later(starts, months) - dt.timedelta(days=1)
        found |= {"starts_on": starts, "ends_on": ends, "decide_by": max(starts, ends - dt.timedelta(days=days))}
    return found


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None


def _whole(text: Any, usual: int) -> int:
    return int(text) if isinstance(text, (str, int)) and str(text).isdecimal() and 0 < int(text) <= 120 else usual
