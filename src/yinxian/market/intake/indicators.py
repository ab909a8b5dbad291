"""Measurable targets of the wanted technology, each with the words it was read from.

Not taken: the present state, the firm's size, turnover, staff and area, market aims, counts of patents and
papers, and conditions under which something else is measured.
"""

from __future__ import annotations

import re
from decimal import Decimal

from yinxian.kernel.quantity import Bound, Found, Indicator, parse_quantities, plain

from .names import direction, name_after, name_before
from .segments import PROBLEM, Segment

MOST = 200
MONEY_UNITS = {"元", "美元", "欧元", "亿"}
TIME_UNITS = {
    *("年", "个月", "月", "周", "天", "日", "小时", "h", "H", "hr", "d", "a"),
    *("min", "分钟", "分", "s", "S", "秒", "秒钟", "ms", "毫秒", "us", "μs", "微秒", "ns", "纳秒"),
}
COUNTS = {
    *"项篇部人家名套种批门件户笔册座位代条张个台支头点层亩只辆组步根羽尾粒株回卷",
    *("平方米", "平米", "公顷", "人次", "节点", "通道", "吨级"),
}
NEVER_COUNTS = {"项", "篇", "部", "人", "家", "名", "种", "批", "门", "户", "册", "笔", "公顷", "亩", "人次", "吨级"}

SYMBOL = re.compile(r"[≥≤<>＜＞≧≦⩾⩽]")
STRONG = re.compile(
    r"[≥≤<>＜＞≧≦⩾⩽±]|^\s*(?:不|至少|至多|最少|最多|起码|"
    r"at |no |not |within|up to|less|more|greater|below|above|小于等于|大于等于|控制)"
)
DEMAND = re.compile(
    r"目标|指标|要求|应|须|需(?!求)|希望|期望|力争|保证|确保|满足|实现|达到|达|提高|提升|降低|减少|缩短|增加|控制|优于|不低于|不超过|不大于|不小于|不少于|能够|使"
)
PRESENT = re.compile(
    r"目前|现有|现在|现阶段|现状|原有|原来|当前|已(?!知)|曾|传统|常规|常用|以往|国内外?|国外|我国|全国|全球|同行|行业|进口|市场上?|普遍|通常|一般(?!不)|仅|只有|不到|实测|为例|统计|"
    r"每年(?:约|需|有)|竞争|某"
)
TURN = re.compile(
    r"要求|目标|指标|希望|期望|提高|提升|降|减少|减低|缩短|增|达到|不低于|不超过|应|需(?!求)|须|满足|控制|替代"
)
TURNED = re.compile(rf"(?:{TURN.pattern}).*\||\|(?:提高|提升|增|降|减|缩|延|控制|下降|压缩|不)")
SIZE = re.compile(
    r"销售|收入|利润|产值|营业|注册|资产|占地|(?<!表)面积为?$|厂房|建筑|人员|职工|员工|人才|专家|教授|专利|论文|著作权|标准\d?|奖|证书|客户|门店|基地|年产|月产|"
    r"市场份额|占有率|市场容量|投资|投入|预算|经费|资金|成立|历史|人口|死亡人|经济损失|报告|样机|推广|出口[额量到]|研究生|博士|项目|课题"
)
CHANGE = re.compile(
    r"(?:提高|提升|增加|增长|升高|增幅|降低|减少|下降|缩短|减低|减轻|节约|节省|降幅|减重)(?:了|约|至少|不低于|不少于)?\s*$"
)
CHANGE_TO = re.compile(
    r"(?:降|减|缩短|下降|降低|减少|压缩|控制)(?:低|少|小|短)?(?:到|至|为|在)(?P<less>)?\s*$|(?:提高|提升|增加|增长)(?:到|至|为)\s*$"
)
FROM = re.compile(r"(?:由|从|自)[^由从自\d]{0,16}$")
THEN = re.compile(r"^[^，,。；;\n]{0,8}?(?:降|提|升|增|减|变|改|缩|逐渐|逐步)")
LIFE = re.compile(
    r"寿命|时间|周期|时长|连续|工作|运行|使用|延迟|时延|耗时|试验|盐雾|保质|货架|响应|续航|待机|有效期|间隔|恢复|启动|速度|存活|保存|存储|储存|储藏|检测|保温|老化|耐久|凝|固化|干燥|反应|停留|无故障|免维护|质保"
)
CONDITION_AFTER = re.compile(
    r"^\s*(?:内|之内|后|前|时|下|的?(?:条件|环境|工况|情况|压力|温度|浓度)(?:下|中|时))|^的(?!范围|精度|要求|目标|水平|指标|速度|效率)"
)
NATION = re.compile(r"我国|全国|世界|发达国家|据.{0,6}统计|数据显示|资料显示|每年(?:约|浪费|产生|因)|五年规划")
SAID_OF_THE_WORLD = re.compile(r"^\s*(?:高达|可达|多达)")
RATE = re.compile(r"/(?:分钟|min|小时|h|s|秒|班|天|d)$")
ASKED = re.compile(r"(?:要求|目标|指标|应|须|需(?!求)|拟(?:开发|研制|研发|采用))[^，,]{0,12}$")
OF_THE_FIRM_NOW = re.compile(r"(?:我|本)?(?:公司|厂|企业|集团)[^，,。]{0,6}(?:目前|现|已|主要|拥有|生产)")
REQUESTED = re.compile(r"需求|需要|希望|要求|寻求|开发|研制|研发|设计")
DEAR = 100_000  # yuan; above it a figure of money is a budget or a turnover, not the cost of a piece
YEARS = range(1900, 2101)


