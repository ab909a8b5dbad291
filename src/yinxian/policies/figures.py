"""Figures of a policy as somebody gives them: what may be changed, and what an own rule is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP

from .book import Policy
from .calc import BASES, PER

BINDS = ("all", "state", "may")
"""Whom the floor of a reward binds: every supplier, those founded by the state, nobody (it is only advised)."""
OWN_KINDS = ("none", "percent", "tiers", "bands", "fixed", "reward")
"""What an association's own rule may compute; a range and the lesser of two stay with what is shipped."""
NEEDS = {"percent": ("bp",), "fixed": ("amount_fen",), "reward": ("bp",)}
MAY = {
    "percent": ("cap_fen", "threshold_fen", "base_cap_fen"),
    "tiers": ("cap_fen", "threshold_fen", "base_cap_fen"),
    "bands": ("cap_fen", "threshold_fen", "base_cap_fen"),
    "reward": ("main_bp", "staff_bp"),
}


def changed(policy: Policy, given: Mapping[str, Any]) -> dict[str, Any]:
    """The policy's own figures with those that were given; none may appear that it does not have."""
    made = dict(policy.calc)
    for name, value in given.items():
        if name == "tiers" and "tiers" in made:
            made["tiers"] = _tiers(value)
        elif name in made and name.endswith(("bp", "_fen")):
            made[name] = _figure(name, value)
    return made


def composed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a rule that an association adds. Invalid for a kind, base or figure that cannot be."""
    kind = given.get("kind", "none")
    if kind not in OWN_KINDS:
        raise Invalid("policies.kind", field="kind")
    if kind == "none":
        return {}
    made: dict[str, Any] = {"kind": kind}
    if kind == "reward":
        made |= {"base": "net", "binds": _one_of(given.get("binds", "may"), BINDS, "binds")}
    elif kind != "fixed":
        made["base"] = _one_of(given.get("base"), BASES, "base")
    for name in NEEDS.get(kind, ()):
        made[name] = _figure(name, given.get(name))
        if not made[name]:
            raise Invalid("policies.figure", field=name)
    if kind in ("tiers", "bands"):
        made["tiers"] = _tiers(given.get("tiers") or [])
    made |= {name: _figure(name, given[name]) for name in MAY.get(kind, ()) if given.get(name) is not None}
    if given.get("cap_per"):
        made["cap_per"] = _one_of(given["cap_per"], PER, "cap_per")
    return {**made, "most": True} if given.get("most") and kind != "reward" else made


def _one_of(value: Any, known: Any, field: str) -> str:
    if value not in known:
        raise Invalid("policies.kind", field=field)
    return str(value)


def _figure(name: str, value: Any) -> int:
    limit = WHOLE_BP if name.endswith("bp") else MAX_FEN
    if type(value) is not int or not 0 <= value <= limit:
        raise Invalid("policies.figure", field=name)
    return value


def _tiers(tiers: Any) -> list[dict[str, int]]:
    ends = [tier.get("up_to_fen") for tier in tiers]
    bounds = [end for end in ends if end is not None]
    rising = all(low < high for low, high in zip([0, *bounds], bounds, strict=False))
    if not tiers or len(tiers) > 20 or ends[-1] is not None or len(bounds) != len(ends) - 1 or not rising:
        raise Invalid("policies.tiers", field="tiers")
    if any(not 0 <= value <= WHOLE_BP for tier in tiers for name, value in tier.items() if name.endswith("bp")):
        raise Invalid("policies.tiers", field="tiers")
    return [{name: value for name, value in tier.items() if value is not None} for tier in tiers]
