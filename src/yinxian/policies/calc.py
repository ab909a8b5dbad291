"""Compute what a policy says, and tell every step. No database, no clock; integer fen and basis points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, portion, show_percent, show_yuan

from .book import Policy

BASES: dict[str, str | Promise] = {
    "turnover": pgettext_lazy("base", "合同成交总额"),
    "technical": pgettext_lazy("base", "技术交易额"),
    "actual": pgettext_lazy("base", "实际成交额"),
    "paid": pgettext_lazy("base", "实际支付额"),
    "received": pgettext_lazy("base", "实际收到额"),
    "net": pgettext_lazy("base", "转化净收入"),
    "gain": pgettext_lazy("base", "技术转让所得（全年）"),
    "bonus": pgettext_lazy("base", "现金奖励"),
    "vat_due": pgettext_lazy("base", "技术收入应缴增值税"),
    "vat_paid": pgettext_lazy("base", "实缴增值税"),
    "loan": pgettext_lazy("base", "贷款额"),
}


@dataclass(frozen=True)
class Step:
    """One step in words, and what it came to (None: it is only said)."""

    text: str
    fen: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a policy comes to: ``fen`` (its upper end where the rule says "at most"), from ``low_fen`` where it gives
    a range; every step that led there; ``most``: the rule says at most, the figure is no promise."""

    policy: Policy
    fen: int
    steps: tuple[Step, ...]
    low_fen: int | None = None
    most: bool = False


def bases_of(policy: Policy) -> list[str]:
    """Which amounts it is computed from; none for a policy that only says something."""
    calc = policy.calc
    if calc.get("kind") in (None, "none", "fixed"):
        return []
    return [calc["base"], calc["second_base"]] if calc["kind"] == "least" else [calc["base"]]


def compute(policy: Policy, given: Mapping[str, int]) -> Outcome | None:
    """None where nothing can be computed: a policy that only says something, or an amount that was not given.

    Invalid for an amount below 0 or beyond MAX_FEN.
    """
    kind = policy.calc.get("kind", "none")
    if kind == "none" or any(base not in given for base in bases_of(policy)):
        return None
    if any(type(fen) is not int or not 0 <= fen <= MAX_FEN for fen in given.values()):
        raise Invalid("policies.base")
    return KINDS[kind](policy, given)


def _base(policy: Policy, given: Mapping[str, int], steps: list[Step]) -> int:
    """The base, cut where the rule cuts it; 0 where it lies under the rule's threshold."""
    calc = policy.calc
    amount = given[calc["base"]]
    steps.append(Step(str(BASES[calc["base"]]), amount))
    if amount < calc.get("threshold_fen", 0):
        steps.append(Step(_("不足起点 %(fen)s 元，不适用") % {"fen": show_yuan(calc["threshold_fen"])}, 0))
        return 0
    if amount > calc.get("base_cap_fen", amount):
        amount = int(calc["base_cap_fen"])
        steps.append(Step(_("计算基数最高 %(fen)s 元") % {"fen": show_yuan(amount)}, amount))
    return amount


def _capped(calc: Mapping[str, Any], fen: int, steps: list[Step]) -> int:
    cap = calc.get("cap_fen")
    if cap is None or fen <= cap:
        return fen
    words = {"cap": show_yuan(cap), "per": PER.get(calc.get("cap_per", ""), "")}
    steps.append(Step(_("封顶 %(cap)s 元%(per)s") % words, cap))
    return int(cap)


PER: dict[str, str | Promise] = {
    "year": pgettext_lazy("cap", "（每年）"),
    "person_year": pgettext_lazy("cap", "（每人每年）"),
    "project": pgettext_lazy("cap", "（每项目）"),
    "firm_year": pgettext_lazy("cap", "（每家每年）"),
}


def _times(amount: int, bp: int, steps: list[Step]) -> int:
    fen = portion(amount, bp)
    steps.append(Step(_("%(fen)s 元 × %(rate)s") % {"fen": show_yuan(amount), "rate": show_percent(bp)}, fen))
    return fen


