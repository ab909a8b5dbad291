"""REST endpoints of royalties."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StrictInt

from yinxian.kernel.http import or_404

from ..models import RoyaltyPlan, RoyaltyReport
from ..operations.royalties import report_royalty
from ..queries import deals
from ..queries.plans import report_for

router = Router()


class ReportOut(Schema):
    report: str
    number: int
    since: dt.date
    until: dt.date
    due_on: dt.date
    late: bool
    base_fen: int | None
    amount_fen: int | None
    milestone: str | None


class ReportIn(Schema):
    base_fen: StrictInt
    note: str = ""


def _out(report: RoyaltyReport) -> dict[str, Any]:
    names = ("number", "since", "until", "due_on", "late", "base_fen", "amount_fen")
    payment = report.milestone.slug if report.milestone else None
    return {"report": report.slug, "milestone": payment, **{name: getattr(report, name) for name in names}}


@router.get("/{deal}/reports", response=list[ReportOut], url_name="royalty_reports")
def reports(request: HttpRequest, deal: str) -> list[dict[str, Any]]:
    """The periods of a deal's royalty with what was reported."""
    found = or_404(deals.find(request.user, deal))
    plan = RoyaltyPlan.objects.filter(deal=found).first()
    return [_out(one) for one in plan.reports.select_related("milestone")] if plan else []


@router.post("/reports/{royaltyreport}", response=ReportOut, url_name="royalty_report")
def report(request: HttpRequest, royaltyreport: str, given: ReportIn) -> dict[str, Any]:
    """The buyer reports a period; the same figure again changes nothing."""
    found = or_404(report_for(request.user, royaltyreport))
    actor: Any = request.user
    return _out(report_royalty(report_id=found.pk, base_fen=given.base_fen, note=given.note[:400], actor=actor))
