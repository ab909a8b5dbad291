"""Signs that a need is a real plan to buy, or a common problem that nobody pays for; each with its words.

A sign weighs for (positive) or against (negative). The sum says which kind of need it is and whether it is worth
following up now, after a question, or not yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from django.utils.translation import gettext_lazy as _

from .segments import Segment


class Sign(TypedDict):
    code: str
    weight: int
    quote: str


class Rule(NamedTuple):
    weight: int
    pattern: re.Pattern[str]


PLAN_FROM, COMMON_TO = 3, -2
_MONEY = r"\d[\d.,]*\s?(?:多|余)?(?:万|亿|w|W)?元?"
RULES: dict[str, Rule] = {
    "spent": Rule(2, re.compile(rf"(?:已|前期|累计)[^，。；]{{0,10}}投入[^，。；]{{0,14}}{_MONEY}")),
    "loss": Rule(
        2,
        re.compile(
            rf"(?:损失|赔偿|索赔|多花|浪费|罚款)[^，。；]{{0,12}}{_MONEY}|(?:停产|停机|停线|退货|报废|三包)[^，。；]{{0,10}}\d"
        ),
    ),
    "customer": Rule(
        2,
        re.compile(r"(?:客户|用户|主机厂|整车厂|订单|买方)[^，。；]{0,10}(?:要求|提出|催|急|迫切|投诉|退货)|满足客户"),
    ),
    "rule": Rule(
        1,
        re.compile(
            r"(?:环保|安监|排放|整改|强制|法规|标准)[^，。；]{0,12}(?:要求|限期|期限|压力|督察|收紧|实施)|限期整改|搁置"
        ),
    ),
    "tried": Rule(
        1,
        re.compile(
            r"试过|尝试(?:过|了)|(?:换|更换)(?:了|过)[^，。；]{0,12}|(?:均|都|仍|还是)(?:没有|未|无法|不能)[^，。；]{0,8}(?:解决|改善|成功)|效果不(?:理想|好|佳)"
        ),
    ),
    "line": Rule(
        1,
        re.compile(
            r"\d+\s?(?:条|台|套)[^，。；]{0,8}(?:线|产线|生产线|设备|机组|炉)|现有[^，。；]{0,10}(?:生产线|产线|装置|车间)|日产\s?\d|年产\s?\d"
        ),
    ),
    "trial": Rule(
        1, re.compile(r"(?:提供|具备|有)[^，。；]{0,10}(?:样品|样件|试验场|中试|现场|试用|测试条件)|小试|中试|样机")
    ),
    "partner": Rule(1, re.compile(r"希望与[^，。；]{2,24}(?:公司|大学|学院|院|所|厂家)[^，。；]{0,6}合作")),
    "decided": Rule(2, re.compile(r"已(?:立项|批准|获批|列入计划)|招标|采购计划|董事会|通过(?:立项|评审)")),
    "policy": Rule(
        -1,
        re.compile(
            r"国家[^，。；]{0,12}(?:规划|战略|政策|号召|出台)|《[^》]{4,30}(?:规划|纲要|意见)》|供给侧|碳达峰|乡村振兴|中国制造2025"
        ),
    ),
    "trade_wide": Rule(
        -2,
        re.compile(
            r"行业(?:共性|普遍|内普遍|难题|内面临)|共性(?:技术|问题|难题)|(?:国内外|我国|全行业)[^，。；]{0,14}(?:尚未|普遍|均未|都)[^，。；]{0,10}"
        ),
    ),
    "platform": Rule(
        -2,
        re.compile(r"产业链(?:构建|建设|打造)|(?:创新|公共|产业|技术)[^，。；]{0,6}平台(?:建设|搭建)|示范基地|产业园"),
    ),
    "funding": Rule(
        -2, re.compile(r"(?:需要|寻求|希望|缺)[^，。；]{0,12}(?:资金支持|投资|融资|补贴|资助)|资金(?:支持|短缺|不足)")
    ),
    "awards": Rule(
        -1, re.compile(r"(?:申报|争取|获得?)[^，。；]{0,10}(?:科技进步奖|项目资助|高新技术企业|科技成果奖)")
    ),
    "offer": Rule(
        -3,
        re.compile(
            r"本项目提供的|(?:该|本)(?:工艺|产品|技术|系统)[^，。；]{0,20}(?:已(?:获|取得|在|推广)|国内(?:领先|首个)|处于[^，。；]{0,6}领先)|(?:出售|推广|转让)(?:本|我|该)"
        ),
    ),
    "research": Rule(-1, re.compile(r"(?:机理|机制|规律|理论|假说)[^，。；]{0,8}(?:研究|探讨|探索)|我们提出假说|论文")),
    "looking": Rule(-1, re.compile(r"交流探讨|了解[^，。；]{0,8}(?:技术|情况|进展)|面议|待定|视情况")),
}
SENTENCES = {
    "budget": _("写明了预算"),
    "time": _("写明了期限"),
    "figures": _("写明了可测的指标"),
    "spent": _("已经为它花过钱"),
    "loss": _("说得出损失"),
    "customer": _("客户在催"),
    "rule": _("法规或环保在逼"),
    "tried": _("试过别的办法"),
    "line": _("指得出是哪条线、哪台设备"),
    "trial": _("能给样品或试验条件"),
    "partner": _("点了名要找谁合作"),
    "decided": _("内部已经立项或批准"),
    "policy": _("在讲政策"),
    "trade_wide": _("讲的是全行业的共性问题"),
    "platform": _("想建平台、产业链"),
    "funding": _("要的是资金"),
    "awards": _("要的是奖项或资质"),
    "offer": _("更像在推介自己的成果"),
    "research": _("更像做研究"),
    "looking": _("只是先了解"),
    "no_figures": _("一个可测的数也没有"),
}
KINDS = {"plan": _("像真要买"), "common": _("像共性问题"), "unclear": _("还看不出")}
FOLLOW_UP = {"now": _("可以现在跟"), "ask_first": _("先问清再跟"), "not_yet": _("先放一放")}


class Judgement(TypedDict):
    kind: str
    weight: int
    follow_up: str


def read_signs(content: Mapping[str, Any], segments: Sequence[Segment]) -> list[Sign]:
    """What speaks for and against a real plan to buy, strongest first; each sign once, with where it was first read."""
    quotes = content.get("quotes") or {}
    found: list[Sign] = []
    if content["budget"]:
        found.append({"code": "budget", "weight": 3, "quote": quotes.get("budget", [""])[0]})
    if content["deadline"] or content["duration_months"]:
        said = quotes.get("deadline") or quotes.get("duration_months") or [""]
        found.append({"code": "time", "weight": 2, "quote": said[0]})
    if content["indicators"]:
        found.append({"code": "figures", "weight": 1, "quote": content["indicators"][0]["quote"]})
    else:
        found.append({"code": "no_figures", "weight": -1, "quote": ""})
    for code, rule in RULES.items():
        for one in segments:
            if match := rule.pattern.search(one.sentence.text):
                found.append({"code": code, "weight": rule.weight, "quote": match[0].strip()[:80]})
                break
    return sorted(found, key=lambda sign: -abs(sign["weight"]))


def judge(signs: Sequence[Sign], clear: bool) -> Judgement:
    """Which kind of need it is; and whether to follow it up: now (a plan, clear), after asking, or not yet."""
    weight = sum(sign["weight"] for sign in signs)
    kind = "plan" if weight >= PLAN_FROM else "common" if weight <= COMMON_TO else "unclear"
    follow_up = "now" if kind == "plan" and clear else "not_yet" if kind == "common" else "ask_first"
    return {"kind": kind, "weight": weight, "follow_up": follow_up}
