"""What is known of a payment plan: how a milestone will be split, what is held, what comes next."""

from __future__ import annotations

from yinxian.settlement.rules import Before, Split, split, split_fee

from ..models import Deal, Milestone


def progress(deal: Deal, *, without: Milestone | None = None) -> Before:
    """What the released milestones of a deal have used up of its rule."""
    released = fees = costs = 0
    for milestone in deal.milestones.filter(state=Milestone.State.RELEASED).exclude(kind=Milestone.Kind.FEE):
        kept = milestone.kept_split
        if kept is not None and milestone != without:
            released += kept.amount_fen
            fees += kept.due_fen
            costs += kept.costs_fen
    return Before(released, fees, costs)


def split_of(milestone: Milestone) -> Split:
    """How a milestone was split, or would be if it were released now. ValueError when no rule is fixed."""
    kept = milestone.kept_split
    if kept is not None:
        return kept
    deal = milestone.deal
    if deal.split_rule is None:
        raise ValueError("no rule has been fixed for this deal")
    if milestone.kind == Milestone.Kind.FEE:
        return split_fee(deal.split_rule.rule, milestone.amount_fen)
    return split(deal.split_rule.rule, milestone.amount_fen, progress(deal, without=milestone))
