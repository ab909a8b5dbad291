"""Plan the payments of a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN, show_yuan
from yinxian.network.models import User
from yinxian.settlement.operations import escrow_code, open_account
from yinxian.settlement.rules import buyers_fee

from ...models import BankReceipt, Deal, Milestone
from ...permissions import milestones as permissions
from .common import lock_deal, must_be_open, parties, text_of

MAX_LINES = 50


@dataclass(frozen=True)
class Planned:
    """A line of the plan as someone typed it; ``deposit`` only for the first."""

    title: str
    amount_fen: int
    acceptance: str = ""
    due_on: dt.date | None = None
    deposit: bool = False


@transaction.atomic
def plan(*, deal_id: int, lines: Sequence[Planned], actor: User) -> list[Milestone]:
    """Lay down the milestones of a signed deal, or lay them down anew while nothing has been paid.

    Their sum is the contract's amount to the fen; a deposit stands first. Where the buyer pays the fee (or half
    of it), it becomes a line of its own at the end, on top. Opens the deal's escrow account.
    """
    deal = lock_deal(deal_id)
    if not permissions.can_plan(actor, deal):
        raise Forbidden("deals.not_the_manager")
    must_be_open(deal)
    if deal.amount_fen is None or deal.split_rule is None:
        raise Conflict("deals.no_split_rule")
    if (
        BankReceipt.objects.filter(milestone__deal=deal).exists()
        or deal.milestones.exclude(state=Milestone.State.UNFUNDED).exists()
        or deal.milestones.filter(kind=Milestone.Kind.ROYALTY).exists()
    ):
        raise Conflict("deals.plan_in_use")
    wanted = [_line(deal, position, line) for position, line in enumerate(lines, 1)]
    _check_sum(deal, lines)
    fee = buyers_fee(deal.split_rule.rule)
    if fee:
        wanted.append(
            Milestone(
                deal=deal, position=len(wanted) + 1, kind=Milestone.Kind.FEE, title="技术中介服务费", amount_fen=fee
            )
        )
    for old in deal.milestones.all():
        old.invoices.all().delete()
        old.delete()
    for milestone in wanted:
        milestone.save()
    open_account(code=escrow_code(deal.slug), name=f"托管户 {deal.number}", owner_organisation=deal.buyer)
    journal.record(
        "deals.milestones.planned",
        actor=actor,
        subject=deal,
        data={"lines": len(wanted)},
        organisations=parties(deal),
    )
    return wanted


def _line(deal: Deal, position: int, line: Planned) -> Milestone:
    title = text_of(line.title, field="title", required=True)
    if len(title) > 120:
        raise Invalid("deals.text_too_long", field="title", limit=120)
    if type(line.amount_fen) is not int or not 0 < line.amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
    if line.deposit and position > 1:
        raise Invalid("deals.deposit_first", field="title")
    if line.due_on and line.due_on < (deal.signed_on or clock.today()):
        raise Invalid("deals.due_in_past", field="due_on", title=title)
    return Milestone(
        deal=deal,
        position=position,
        kind=Milestone.Kind.DEPOSIT if line.deposit else Milestone.Kind.PAYMENT,
        title=title,
        acceptance=text_of(line.acceptance, field="acceptance"),
        amount_fen=line.amount_fen,
        due_on=line.due_on,
    )


def _check_sum(deal: Deal, lines: Sequence[Planned]) -> None:
    if not 0 < len(lines) <= MAX_LINES:
        raise Invalid("deals.plan_lines", limit=MAX_LINES)
    total = sum(line.amount_fen for line in lines)
    if total != deal.amount_fen:
        raise Invalid("deals.plan_sum", total=show_yuan(total), contract=show_yuan(deal.amount_fen or 0))
