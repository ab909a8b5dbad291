"""How clear a need is: a score of 0 to 100 with its parts, and whether it is vague.

The weights were set by hand and the threshold by leaving one out on annotated needs; see benchmarks/intake.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from .segments import Segment

VAGUE_BELOW = 32
FIGURES, POINTS, TARGET, HEADINGS, PARTICULARS = 35, 20, 12, 18, 15  # adding up to 100
_CONCRETE = re.compile(
    r"[A-Za-z]{2,}|\d|工艺|参数|结构|配方|温度|压力|材料|试验|检测|焊|铸|磨|切|涂|膜|泵|阀|轴|电路|算法|模型|数据|催化|合成|提取|分离|传感|控制"
)
_POINT = re.compile(r"[（(]?\d{1,2}[)）.、]|[①-⑳]|[a-e][)）.]")
READ = 20_000  # characters


class Clarity(TypedDict):
    score: int
    vague: bool
    parts: dict[str, int]


def judge_clarity(content: Mapping[str, Any], segments: Sequence[Segment]) -> Clarity:
    """Parts: a measurable figure, points set out one by one, a target of its own, headings that part what is wanted
    from what is there, and particulars of the trade."""
    said = f"{content['problem']}{content['target']}"[:READ]
    hundreds = max(len(said), 100) / 100
    headings = len({one.role for one in segments if one.headed})
    parts = {
        "indicators": FIGURES if content["indicators"] else 0,
        "points": min(6, len(_POINT.findall(said))) * POINTS // 6,
        "target": TARGET if len(content["target"]) >= 30 else 0,
        "headings": min(3, headings) * HEADINGS // 3,
        "particulars": int(min(10.0, len(_CONCRETE.findall(said)) / hundreds) * PARTICULARS / 10),
    }
    score = sum(parts.values())
    return {"score": score, "vague": score < VAGUE_BELOW, "parts": parts}
