"""A brief as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .words import say

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "about": "≈"}


def as_text(brief: dict[str, Any]) -> str:
    """Title, problem, indicators, money and time, what is missing, what to ask next; of the public form."""
    return "\n".join(_lines(brief))


def _lines(brief: dict[str, Any]) -> Iterator[str]:
    yield brief["title"]
    for name, zh, en in (("problem", "问题", "Problem"), ("target", "目标", "Target")):
        if brief[name]:
            yield f"{say(zh, en)}: {brief[name]}"
    for indicator in brief["indicators"]:
        apart = f"    [{say('前后矛盾', 'contradicts another')}]" if indicator.get("contradicts") else ""
        yield f"  - {indicator['name']} {bound(indicator)}    “{indicator['quote']}”{apart}"
    if budget := brief["budget"]:
        yield f"{say('预算（元）', 'Budget (yuan)')}: {budget['low'] or '?'} - {budget['high'] or '?'}"
    if brief["duration_months"]:
        yield f"{say('周期（月）', 'Months')}: {brief['duration_months']}"
    if brief["field"]:
        fields = "  ".join(f"{found['code']} {found['name']} {found['score']:.2f}" for found in brief["field"])
        yield f"{say('领域', 'Field')}: {fields}"
    if brief["keywords"]:
        yield f"{say('关键词', 'Keywords')}: {'、'.join(brief['keywords'])}"
    yield f"{say('清楚程度', 'Clarity')}: {brief['clarity']['score']}/100"
    for number, question in enumerate(brief["questions"], 1):
        yield f"  {number}. {question}"


def bound(indicator: dict[str, Any]) -> str:
    """``≤ 50 ppm``, ``12–15 %``."""
    low, high = indicator["low"], indicator["high"]
    if indicator["op"] == "range":
        return f"{low}–{high} {indicator['unit']}"
    value = high if low is None else low
    return f"{SIGNS.get(indicator['op'], '')} {value} {indicator['unit']}".strip()