def read_indicators(text: str, segments: list[Segment]) -> list[Indicator]:
    """The indicators of the text in order, without repetitions, at most MOST."""
    spoken_of: dict[str, str] = {}
    taken: dict[tuple[str, str | None, str | None, str], Indicator] = {}
    for segment in segments:
        if len(taken) >= MOST:
            break
        for found, indicator in _in_segment(segment, spoken_of):
            key = (indicator["op"], indicator["low"], indicator["high"], indicator["unit"].lower() + found.prefix)
            if key not in taken or taken[key]["name"] != indicator["name"]:
                taken.setdefault((*key[:3], key[3] + indicator["name"]), indicator)
    return list(taken.values())[:MOST]


def _in_segment(segment: Segment, spoken_of: dict[str, str]) -> list[tuple[Found, Indicator]]:
    """The indicators of a sentence. ``spoken_of`` is the last name with each unit, in this and earlier sentences:
    合格率由85%提高到98% says the name once."""
    words = segment.sentence.text
    kept: list[tuple[Found, Indicator]] = []
    condition, last_start, last_end = "", 0, 0
    for found in parse_quantities(words):
        signed = found.sign != ""
        if not signed and last_end and words[last_end : last_end + 1] in ("(", "（") and found.end - last_end < 16:
            continue  # 300kN（锚固长度1m）: under which condition the figure before it holds
        name, start = name_before(words, last_end, found.start)
        if is_condition(words, found, name):
            condition = words[found.start : found.end]
            continue
        if not name and signed:
            name, start = name_before(words, last_end, found.start, signed=True)
        if not name and signed:
            name = spoken_of.get(found.bound.unit, "")
        if not name and signed and last_end and found.start - last_end <= 2:
            name, start = words[last_start:last_end].strip(), last_start  # 循环1000次≥80%
        full = found.name or name or found.prefix
        full = full or (name_after(words, found.end) if signed else "")
        full = f"{condition}{full}" if condition and not name else full
        if name and found.bound.unit:
            spoken_of[found.bound.unit] = name
        if found.bound.unit:
            last_start, last_end = found.start, found.end
        if not full or not wanted(words, found, full, segment):
            continue
        indicator = make_indicator(words, found, full, start)
        condition = ""
        kept.append((found, indicator))
    return kept


def is_condition(words: str, found: Found, name: str) -> bool:
    """28d达到70MPa, 1h内抗压强度, 90%以上的节点: the figure says when or of what, not how much."""
    unit, after = found.bound.unit, words[found.end : found.end + 10]
    inside = words[found.start : found.end].rstrip().endswith("内")
    if unit in TIME_UNITS:
        if inside and not re.search(r"时间|周期|寿命|响应|时长|延迟|时延|恢复|启动", name):
            return True
        return not LIFE.search(words[max(0, found.start - 14) : found.start]) and found.sign in ("", "about")
    if unit == "%" and not name and after[:1].isalpha():
        return True
    return found.sign != "tolerance" and bool(CONDITION_AFTER.match(after)) and "的" in after[:1] and not name


