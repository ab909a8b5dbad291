"""Which sentence says what: the problem, the target, the background, the money, the cooperation wished for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import Sentence, sentences

HEADINGS: tuple[tuple[str, str], ...] = (
    ("money", r"(?:项目)?(?:总)?(?:资金|经费|投资)?(?:预算|概算)|经费(?:投入|安排)|解决的技术难题及预算"),
    (
        "background",
        r"(?:现有|已有|前期|目前)?(?:的)?(?:工作|研究|技术|产业化|实验|科研|合作)?基础(?:条件)?|(?:企业|公司|单位|项目)?(?:简介|概况|介绍|背景)"
        r"|(?:国内外?|国外|公司|企业|技术|行业|发展|研究)?.{0,6}现状(?:及存在的?问题)?|发展(?:趋势|概况)|(?:数据|平台)条件|技术优势|市场(?:前景|分析)|项目意义"
        r"|.{0,16}(?:概况|趋势)",
    ),
    (
        "cooperation",
        r"(?:拟|希望|期望)?(?:的)?(?:合作|需求|对接)(?:的)?(?:方式|形式|模式|意向)|(?:其他|合作)需求",
    ),
    (
        "target",
        r"(?:需求内容[及和与])?(?:预期|预计|主要|项目|研究|研发|技术|总体|期望|改进|合作|具体)?(?:要)?(?:达到|实现|研发)?(?:的)?"
        r"(?:目标|(?:技术|经济|考核|性能|主要|质量|经济技术|技术经济)*指标|(?:技术|性能|指标|具体|质量)?要求|预期效果|预期成果|(?:技术|性能|主要|关键|设计|工艺)*参数)(?:及要求|要求|内容)?"
        r"|.{0,12}(?:预期目标|期望目标|技术指标|的目标|考核指标|指标|预期效果|(?:技术|性能|主要|关键)参数)",
    ),
    (
        "problem",
        r"(?:主要|技术|项目|企业|具体)?(?:需求|研究|研发|攻关|工作)?(?:内容|方向|描述|情况)|.{0,10}(?:技术)?(?:难题|难点|痛点|问题|瓶颈)(?:和风险|及风险)?"
        r"|(?:技术|企业|项目)需求(?:情况)?|需求|需求描述|预计解决.{0,8}",
    ),
)
_HEADING = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in HEADINGS))
_ENDS = re.compile(r"[:：。\n)）]|$|\s")

BACKGROUND = re.compile(
    r"公司(?:成立|是|系|位于|拥有|现有|具有|已|自|具备|主营|占地|目前拥有)|成立于|成立以来|注册资(?:本|金)|占地|建筑面积|高新技术企业|销售(?:收入|额)|"
    r"营业收入|年产值|产值|利润|拥有.{0,12}(?:人员|专利|职工|员工|设备|团队)|荣获|获得.{0,8}(?:奖|称号|认定)|专精特新|工程技术研究中心|技术中心|"
    r"(?:授权|申请|申报).{0,6}专利|随着|近年来|众所周知|目前国内外?|我国|在全球|在国际|据(?:不完全)?统计|研究表明|实验证明|市场(?:前景|需求|占有)|合作关系|"
    r"已投入|累计投入|已(?:完成|具备|开展|建立|掌握|获得|取得|拥有)|现有(?:基础|设备|团队|厂房)|founded|our company"
)
PRAISE = re.compile(
    r"(?:产品|货|设备)[^，,。；;]{0,8}?(?:销(?:往|到|至|售到|全国|海外|国内外)|卖到|畅销|热销|出口)|远销|畅销|深耕|口碑|好评|信赖|实力雄厚|力量雄厚|"
    r"(?:设备|技术|工艺)先进|(?:国内|国际|行业|全国)(?:内)?领先|龙头|佼佼者|"
    r"^(?:我们?|本|咱们?)[^，,。；;]{0,4}?(?:是(?:一家|专业|专门)?(?:做|搞|生产|从事)|"
    r"(?:生产|做|干)[^，,。；;]{1,14}?(?:[一二三四五六七八九十百]|\d)+多?余?年(?!产)|有[^，,。；;]{0,6}?(?:[一二三四五六七八九十百千]|\d)[^，,。；;]{0,4}人)"
)
TURN = re.compile(r"[想要但却]|现在|目前|如今|可是|就是|不过|因为|由于|老是|总是|经常")
TARGET = re.compile(
    r"目标|指标|要求|达到|不低于|不高于|不超过|不少于|不大于|不小于|至少|期望|力争|预期|≥|≤|＜|＞|应(?:能|该|当|满足|小于|大于|不)|须|必须|需(?:满足|达到)|实现.{0,20}(?:化|的)|控制在|shall|target|must"
)
PROBLEM = re.compile(
    r"问题|难题|难点|痛点|瓶颈|缺点|缺陷|不足|难以|无法|不能|容易|易(?:产生|出现|发生|导致)|导致|造成|较(?:低|差|高|大|慢|难)|影响|不稳定|不均|损坏|失效|"
    r"依赖进口|退货|投诉|返工|报废|坏|漏|断|攻克|突破|解决|problem|difficult"
)
OF_THE_FIRM = re.compile(
    r"(?:我|本|该)?(?:公司|厂|企业|集团|单位)[^，,。；]{0,8}?(?:成立于|占地|始建|创建|注册|是一家|现有(?:员工|职工|人员)|拥有|年产|荣获|先后|主营|主要(?:从事|生产))"
)
MEASURED = re.compile(r"≥|≤|不低于|不超过|不大于|不小于|要求|目标|指标")
OF_MONEY = re.compile(r"(?:项目|资金|经费|总)?(?:总)?(?:预算|经费|投资)(?!能力)|拟投[入资]|计划投[入资]|预计投[入资]")
TRIED = re.compile(
    r"试过|尝试(?:过|了)?|曾(?:经)?(?:采用|用|与|做)|试用|以往采用|(?:现|目前|原来?)(?:采用|使用|用的)|现有(?:工艺|技术|方法|方案|设备)|传统(?:工艺|方法|方式|的)|常规方式|"
    r"已(?:做|试|研制|开发|完成)[^，。；]{0,16}(?:样机|小试|中试|试验|实验)|已有的?解决方案|更换(?:了|过|传输)|(?:均|都|仍|还是)(?:没有|未|无法|不能)"
)
SCENE = re.compile(
    r"工况|(?:环境|条件|温度|压力)下|介质|井下|现场|用于|应用于|安装(?:在|于|空间)|车间|产线|生产线上|使用环境|露天|海拔|潮湿|高温|低温|高压|腐蚀性|户外|田间|野外|高空"
)
WISH = re.compile(
    r"需要|需求|希望|寻求|寻找|征集|拟|期望|亟需|急需|诚邀|欢迎|欲|求购|引进|想(?:找|要)|looking for|seek|need"
)


@dataclass(frozen=True)
class Segment:
    """A sentence and its role. ``headed`` when a heading of the text said so, else it is our reading."""

    sentence: Sentence
    role: str
    headed: bool

    @property
    def aspect(self) -> str:
        """``tried`` or ``scene`` where the sentence says so besides its role, else an empty string."""
        if self.role == "money":
            return ""
        words = self.sentence.text
        return "tried" if TRIED.search(words) else "scene" if SCENE.search(words) else ""


def heading_role(body: str) -> tuple[str, int]:
    """The role that a heading at the start gives, and its length; ("", 0) when there is none."""
    match = _HEADING.match(body[:40])
    if not match or match.end() > 24:
        return "", 0
    rest = body[match.end() :]
    if not rest or _ENDS.match(rest):
        return str(match.lastgroup), match.end()
    return "", 0


def segment(text: str) -> list[Segment]:
    """Every sentence with its role. A heading holds until the next; without one the words decide."""
    found: list[Segment] = []
    current, headed = "", False
    for sentence in sentences(text):
        body = sentence.body
        if not body:
            continue
        role, length = heading_role(body)
        if role:
            current, headed = role, True
        rest = body[length:].strip(" :：。；;）)") if role else body
        if rest or role:
            said = _role(rest, current) if headed else read_role(body)
            found.append(Segment(sentence, said, headed and said == current))
    return found


def _role(body: str, current: str) -> str:
    """Under a heading the heading decides, except that a boast or a budget under it is still what it is."""
    if current != "background" and OF_THE_FIRM.match(body) and not MEASURED.search(body):
        return "background"
    if current in ("problem", "target") and OF_MONEY.match(body):
        return "money"
    if current in ("problem", "cooperation") and BACKGROUND.search(body) and not WISH.search(body):
        return "background" if not TARGET.search(body) else current
    if current in ("problem", "cooperation") and praises(body):
        return "background"
    return current


def praises(body: str) -> bool:
    """Whether a sentence only says how good the firm is: 产品销往全国 with no word of what is wrong or wanted."""
    return bool(PRAISE.search(body)) and not any(said.search(body) for said in (PROBLEM, TARGET, WISH, TURN))


def read_role(body: str) -> str:
    """The role of a sentence that stands under no heading."""
    if OF_MONEY.match(body):
        return "money"
    wish, boast = WISH.search(body), BACKGROUND.search(body)
    if boast and not wish and not re.search(r"要求|目标|≥|≤|指标", body):
        return "background"
    if TARGET.search(body):
        return "target"
    if praises(body):
        return "background"
    return "problem" if wish or PROBLEM.search(body) or not boast else "background"
