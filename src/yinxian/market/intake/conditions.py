"""Figures that are no targets: conditions under which another is measured, and figures of something else."""

from __future__ import annotations

import re
from decimal import Decimal

from yinxian.kernel.quantity import Found

from .cues import (
    AIMED,
    AREA,
    ASIDE_AFTER,
    ASIDE_BEFORE,
    ASKED_NOW,
    CLASSES,
    CONDITION_AFTER,
    COUNTS,
    DEAR,
    HEADING,
    IN_BRACKETS,
    IS_THE_TROUBLE,
    LASTING,
    LIFE,
    MONEY_UNITS,
    NEVER_COUNTS,
    OF_WHICH,
    PRICE,
    RATE,
    RATIO_AFTER,
    RATIO_BEFORE,
    REPEATS,
    ROOM,
    SHORT,
    SIZE,
    STANDARD,
    THEN_MEASURED,
    TIME_UNITS,
    TROUBLED,
    TURN,
    UNDER,
    UNDER_NOW,
    YEARS,
)


def is_condition(words: str, found: Found, name: str) -> bool:
    """28d达到70MPa, 1h内抗压强度, 90%以上的节点: the figure says when or of what, not how much."""
    unit, after = found.bound.unit, words[found.end : found.end + 10]
    if not unit and (RATIO_AFTER.match(after) or RATIO_BEFORE.search(words[: found.start])):
        return True  # 1:8
    if found.sign == "" and words[: found.start].endswith("每"):
        return True  # 每5米不大于0.6mm: of how much, not how much
    inside = words[found.start : found.end].rstrip().endswith("内")
    before = words[max(0, found.start - 16) : found.start]
    if found.sign == "" and (ROOM.search(words[: found.start + 1]) or (before.endswith("为") and after[:1] == "的")):
        return True
    if found.bound.op in ("=", "about", "range") and UNDER_NOW.match(after):
        return True  # 含水率28%左右时
    if before[-1:] in ("(", "（") and found.sign == "sign" and OF_WHICH.match(words[found.end : found.end + 12]):
        return True  # 颗粒（≥0.05μm）不多于20个: which ones are counted
    if found.sign == "" and unit in REPEATS and re.match(r"\s?(?:之?后|循环后|以后)", after):
        return True  # 弯折20万次后
    if found.sign == "" and found.bound.op == "=" and ASIDE_BEFORE.search(before) and ASIDE_AFTER.match(after):
        return True
    measured = found.sign == "" and THEN_MEASURED.match(words[found.end : found.end + 40])
    if measured and (not name or unit in TIME_UNITS or HEADING.search(before)):
        return True
    if unit in TIME_UNITS:
        if found.sign == "" and re.match(r"\s?(?:后|前)", after):
            return True
        if inside and unit in SHORT and ASKED_NOW.search(words[: found.start]):
            return bool(re.search(r"\d", re.split(r"[，,；;。]", words[found.end :])[0]))
        clause = re.split(r"[，,；;。]", words[max(0, found.start - 24) : found.start])[-1]
        if inside and not re.search(r"时间|周期|寿命|响应|时长|延迟|时延|恢复|启动|交期|交付", clause):
            return True
        if LASTING.match(after):
            return False
        aimed = unit in SHORT and AIMED.search(words[: found.start]) and not re.match(r"\s?[内完交出]", after)
        return not (aimed or LIFE.search(words[max(0, found.start - 14) : found.start])) and found.sign in ("", "about")
    if unit == "%" and not name and after[:1].isalpha():
        return True
    if found.sign == "" and IN_BRACKETS.search(words[max(0, found.start - 1) : found.end + 2].rstrip("|")):
        return True
    if words[max(0, found.start - 1) : found.start] == "在" and UNDER.match(after):
        return True
    return found.sign != "tolerance" and bool(CONDITION_AFTER.match(after)) and "的" in after[:1] and not name


def is_of_something_else(words: str, found: Found, name: str, value: Decimal) -> bool:
    unit = found.bound.unit
    if not (unit == "级" and value < CLASSES) and STANDARD.search(words[max(0, found.start - 12) : found.start]):
        return True
    around = re.split(r"[，,、；;。]", words[max(0, found.start - 12) : found.start])[-1]
    after = words[found.end : found.end + 8]
    if IS_THE_TROUBLE.match(after) or TROUBLED.search(words[: found.start]):
        return True
    if unit.split("/")[0] in MONEY_UNITS and not PRICE.search(name):
        return True
    if unit == "元" and found.sign != "" and value < DEAR and PRICE.search(words[: found.start][-24:]):
        return False
    if re.match(r"(?:都有|不等|不一|之间不等)", after):
        return True  # 从16度到26度都有
    if unit in MONEY_UNITS or re.match(r"\s*(?:万元|亿元|元)", after):
        return True
    if unit in ("年", "月", "日", "代") and (
        value in YEARS or re.match(r"来|前|后|度|代|底|初|末|以来|间|多|\d", after)
    ):
        return True
    if unit in NEVER_COUNTS or (unit in COUNTS and found.sign == "" and found.bound.op != "range"):
        return not re.search(r"同时|支持|并发|容纳|每", around) or unit in ("项", "篇", "家", "部", "名")
    if re.search(r"产[能量]", name) and not (RATE.search(unit) or (unit in ("%", "倍") and TURN.search(words))):
        return True
    share = found.sign == "sign" and (unit == "%" or AREA.search(name) is not None)  # 占地不超过养殖面积的8%
    return bool(not share and (SIZE.search(name) or SIZE.search(around[-8:]))) or bool(
        re.match(r"\s*(?:发明|专利|论文|软件著作)", after)
    )
