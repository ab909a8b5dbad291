"""How clear a need is: a score of 0 to 100 with its parts, and whether it is vague."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

VAGUE_BELOW = 35
_CONCRETE = re.compile(
    r"[A-Za-z]{2,}|\d|工艺|参数|结构|配方|温度|压力|材料|试验|检测|焊|铸|磨|切|涂|膜|泵|阀|轴|电路|算法|模型|数据|催化|合成|提取|分离|传感|控制"
)
_SLOGAN = re.compile(
    r"产业链|体系建设|平台建设|战略|国家|政策|势在必行|前景|产业化基础|打造|助力|赋能|引领|跨越式|转型升级|提升.{0,6}水平|高端|绿色|生态|系列|产业升级|重大意义"
)
_LIST = re.compile(r"[（(]?\d{1,2}[)）.、]|[①-⑳]|[a-e][)）.]")


class Clarity(TypedDict):
    score: int
    vague: bool
    parts: dict[str, int]


def judge_clarity(content: Mapping[str, Any], text: str) -> Clarity:
    """Parts: a named problem, a target, figures, particulars (terms a trade uses), and slogans against it."""
    size = max(len(text), 1)
    particulars = len(_CONCRETE.findall(text[:20_000]))
    parts = {
        "problem": 20 if len(content["problem"]) >= 30 else 8 if content["problem"] else 0,
        "target": 15 if len(content["target"]) >= 20 else 5 if content["target"] else 0,
        "indicators": min(30, 15 * len(content["indicators"])),
        "particulars": min(25, particulars),
        "list": min(10, 3 * len(_LIST.findall(text[:20_000]))),
        "slogans": -min(20, 4 * len(_SLOGAN.findall(text[:20_000])) * 200 // max(size, 200)),
    }
    score = max(0, min(100, sum(parts.values())))
    return {"score": score, "vague": score < VAGUE_BELOW, "parts": parts}
