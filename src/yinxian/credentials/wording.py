"""Requirements in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinxian.kernel.fields import Field
from yinxian.kernel.money import show_yuan

from .models import LevelVersion, Module

LABELS = {
    "hours": gettext_lazy("课时"),
    "exam": gettext_lazy("考试成绩"),
    "contracts": gettext_lazy("登记的技术合同"),
    "amount": gettext_lazy("合同中本人的金额"),
    "tracks": gettext_lazy("不同赛道的合同"),
    "internship": gettext_lazy("跟岗实习"),
    "learning": gettext_lazy("学习积分"),
    "practice": gettext_lazy("实践积分"),
    "level": gettext_lazy("已持有的级别"),
}
UNITS = {
    "hours": gettext_lazy("%(n)s 学时"),
    "exam": gettext_lazy("%(n)s 分"),
    "contracts": gettext_lazy("%(n)s 份"),
    "amount": gettext_lazy("%(n)s 元"),
    "tracks": gettext_lazy("%(n)s 个"),
    "internship": gettext_lazy("%(n)s 天"),
    "learning": gettext_lazy("%(n)s 分"),
    "practice": gettext_lazy("%(n)s 分"),
    "level": gettext_lazy("%(n)s 个"),
}


def label(kind: str, name: str = "") -> str:
    """课时 · 实务技能; 已持有的级别 · 第 1 级."""
    tail = ""
    if kind == "hours" and name:
        tail = str(Module(name).label)
    elif kind == "level":
        tail = _("第 %(rank)s 级或更高") % {"rank": name or 1}
    elif name in Field.values:
        tail = str(Field(name).label)
    return f"{LABELS[kind]} · {tail}" if tail else str(LABELS[kind])


def figure(kind: str, amount: int | None) -> str:
    """24 学时; a dash while it is not decided."""
    if amount is None:
        return "—"
    shown = show_yuan(amount) if kind == "amount" else f"{amount:,}"
    return str(UNITS[kind]) % {"n": shown}


def sentence(lines: Iterable[Mapping[str, Any]]) -> str:
    """All decided lines in one sentence."""
    decided = [line for line in lines if line["at_least"] is not None]
    return _("；").join(
        f"{label(line['kind'], str(line.get('name') or ''))} ≥ {figure(line['kind'], line['at_least'])}"
        for line in decided
    )


def criteria(version: LevelVersion) -> str:
    """What a certificate says of its ground, in Chinese whatever the reader's language: it is signed once."""
    with translation.override("zh-hans"):
        asked = sentence(version.requirements) or _("由协会评定")
        return _("%(level)s要求第 %(version)s 版：%(asked)s。") % {
            "level": version.level.name,
            "version": version.number,
            "asked": asked,
        }
