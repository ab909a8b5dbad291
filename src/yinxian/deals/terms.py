"""The terms of an introduction: what makes them complete, what they cost on an example, how they read in words.

民法典 963: the fee falls due when the contract is formed, and where the broker brought both sides together they
share it equally unless agreed otherwise; 964: no fee without a contract, costs only where agreed; 965: a client who
uses the introduction and goes round the broker still owes the fee. An unagreed fee is a dispute to come, so every
term is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP, allocate, show_percent
from yinxian.settlement.rules import Fee, SplitRule, Tier, buyers_fee, whole_fee

if TYPE_CHECKING:
    from .models import Introduction

MAX_MONTHS = 120
MAX_DAYS = 365
MAX_TIERS = 8


@dataclass(frozen=True)
class Terms:
    """Rates in basis points, amounts in fen. ``fee_ladder`` is [{"up_to_fen": int | None, "bp": int}]."""

    fee_kind: str = "rate"
    fee_rate_bp: int | None = None
    fee_ladder: list[dict[str, int | None]] = field(default_factory=list)
    fee_fixed_fen: int | None = None
    payer: str = "supplier"
    trigger: str = "release"
    days_to_pay: int = 15
    costs: str = "manager"
    protection_months: int = 24
    exclusive: bool = False

    def check(self) -> None:
        """Invalid, on the field it belongs to, when a term is missing or cannot be."""
        if self.fee_kind == "rate" and not 0 < (self.fee_rate_bp or 0) <= WHOLE_BP:
            raise Invalid("deals.introduction_rate", field="fee_rate")
        if self.fee_kind == "fixed" and not 0 < (self.fee_fixed_fen or 0) <= MAX_FEN:
            raise Invalid("deals.introduction_fixed", field="fee_fixed")
        if self.fee_kind == "ladder":
            _check_ladder(self.fee_ladder)
        if not 0 <= self.days_to_pay <= MAX_DAYS:
            raise Invalid("deals.introduction_days", field="days_to_pay", limit=MAX_DAYS)
        if not 1 <= self.protection_months <= MAX_MONTHS:
            raise Invalid("deals.introduction_months", field="protection_months", limit=MAX_MONTHS)

    def as_json(self) -> dict[str, Any]:
        """What a receipt states: only the fee that applies."""
        made = asdict(self)
        for kind, name in (("rate", "fee_rate_bp"), ("ladder", "fee_ladder"), ("fixed", "fee_fixed_fen")):
            if self.fee_kind != kind:
                del made[name]
        return made


@dataclass(frozen=True)
class Part:
    """One holder's share: a person or an organisation, never both."""

    bp: int
    user_id: int | None = None
    organisation_id: int | None = None
    work: str = ""


@dataclass(frozen=True)
class Example:
    """What an amount would cost, and who would get it; fen."""

    amount_fen: int
    fee_fen: int
    buyer_fen: int
    supplier_fen: int
    parts: list[tuple[str, int, int]]


def _check_ladder(tiers: Sequence[dict[str, int | None]]) -> None:
    ends = [tier["up_to_fen"] for tier in tiers]
    bounds = [end for end in ends[:-1] if end is not None]
    rising = all(low < high for low, high in zip([0, *bounds], bounds, strict=False))
    rates = [tier["bp"] or 0 for tier in tiers]
    if not tiers or len(tiers) > MAX_TIERS or len(bounds) != len(ends) - 1 or ends[-1] is not None or not rising:
        raise Invalid("deals.introduction_ladder", field="fee_ladder")
    if any(not 0 <= bp <= WHOLE_BP for bp in rates) or not any(rates):
        raise Invalid("deals.introduction_ladder", field="fee_ladder")


def check_shares(parts: Sequence[Part], parties: Sequence[int]) -> None:
    """Exactly 100.00%, each holder once, none of them a party of the pair (``parties``: organisation ids)."""
    total = sum(part.bp for part in parts)
    if any(part.bp <= 0 for part in parts) or total != WHOLE_BP:
        raise Invalid("deals.shares_not_whole", field="shares", total=show_percent(total))
    holders = [(part.user_id, part.organisation_id) for part in parts]
    if len(set(holders)) != len(holders):
        raise Invalid("deals.shares_twice", field="shares")
    if any(part.organisation_id in parties for part in parts if part.organisation_id):
        raise Invalid("deals.share_of_party", field="shares")


def terms_of(introduction: Introduction) -> Terms:
    return Terms(**{name: getattr(introduction, name) for name in Terms.__dataclass_fields__})


def fee_of(terms: Terms) -> Fee:
    """The terms as the settlement keeps them in a split rule."""
    return Fee(
        kind=terms.fee_kind,
        bp=terms.fee_rate_bp or 0,
        tiers=tuple(Tier(tier["up_to_fen"], tier["bp"] or 0) for tier in terms.fee_ladder),
        amount_fen=terms.fee_fixed_fen or 0,
        payer=terms.payer,
        trigger=terms.trigger,
    )


def example(terms: Terms, shares: Sequence[tuple[str, int]], amount_fen: int) -> Example:
    """Work the terms out on a contract of this amount; ``shares`` are (holder, bp)."""
    rule = SplitRule(supplier="", supplier_name="", contract_fen=amount_fen, fee=fee_of(terms))
    fee, buyer = whole_fee(rule), buyers_fee(rule)
    weights = [bp for _, bp in shares]
    amounts = allocate(fee, weights) if sum(weights) > 0 else [0] * len(weights)
    parts = [(holder, bp, part) for (holder, bp), part in zip(shares, amounts, strict=True)]
    return Example(amount_fen, fee, buyer, fee - buyer, parts)
