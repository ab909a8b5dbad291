"""A brief in words: labels, changes between versions, raw words with the places that figures came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yinxian.kernel.templatetags.yx import bound, day, wan

from ..codes import Field, Mode
from ..intake.differences import SINGLE, Change

LABELS = {
    "title": _("名称"),
    "problem": _("要解决的问题"),
    "background": _("企业背景"),
    "target": _("想达到的目标"),
    "indicators": _("指标"),
    "constraints": _("不能动的条件"),
    "budget": _("预算"),
    "deadline": _("期限"),
    "duration_months": _("周期（月）"),
    "modes": _("合作方式"),
    "field": _("技术领域"),
    "keywords": _("关键词"),
}


def value_in_words(name: str, value: Any) -> str:
    """One value of a brief for people; an em dash for nothing."""
    if value in (None, "", [], {}):
        return "—"
    if name == "budget":
        low, high = value["low_fen"], value["high_fen"]
        return wan(high) if low == high else f"{wan(low)} – {wan(high)}"
    if name == "deadline":
        return day(value)
    if name == "field":
        return str(dict(Field.choices).get(value, value))
    if name == "modes":
        return str(dict(Mode.choices).get(value, value))
    return f"{value['name']} {bound(value)}" if name == "indicators" else str(value)


def shown_change(change: Change) -> dict[str, Any]:
    """A change as the page draws it."""
    name = change.name
    return {
        "label": LABELS[name],
        "pieces": change.pieces,
        "added": [value_in_words(name, one) for one in change.added],
        "removed": [value_in_words(name, one) for one in change.removed],
        "altered": [(value_in_words(name, one), value_in_words(name, other)) for one, other in change.altered],
        "before": value_in_words(name, change.before) if name in SINGLE else "",
        "after": value_in_words(name, change.after) if name in SINGLE else "",
        "single": name in SINGLE,
    }


def marked_words(raw: str, indicators: Iterable[Mapping[str, Any]]) -> SafeString:
    """The raw words, escaped, with the quotes of the indicators marked; each quote where it first stands."""
    spans: list[tuple[int, int]] = []
    for one in indicators:
        quote = str(one.get("quote") or "")
        start = raw.find(quote) if quote else -1
        if start >= 0:
            spans.append((start, start + len(quote)))
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        parts += [escape(raw[at:start]), "<mark>", escape(raw[start:end]), "</mark>"]
        at = end
    return SafeString("".join([*parts, escape(raw[at:])]))