def _percent(policy: Policy, given: Mapping[str, int]) -> Outcome:
    steps: list[Step] = []
    amount = _base(policy, given, steps)
    fen = _capped(policy.calc, _times(amount, policy.calc["bp"], steps), steps)
    return Outcome(policy, fen, tuple(steps), most=bool(policy.calc.get("most")))


def _tiers(policy: Policy, given: Mapping[str, int]) -> Outcome:
    """Marginal steps: each rate on what lies within its step."""
    steps: list[Step] = []
    amount, low, total = _base(policy, given, steps), 0, 0
    for tier in policy.calc["tiers"]:
        high = min(amount, tier.get("up_to_fen", amount))
        if high > low:
            words = {"low": show_yuan(low), "high": show_yuan(high)}
            steps.append(Step(_("%(low)s 至 %(high)s 元的部分") % words, high - low))
            total += _times(high - low, tier["bp"], steps)
            low = high
    return Outcome(policy, _capped(policy.calc, total, steps), tuple(steps), most=bool(policy.calc.get("most")))


def _band(policy: Policy, amount: int) -> Mapping[str, Any]:
    tiers = policy.calc["tiers"]
    found: Mapping[str, Any] = next((one for one in tiers if amount <= one.get("up_to_fen", amount)), tiers[-1])
    return found


def _bands(policy: Policy, given: Mapping[str, int]) -> Outcome:
    """Bands of the whole amount: one rate for all of it, by the band into which it falls."""
    steps: list[Step] = []
    amount = _base(policy, given, steps)
    band = _band(policy, amount)
    fen = _capped({**policy.calc, **band}, _times(amount, band["bp"], steps), steps)
    return Outcome(policy, fen, tuple(steps), most=bool(policy.calc.get("most")))


def _range(policy: Policy, given: Mapping[str, int]) -> Outcome:
    """What is usual: from one rate to another of the whole amount."""
    steps: list[Step] = []
    amount = _base(policy, given, steps)
    band = _band(policy, amount)
    low = _times(amount, band["bp"], steps)
    high = _times(amount, band["high_bp"], steps)
    return Outcome(policy, high, tuple(steps), low_fen=low)


def _least(policy: Policy, given: Mapping[str, int]) -> Outcome:
    """The lesser of a rate on one amount and the whole of another."""
    steps: list[Step] = []
    first = _times(_base(policy, given, steps), policy.calc["bp"], steps)
    second = given[policy.calc["second_base"]]
    steps.append(Step(str(BASES[policy.calc["second_base"]]), second))
    steps.append(Step(_("取两者中较小的"), min(first, second)))
    return Outcome(policy, _capped(policy.calc, min(first, second), steps), tuple(steps))


def _fixed(policy: Policy, given: Mapping[str, int]) -> Outcome:
    words = PER.get(policy.calc.get("cap_per", ""), "")
    fen = int(policy.calc["amount_fen"])
    return Outcome(policy, fen, (Step(_("定额%(per)s") % {"per": words}, fen),), most=bool(policy.calc.get("most")))


def _reward(policy: Policy, given: Mapping[str, int]) -> Outcome:
    """The reward of the research team, and within it the main contributors and the transfer staff."""
    steps: list[Step] = []
    calc = policy.calc
    reward = _times(_base(policy, given, steps), calc["bp"], steps)
    if calc.get("main_bp"):
        words = {"rate": show_percent(calc["main_bp"])}
        steps.append(Step(_("其中主要贡献人员不低于奖励的 %(rate)s") % words, portion(reward, calc["main_bp"])))
    if calc.get("staff_bp"):
        words = {"rate": show_percent(calc["staff_bp"])}
        steps.append(Step(_("其中转移人员与经理人不低于奖励的 %(rate)s") % words, portion(reward, calc["staff_bp"])))
    return Outcome(policy, reward, tuple(steps))


KINDS: dict[str, Callable[[Policy, Mapping[str, int]], Outcome]] = {
    "percent": _percent,
    "tiers": _tiers,
    "bands": _bands,
    "range": _range,
    "least": _least,
    "fixed": _fixed,
    "reward": _reward,
}