def wanted(words: str, found: Found, name: str, segment: Segment) -> bool:
    """Whether the quantity is a target of the technology and not something about the firm or the present."""
    bound, role = found.bound, segment.role
    value = bound.low if bound.low is not None else bound.high
    if value is None or _figure_of_something_else(words, found, name, value):
        return False
    clause = words[max(0, found.start - 40) : found.start]
    clause = re.split(r"[，,；;。：:]", clause)[-1]
    span = words[found.start : found.end]
    strong = bool(STRONG.search(span)) or found.sign == "tolerance"
    if not bound.unit and not (SYMBOL.search(span) or (strong and (found.prefix or _plain_number_counts(name)))):
        return False
    after = words[found.end : found.end + 16]
    if FROM.search(clause) and THEN.match(after):
        return False
    if SAID_OF_THE_WORLD.match(span) and not TURN.search(clause):
        return False
    if NATION.search(words[: found.start]) and not re.search(r"要求|目标|指标", words[: found.start]):
        return False
    if (present := PRESENT.search(clause)) and not TURNED.search(clause[present.end() :] + "|" + span) and not strong:
        return False
    if not segment.headed and OF_THE_FIRM_NOW.match(segment.sentence.body) and not TURN.search(clause):
        return False
    if role == "background":
        return strong and segment.headed is False and bool(re.search(r"要求|目标|指标|需求|需要", words))
    if role == "target":
        return strong or found.sign != "" or bound.op == "range" or _bare_target(words, found, name, clause)
    if strong or _asked(clause, found):
        return True
    if found.sign in ("sign", "reach") and DEMAND.search(clause + span):
        return True
    before = words[: found.start]
    if PRESENT.search(before) or PROBLEM.search(words):
        return False
    if REQUESTED.search(before):
        return bool(found.sign == "sign" or direction(name) or CHANGE.search(before))
    return found.sign == "sign" and bool(direction(name))


def _figure_of_something_else(words: str, found: Found, name: str, value: Decimal) -> bool:
    unit = found.bound.unit
    around = re.split(r"[，,、；;。]", words[max(0, found.start - 12) : found.start])[-1]
    after = words[found.end : found.end + 8]
    if unit.split("/")[0] in MONEY_UNITS and not re.search(r"成本|价|费用", name):
        return True
    if (
        unit == "元"
        and found.sign != ""
        and value < DEAR
        and re.search(r"成本|单价|价格|费用", words[: found.start][-24:])
    ):
        return False
    if unit in MONEY_UNITS or re.match(r"\s*(?:万元|亿元|元)", after):
        return True
    if unit in ("年", "月", "日", "代") and (
        value in YEARS or re.match(r"来|前|后|度|代|底|初|末|以来|间|多|\d", after)
    ):
        return True
    if unit in NEVER_COUNTS or (unit in COUNTS and found.sign == "" and found.bound.op != "range"):
        return not re.search(r"同时|支持|并发|容纳|每", around) or unit in ("项", "篇", "家", "部", "名")
    if re.search(r"产[能量]", name) and not RATE.search(unit):
        return True
    return bool(SIZE.search(name) or SIZE.search(around[-8:])) or bool(
        re.match(r"\s*(?:发明|专利|论文|软件著作)", after)
    )


def _plain_number_counts(name: str) -> bool:
    return bool(re.search(r"率|系数|比|度|值|指数|级|pH|因数|因子|倍数|Ra|Rz|数$|量$", name, re.IGNORECASE))


def _bare_target(words: str, found: Found, name: str, clause: str) -> bool:
    if found.bound.unit in TIME_UNITS and not LIFE.search(words[max(0, found.start - 14) : found.end + 4]):
        return False
    return bool(name) and not re.match(r"\s*(?:型|粒度|规格|号|版|类|档)", words[found.end : found.end + 4])


def _asked(clause: str, found: Found) -> bool:
    """In a sentence that is not a target: a bare figure counts only behind a verb of change."""
    return bool(found.bound.unit) and bool(ASKED.search(clause))


def make_indicator(words: str, found: Found, name: str, start: int) -> Indicator:
    """The house's indicator, its operator settled by what the name is: an error should be small, a life long."""
    bound = found.bound
    before = words[max(0, found.start - 12) : found.start]
    better = direction(name)
    if bound.op in ("=", ">=") and found.sign in ("", "reach") and bound.low is not None:
        changed = CHANGE.search(before) or CHANGE.search(name)
        to = CHANGE_TO.search(before)
        if to:
            less = to[0].startswith(("降", "减", "缩", "下", "压", "控"))
            bound = _at_most(bound) if less else Bound(">=", bound.low, None, bound.unit)
        elif changed:
            bound = Bound(">=", bound.low, None, bound.unit)
        elif better == "less" and found.sign == "reach":
            bound = _at_most(bound)
        elif found.sign == "" and better == "more":
            bound = Bound(">=", bound.low, None, bound.unit)
    quote = words[start : found.end].strip(" \n，,、；;。（(")
    return {
        "name": name[:60],
        "op": bound.op,
        "low": None if bound.low is None else plain(bound.low),
        "high": None if bound.high is None else plain(bound.high),
        "unit": bound.unit[:20],
        "quote": quote[:120],
    }


def _at_most(bound: Bound) -> Bound:
    return Bound("<=", None, bound.low, bound.unit)
