"""The three levels of the occupation as an association may begin with them.

Names as used in the field: 初级技术经纪人, 中级技术经纪人, 高级技术经理人; four modules of training, a certificate by
exam. How many hours and how much practice each asks is not published where we could find it: those figures are left
open (None), and the association fills in its own.
"""

from __future__ import annotations

from typing import Any

HOURS: list[dict[str, Any]] = [
    {"kind": "hours", "name": module, "at_least": None} for module in ("common", "policy", "skills", "advance")
]
RENEWAL: list[dict[str, Any]] = [
    {"kind": "learning", "name": "", "at_least": None},
    {"kind": "practice", "name": "", "at_least": None},
]


def _practice(*kinds: str) -> list[dict[str, Any]]:
    return [{"kind": kind, "name": "", "at_least": None} for kind in kinds]


STANDARD: tuple[dict[str, Any], ...] = (
    {
        "name": "初级技术经纪人",
        "name_en": "Technology Broker, Junior",
        "rank": 1,
        "requirements": [*HOURS, {"kind": "exam", "name": "", "at_least": 60}],
        "renewal": RENEWAL,
    },
    {
        "name": "中级技术经纪人",
        "name_en": "Technology Broker, Intermediate",
        "rank": 2,
        "requirements": [
            *HOURS,
            {"kind": "exam", "name": "", "at_least": 60},
            {"kind": "level", "name": "1", "at_least": 1},
            *_practice("contracts", "amount"),
        ],
        "renewal": RENEWAL,
    },
    {
        "name": "高级技术经理人",
        "name_en": "Technology Manager, Senior",
        "rank": 3,
        "requirements": [
            *HOURS,
            {"kind": "exam", "name": "", "at_least": 60},
            {"kind": "level", "name": "2", "at_least": 1},
            *_practice("contracts", "amount", "tracks"),
        ],
        "renewal": RENEWAL,
    },
)
