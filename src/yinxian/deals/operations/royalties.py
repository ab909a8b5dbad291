"""Agree on royalties, report a period, chase who is late; put shares on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max, Q, Sum

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP
from yinxian.network.models import User
from yinxian.settlement.plans import Royalty, periods

from ..models import Deal, Equity, Milestone, RoyaltyPlan, RoyaltyReport
from ..permissions import milestones as permissions
from .milestones.common import OPEN, lock_deal, must_be_open, parties, text_of

MOST_DAYS = 365
CHASE_AGAIN = dt.timedelta(days=14)


@dataclass(frozen=True)
class Agreed:
    """The terms as somebody typed them; rates in basis points, sums in fen."""

    base: str
    royalty: Royalty
    starts_on: dt.date
    ends_on: dt.date
    every_months: int = 12
    report_days: int = 30
    pay_days: int = 15


@transaction.atomic
def agree_royalty(*, deal_id: int, terms: Agreed, actor: User) -> RoyaltyPlan:
    """Lay down the royalty of a signed deal and its periods, by the manager; anew while none is reported."""
    deal = lock_deal(deal_id)
    if not permissions.can_plan(actor, deal):
        raise Forbidden("deals.not_the_manager")
    must_be_open(deal)
    if deal.split_rule_id is None or not deal.milestones.exists():
        raise Conflict("deals.royalty_before_plan")
    terms.royalty.check()
    if terms.base not in RoyaltyPlan.Base.values:
        raise Invalid("deals.royalty_base_kind", field="base")
    if not (0 <= terms.report_days <= MOST_DAYS and 0 <= terms.pay_days <= MOST_DAYS):
        raise Invalid("deals.royalty_days", field="report_days", limit=MOST_DAYS)
    spans = periods(terms.starts_on, terms.ends_on, terms.every_months)
    old = RoyaltyPlan.objects.filter(deal=deal).first()
    if old is not None:
        if old.reports.exclude(base_fen=None).exists():
            raise Conflict("deals.royalty_in_use")
        old.reports.all().delete()
        old.delete()
    plan = RoyaltyPlan.objects.create(
        deal=deal,
        base=terms.base,
        tiers=[asdict(tier) for tier in terms.royalty.tiers],
        minimum_fen=terms.royalty.minimum_fen,
        cap_fen=terms.royalty.cap_fen,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        every_months=terms.every_months,
        report_days=terms.report_days,
        pay_days=terms.pay_days,
        agreed_by=actor,
        agreed_at=clock.now(),
    )
    for number, (since, until) in enumerate(spans, 1):
        due = until + dt.timedelta(days=terms.report_days)
        RoyaltyReport(plan=plan, number=number, since=since, until=until, due_on=due).save()
    journal.record(
        "deals.royalty.agreed", actor=actor, subject=deal, data={"periods": len(spans)}, organisations=parties(deal)
    )
    return plan


@transaction.atomic
def report_royalty(*, report_id: int, base_fen: int, actor: User, note: str = "") -> RoyaltyReport:
    """The buyer reports a period; what it owes becomes a payment that is expected (none where it owes nothing).

    Periods are reported in their order, for the rates go by all of them together. The same figure again changes
    nothing; another is Conflict. Invalid before the period has ended.
    """
    deal = lock_deal(RoyaltyReport.objects.values_list("plan__deal_id", flat=True).get(pk=report_id))
    report = RoyaltyReport.objects.select_for_update(of=("self",)).select_related("plan").get(pk=report_id)
    if not permissions.can_release(actor, deal):
        raise Forbidden("deals.royalty_by_the_buyer")
    if report.base_fen is not None:
        if report.base_fen != base_fen:
            raise Conflict("deals.royalty_reported")
        return report
    must_be_open(deal)
    if report.until >= clock.today():
        raise Invalid("deals.royalty_too_early", field="base")
    earlier = RoyaltyReport.objects.filter(plan=report.plan, number__lt=report.number)
    if earlier.filter(base_fen=None).exists():
        raise Conflict("deals.royalty_in_order")
    sums = earlier.aggregate(base=Sum("base_fen"), paid=Sum("amount_fen"))
    due = report.plan.royalty.due(base_fen, before_fen=int(sums["base"] or 0), paid_fen=int(sums["paid"] or 0))
    report.base_fen, report.amount_fen = base_fen, due
    report.note = text_of(note, field="note")[:400]
    report.reported_by, report.reported_at = actor, clock.now()
    if due:
        report.milestone = _expect(deal, report, due)
    report.save()
    journal.record(
        "deals.royalty.reported",
        actor=actor,
        subject=deal,
        data={"number": report.number, "amount_fen": due},
        organisations=parties(deal),
    )
    return report


def _expect(deal: Deal, report: RoyaltyReport, due: int) -> Milestone:
    """The payment that a report makes due: released like a deposit, without material from the supplier."""
    last = deal.milestones.aggregate(last=Max("position"))["last"] or 0
    made = Milestone(
        deal=deal,
        position=last + 1,
        kind=Milestone.Kind.ROYALTY,
        title=f"提成第 {report.number} 期",
        amount_fen=due,
        due_on=clock.today() + dt.timedelta(days=report.plan.pay_days),
    )
    made.save()
    return made


@transaction.atomic
def chase_late(today: dt.date) -> int:
    """Tell buyers and managers of reports that are late, again every two weeks; how many were told."""
    late = RoyaltyReport.objects.filter(
        Q(chased_on=None) | Q(chased_on__lte=today - CHASE_AGAIN),
        base_fen=None,
        due_on__lt=today,
        plan__deal__state__in=OPEN,
    )
    found = list(late.select_for_update(of=("self",)).select_related("plan__deal").order_by("pk"))
    for report in found:
        report.chased_on = today
        report.save(update_fields=["chased_on"])
        journal.record(
            "deals.royalty.late",
            actor=None,
            subject=report.plan.deal,
            data={"number": report.number, "due_on": report.due_on.isoformat()},
            organisations=parties(report.plan.deal),
        )
    return len(found)


@transaction.atomic
def record_equity(
    *, deal_id: int, company: str, share_bp: int, valued_fen: int, registered_on: dt.date, proof: str, actor: User
) -> Equity:
    """Put on record the share that the supplier got for the result; by the manager, once for a company and a day."""
    deal = lock_deal(deal_id)
    if not permissions.can_plan(actor, deal):
        raise Forbidden("deals.not_the_manager")
    must_be_open(deal)
    company, proof = text_of(company, field="company", required=True), text_of(proof, field="proof", required=True)
    if len(company) > 120 or len(proof) > 200:
        raise Invalid("deals.text_too_long", field="company" if len(company) > 120 else "proof", limit=120)
    if type(share_bp) is not int or not 0 < share_bp <= WHOLE_BP:
        raise Invalid("deals.equity_share", field="share")
    if type(valued_fen) is not int or not 0 < valued_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="valued")
    if not dt.date(2000, 1, 1) <= registered_on <= clock.today():
        raise Invalid("deals.equity_day", field="registered_on")
    if deal.equities.filter(company=company, registered_on=registered_on).exists():
        raise Conflict("deals.equity_known")
    made = Equity(
        deal=deal,
        company=company,
        share_bp=share_bp,
        valued_fen=valued_fen,
        registered_on=registered_on,
        proof=proof,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    made.save()
    journal.record(
        "deals.equity.recorded", actor=actor, subject=deal, data={"share_bp": share_bp}, organisations=parties(deal)
    )
    return made
