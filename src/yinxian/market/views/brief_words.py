"""A brief in words: labels, and changes between versions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from yinxian.kernel.templatetags.yx import bound, day, wan

from ..codes import Field, Mode
from ..intake.differences import SINGLE, Change
from ..intake.ownership import OWNERSHIPS

LABELS = {
    "title": _("名称"),
    "problem": _("要解决的问题"),
    "scene": _("用在哪里"),
    "tried": _("现状和试过的办法"),
    "background": _("企业背景"),
    "target": _("想达到的目标"),
    "indicators": _("指标"),
    "constraints": _("不能动的条件"),
    "budget": _("预算"),
    "deadline": _("期限"),
    "duration_months": _("周期（月）"),
    "modes": _("合作方式"),
    "ownership": _("知识产权归属"),
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
    if name == "ownership":
        return str(OWNERSHIPS.get(value, value))
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
