"""Forms of cooperation that the company asks for."""

from __future__ import annotations

import re

from .segments import Segment

_MODES = {
    "development": re.compile(
        r"委托(?:开发|研[发究制])|技术开发|定制(?:开发|研发)|(?:研制|研发)?开发合作|联合开发"
        r"|(?:合作|共同)(?:开发|研发|研制)|代为研发|custom development",
        re.I,
    ),
    "assignment": re.compile(
        r"技术(?:转让|购买|引进|受让)|(?:专利|成果|技术)(?:的)?(?:转让|购买|收购|买断|引进)|(?:购买|买断|受让|出售|转让|引进)[^，。；]{0,10}(?:专利|技术|成果)|专利权转移|assign",
        re.I,
    ),
    "licence": re.compile(
        r"(?:专利|技术|成果)?(?:实施)?许可(?!证|批)|授权使用|专利授权使用|(?:独占|排他|普通)许可|licen[cs]", re.I
    ),
    "consulting": re.compile(
        r"技术咨询|咨询服务|技术支持|技术指导|专业(?:的)?指导|(?:专家|专业人士|专业人才)[^，。；]{0,12}指导|诊断|consult",
        re.I,
    ),
    "service": re.compile(r"技术服务|检测服务|测试服务|(?:提供|需要)[^，。；]{0,20}技术服务|代工|中试服务", re.I),
    "joint": re.compile(
        r"联合(?:开展|攻关|研究|共建|申报|组建)|共建|共同(?:研究|开展|攻关|申报|承担)|产学研|(?:技术|校企|院企|战略|开展|项目|课题)合作|合作(?:研究|攻关|完成|解决|制造|伙伴|开展)|"
        r"与[^，。；]{2,40}(?:团队|院校|高校|院所|研究所|研究院|大学|公司|企业|单位|专家)[^，。；]{0,10}合作|joint",
        re.I,
    ),
    "investment": re.compile(
        r"(?:资金|投资|融资)支持|(?:技术|作价)?入股|股权(?:合作|投资|融资)|寻求[^，。；]{0,10}(?:投资|融资|资金)|金融机构投资|风险投资|引入(?:投资|资本)|融资需求|invest",
        re.I,
    ),
    "talent": re.compile(
        r"(?:需要?|寻求|引进|招聘|招募|缺乏|希望|急需|聘请)[^。；]{0,30}(?:人才|专家|博士|工程师|设计人员|技术人员)|人才(?:引进|需求|合作|支持)|talent",
        re.I,
    ),
}
_ASKS = re.compile(
    r"需|委托|希望|寻|拟|期望|欢迎|征|求|合作方式|欲|引进|技术合作|通过|开展|揭榜|缺乏|合作|want|seek|looking|wish",
    re.I,
)
_DONE = re.compile(
    r"已(?:与|经|和|同|建立|签)|建立了?[^，。；]{0,20}合作关系|长期(?:合作|战略)|目前(?:与|和|已)|曾|多年合作"
)


def read_modes(segments: list[Segment]) -> dict[str, str]:
    """Codes in a fixed order with the words that ask for each; cooperation that the firm already has is left out."""
    found: dict[str, str] = {}
    for segment in segments:
        words = segment.sentence.text
        if segment.role == "background" or not _ASKS.search(words) or _DONE.search(words):
            continue
        for mode, pattern in _MODES.items():
            if mode not in found and (match := pattern.search(words)):
                found[mode] = match[0]
    return {mode: found[mode] for mode in _MODES if mode in found}
