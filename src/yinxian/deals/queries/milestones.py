"""What is known of a payment plan: what is held, what comes next, how a payment is or will be split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from yinxian.network.members import organisation_ids, organisations_of
from yinxian.settlement import labels
from yinxian.settlement.models import Account
from yinxian.settlement.rules import Before, Line, Role, Split, split, split_fee

from ..models import Deal, Milestone, Trial
from ..permissions import milestones as permissions
from .deals import visible_to

SUPPLIERS = (Role.SUPPLIER, Role.INVENTOR, Role.STAFF)
CLOSED = (Milestone.State.RELEASED, Milestone.State.REFUNDED)
UNDECIDED = (Trial.State.RUNNING, Trial.State.GIVEN_BACK)
"""While a deal is tried, or to be given back, its payments wait for nobody."""


def milestone_for(user: Any, slug: str) -> Milestone | None:
    """The milestone, if the reader may see its deal."""
    return (
        Milestone.objects.filter(slug=slug, deal__in=visible_to(user).values("pk"))
        .select_related(
            "deal__buyer", "deal__supplier", "deal__agency", "deal__manager", "deal__split_rule", "submitted_by"
        )
        .prefetch_related("files", "receipts__exchange", "invoices")
        .first()
    )


def outstanding(milestone: Milestone) -> int:
    """What has not arrived yet, in fen."""
    return milestone.amount_fen - int(
        milestone.receipts.filter(undone_at=None).aggregate(came=Sum("amount_fen"))["came"] or 0
    )


def waits_for_trial(milestone: Milestone) -> bool:
    """Whether a payment is not received yet (or any more) because its deal is tried first."""
    trial = Trial.objects.filter(deal_id=milestone.deal_id, state__in=(*UNDECIDED, Trial.State.RETURNED)).first()
    return trial is not None and not (trial.running and milestone.kind == Milestone.Kind.DEPOSIT)


def foreign_balances(deal: Deal) -> list[tuple[str, int]]:
    """What lies in a deal's escrow in other currencies: (currency, hundredths)."""
    found = Account.objects.filter(code__startswith=f"escrow:{deal.slug}@", posted__gt=0).order_by("code")
    return list(found.values_list("currency", "posted"))


def progress(milestones: Sequence[Milestone]) -> Before:
    """What all that was released of a deal, whole milestones or parts, has used up of its rule."""
    released = fees = costs = 0
    for milestone in milestones:
        kept = milestone.kept_split
        if kept is not None and milestone.kind != Milestone.Kind.FEE:
            released += kept.amount_fen
            fees += kept.due_fen
            costs += kept.costs_fen
    return Before(released, fees, costs)


def split_of(milestone: Milestone, milestones: Sequence[Milestone] | None = None) -> Split:
    """How a milestone was split, or would be if what is left were released now. ValueError when no rule is fixed."""
    kept = milestone.kept_split
    if kept is not None and (milestone.state in CLOSED or not milestone.left_fen):
        return kept
    rest = split_of_part(milestone, milestone.left_fen or milestone.amount_fen, milestones)
    return kept + rest if kept is not None else rest


def split_of_part(milestone: Milestone, part_fen: int, milestones: Sequence[Milestone] | None = None) -> Split:
    """How the next part of a milestone would be split. ValueError when no rule is fixed."""
    deal = milestone.deal
    if deal.split_rule is None:
        raise ValueError("no rule has been fixed for this deal")
    if milestone.kind == Milestone.Kind.FEE:
        return split_fee(deal.split_rule.rule, part_fen)
    siblings = deal.milestones.all() if milestones is None else milestones
    return split(deal.split_rule.rule, part_fen, progress(list(siblings)))


@dataclass(frozen=True)
class Part:
    """A row of "how this payment is split", as one reader sees it. ``left`` and ``width`` are thousandths."""

    name: str
    role: str
    basis: str
    article: str
    share_bp: int | None
    amount_fen: int
    left: int = 0
    width: int = 0
    shade: str = "1"


@dataclass(frozen=True)
class SplitView:
    milestone: Milestone
    version: int
    amount_fen: int
    parts: list[Part]
    steps: list[tuple[str, int]] = field(default_factory=list)
    whole: bool = False


SHADES = ("1", ".72", ".54", ".4", ".28", ".2", ".14")


def split_view(user: Any, milestone: Milestone, milestones: Sequence[Milestone] | None = None) -> SplitView | None:
    """The split of a milestone as the reader may see it; None while no rule is fixed.

    The responsible manager, its agency and the supplier see every part. Others see the supplier's side as one sum
    and of the fee their own part by name.
    """
    deal = milestone.deal
    if deal.split_rule is None:
        return None
    found = split_of(milestone, milestones)
    whole = permissions.sees_whole_split(user, deal)
    parts = [_part(line, found) for line in found.lines] if whole else _outline(user, found)
    steps = labels.steps(found) if whole and len(found.lines) > 1 else []
    return SplitView(
        milestone, deal.split_rule.version, found.amount_fen, _drawn(parts, found.amount_fen), steps, whole
    )


