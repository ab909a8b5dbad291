"""The sheet of one payment: every step of its split with its article, and what taxes may follow (never booked)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.members import association_for
from yinxian.policies.calc import Outcome
from yinxian.policies.queries import book_of, outcomes, version_of
from yinxian.settlement.explain import Step, explain
from yinxian.settlement.rules import Split, SplitRule

from ..floors import followed, is_transfer
from ..models import BankReceipt, Deal, Milestone
from ..permissions import milestones as permissions
from .milestones import split_of


@dataclass(frozen=True)
class Sheet:
    """``foreign``: receipts in other currencies with their rates. ``hints`` are tax rules worked out on this payment;
    ``done`` whether it has been released."""

    milestone: Milestone
    version: int
    split: Split
    steps: list[Step]
    hints: list[Outcome]
    done: bool
    foreign: list[BankReceipt]


def sheet(user: Any, milestone: Milestone) -> Sheet:
    """Forbidden to those who may not see every part by name; Conflict while no rule is fixed."""
    deal = milestone.deal
    if not permissions.sees_whole_split(user, deal):
        raise Forbidden("deals.split_sheet_not_yours")
    if deal.split_rule is None:
        raise Conflict("deals.split_sheet_not_yet")
    found, rule = split_of(milestone), deal.split_rule.rule
    day = deal.signed_on or clock.today()
    article = _article(deal, rule, day)
    return Sheet(
        milestone=milestone,
        version=deal.split_rule.version,
        split=found,
        steps=explain(rule, found, reward_article=article),
        hints=_hints(milestone, found),
        done=milestone.state == Milestone.State.RELEASED,
        foreign=[one for one in milestone.receipts.all() if one.exchange and one.undone_at is None],
    )


def _article(deal: Deal, rule: SplitRule, day: dt.date) -> str:
    """The local rule by which the reward was fixed, in the version that was then in force."""
    if rule.basis:
        association = association_for(deal.supplier)
        key, _slash, version = rule.basis.rpartition("/")
        kept = version_of(association.pk if association else None, key, int(version))
        return kept.shown_article if kept else ""
    local = followed(deal.supplier, day, rule.reward_bp)
    return local.shown_article if local else ""


def _hints(milestone: Milestone, found: Split) -> list[Outcome]:
    """Stamp duty on the contract, income taxes on this payment alone: the gain of a year adds up over all contracts,
    which only the payer knows."""
    deal = milestone.deal
    association = association_for(deal.supplier)
    given = {"turnover": deal.amount_fen or found.amount_fen}
    if found.reward_fen:
        given["bonus"] = found.reward_fen
    if is_transfer(deal.contract) is True and found.net_fen:
        given["gain"] = found.net_fen
    day = deal.signed_on or clock.today()
    book = book_of(association.pk if association else None, day).values()
    taxes = [policy for policy in book if policy.subject == "tax"]
    return outcomes(taxes, given=given, region=deal.supplier.region, on=day)
