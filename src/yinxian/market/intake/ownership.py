"""Who is to own what comes of it, as the company wishes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from .segments import Segment

OWNERSHIPS = {
    "client": _("归企业"),
    "shared": _("双方共有"),
    "supplier": _("归研发方"),
    "exclusive": _("归研发方，企业独占使用"),
    "to_agree": _("另行商定"),
}

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "shared",
        re.compile(
            r"(?:知识产权|成果|专利)[^，。；]{0,12}(?:双方|共同|共有|共享|各方)|(?:双方|共同)(?:所有|共有|拥有)[^，。；]{0,8}(?:知识产权|专利|成果)?"
        ),
    ),
    (
        "exclusive",
        re.compile(
            r"独占(?:许可|使用)?|排他(?:许可|使用)|独家(?:许可|使用|授权)|不得[^，。；]{0,12}(?:同行|第三方|其他企业|竞争对手)[^，。；]{0,8}(?:使用|转让|许可|提供)?"
        ),
    ),
    (
        "client",
        re.compile(
            r"(?:知识产权|成果|专利|专利权|所有权|著作权)[^，。；]{0,8}(?:归|属于?|由)[^，。；]{0,8}(?:我|本公司|企业|甲方|需求方|委托方|公司)|买断|(?:形成|拥有|具有)[^，。；]{0,6}自主知识产权"
        ),
    ),
    (
        "supplier",
        re.compile(
            r"(?:知识产权|成果|专利)[^，。；]{0,8}(?:归|属于?|由)[^，。；]{0,8}(?:乙方|研发方|供方|高校|院所|服务方|受托方)"
        ),
    ),
    ("to_agree", re.compile(r"(?:知识产权|成果|权益)[^，。；]{0,10}(?:协商|约定|另行|面议)")),
)


def read_ownership(segments: Sequence[Segment]) -> tuple[str, str]:
    """A code (client, shared, supplier, exclusive, to_agree) and the words; two empty strings when nothing is said."""
    for one in segments:
        if one.role == "background":
            continue
        for code, pattern in _RULES:
            if match := pattern.search(one.sentence.text):
                return code, match[0]
    return "", ""