def _part(line: Line, found: Split) -> Part:
    return Part(
        name=labels.shown_name(line.name),
        role=labels.role_label(line.role),
        basis=labels.basis(line, found),
        article=str(labels.ARTICLES.get(line.role, "")),
        share_bp=line.share_bp,
        amount_fen=line.amount_fen,
    )


def _outline(user: Any, found: Split) -> list[Part]:
    mine = {f"party:{user.slug}", *(f"party:{one.slug}" for one in organisations_of(user))}
    rest = [line for line in found.lines if line.party not in mine]
    supplier = sum(line.amount_fen for line in rest if line.role in SUPPLIERS)
    others = sum(line.amount_fen for line in rest if line.role not in SUPPLIERS)
    parts = [_part(line, found) for line in found.lines if line.party in mine]
    rows = [
        (_("供方及其团队"), supplier, _("内部分配由供方按校内规定")),
        (_("中介服务方"), others, _("按引荐时确认的份额")),
    ]
    for name, amount, basis in rows:
        if amount:
            share = (amount * 20_000 + found.amount_fen) // (2 * found.amount_fen)
            parts.append(Part(name, "", basis, "", share, amount))
    return parts


def _drawn(parts: list[Part], amount_fen: int) -> list[Part]:
    drawn, so_far = [], 0
    for number, part in enumerate(parts):
        left = so_far * 1000 // amount_fen
        so_far += part.amount_fen
        width = so_far * 1000 // amount_fen - left
        shade = SHADES[min(number, len(SHADES) - 1)]
        drawn.append(Part(**{**part.__dict__, "left": left, "width": width, "shade": shade}))
    return drawn


@dataclass(frozen=True)
class PlanView:
    """A deal's payment plan as one reader sees it."""

    deal: Deal
    milestones: list[Milestone]
    escrow_fen: int
    planned_fen: int
    released_fen: int
    current: Milestone | None
    split: SplitView | None
    may_plan: bool
    may_fix_split: bool


def plan_view(user: Any, deal: Deal) -> PlanView:
    """Milestones, what lies in escrow, and the split of the payment that is next (or was last)."""
    milestones = list(deal.milestones.all())
    for milestone in milestones:
        milestone.deal = deal
    current = next((one for one in milestones if one.state not in CLOSED), None)
    shown = current or next((one for one in reversed(milestones) if one.state == Milestone.State.RELEASED), None)
    escrow = Account.objects.filter(code=f"escrow:{deal.slug}").values_list("posted", flat=True).first()
    untouched = not escrow and all(one.state == Milestone.State.UNFUNDED for one in milestones)
    running = deal.state in (Deal.State.SIGNED, Deal.State.REGISTERED, Deal.State.PERFORMING)
    return PlanView(
        deal=deal,
        milestones=milestones,
        escrow_fen=escrow or 0,
        planned_fen=sum(one.amount_fen for one in milestones),
        released_fen=sum(one.released_fen for one in milestones),
        current=current,
        split=split_view(user, shown, milestones) if shown else None,
        may_plan=running and untouched and deal.split_rule_id is not None and permissions.can_plan(user, deal),
        may_fix_split=running and deal.split_rule_id is None and permissions.can_fix_split(user, deal),
    )


def waiting_for(user: Any) -> list[Milestone]:
    """Milestones that wait for the reader: to be paid, delivered or accepted. For the workbench."""
    mine = organisation_ids(user)
    found = (
        Milestone.objects.filter(
            deal__in=visible_to(user).values("pk"), deal__state__in=("signed", "registered", "performing")
        )
        .exclude(state__in=CLOSED)
        .exclude(~Q(kind=Milestone.Kind.DEPOSIT), state=Milestone.State.UNFUNDED, deal__trial__state__in=UNDECIDED)
        .select_related("deal")
        .order_by("due_on", "pk")
    )
    return [one for one in found if _waits_for(one, mine)]


def _waits_for(milestone: Milestone, mine: set[int]) -> bool:
    early = milestone.kind != Milestone.Kind.PAYMENT and milestone.state == Milestone.State.FUNDED
    if early or milestone.state in (Milestone.State.UNFUNDED, Milestone.State.SUBMITTED):
        return milestone.deal.buyer_id in mine
    return milestone.deal.supplier_id in mine and milestone.state in (Milestone.State.FUNDED, Milestone.State.CHANGES)
