"""How many points a fact is worth, and how a team shares them. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yinxian.kernel.money import allocate

WAN_FEN = 1_000_000
DEFAULT_RULES: list[dict[str, Any]] = [
    {"event": "contract_registered", "base": 20, "per_wan": 1, "cap": 200},
    {"event": "milestone_accepted", "base": 10, "per_wan": 1, "cap": 200},
]


def worth(rules: Sequence[Mapping[str, Any]], event: str, amount_fen: int) -> int:
    """Points for one fact: base, plus per_wan for each full 10,000 yuan, at most cap; 0 without a rule."""
    for rule in rules:
        if rule["event"] == event:
            earned = int(rule["base"]) + int(rule["per_wan"]) * (max(amount_fen, 0) // WAN_FEN)
            return min(earned, int(rule["cap"]))
    return 0


def shared(points: int, shares_bp: Sequence[int]) -> list[int]:
    """Divide among the people of a team by the shares of the fee that they agreed; largest remainder."""
    return allocate(points, shares_bp) if points and sum(shares_bp) else [0] * len(shares_bp)
