"""Are two indicators about the same thing? Names compared by their parts, by the trade's other words for them,
and never across opposites (入口 against 出口)."""

from __future__ import annotations

import re
from functools import lru_cache

# One line a thing: the words that people use for it. The first is only a label.
SAME = (
    ("寿命", "使用寿命", "服役寿命", "设计寿命", "使用年限", "耐久", "lifetime", "service life"),
    ("循环", "循环寿命", "循环次数", "循环性能", "cycle"),
    ("压降", "压力损失", "压损", "阻力", "流阻", "pressure drop"),
    ("浓度", "含量", "残余", "残留", "排放", "concentration", "content", "residual"),
    ("温度", "工作温度", "使用温度", "耐温", "耐受温度", "temperature"),
    ("起燃", "起燃温度", "点火温度", "启动温度", "light-off"),
    ("效率", "转化率", "利用率", "efficiency", "conversion"),
    ("去除率", "脱除率", "净化率", "消除率", "清除率", "removal"),
    ("收率", "得率", "产率", "yield"),
    ("纯度", "纯净度", "purity"),
    ("精度", "误差", "偏差", "准确度", "精确度", "accuracy", "error", "precision"),
    ("重复", "重复精度", "重复定位", "repeatability"),
    ("强度", "strength"),
    ("抗压强度", "抗压", "耐压强度", "compressive"),
    ("抗拉强度", "拉伸强度", "抗张强度", "tensile"),
    ("硬度", "hrc", "hardness"),
    ("响应", "响应时间", "反应时间", "response"),
    ("产能", "产量", "年产", "处理量", "处理能力", "capacity", "throughput"),
    ("功率", "额定功率", "输出功率", "power"),
    ("能耗", "电耗", "耗电", "单位能耗", "energy use", "consumption"),
    ("噪声", "噪音", "声压", "noise"),
    ("成本", "造价", "价格", "cost"),
    ("密度", "能量密度", "比能量", "density"),
    ("比表面积", "比表面", "bet"),
    ("首效", "首次效率", "首次库仑效率", "首周效率", "首周库仑效率"),
    ("粒径", "粒度", "颗粒度", "particle size"),
    ("厚度", "膜厚", "thickness"),
    ("重量", "质量", "自重", "weight", "mass"),
    ("速度", "速率", "转速", "speed", "rate"),
    ("合格率", "良品率", "良率", "成品率"),
    ("识别率", "识别准确率", "检出率", "准确率", "正确率"),
    ("压力", "工作压力", "耐压", "pressure"),
    ("流量", "flow"),
    ("周期", "时间", "用时", "duration"),
)
# Things that only say what is measured, not of what: sharing one of these alone makes no pair.
GENERIC = frozenset(
    (
        "温度",
        "浓度",
        "效率",
        "压力",
        "强度",
        "密度",
        "精度",
        "速度",
        "周期",
        "流量",
        "功率",
        "重量",
        "厚度",
        "成本",
        "硬度",
    )
)
# What is measured: figures about different substances are never put beside each other.
SUBSTANCES = (
    ("一氧化碳", "co", "carbon monoxide"), ("二氧化碳", "co2"), ("氮氧化物", "nox", "一氧化氮", "二氧化氮"),
    ("二氧化硫", "so2"), ("甲醛", "hcho"), ("挥发性有机物", "voc", "vocs"), ("氨氮",), ("总氮",), ("总磷",),
    ("化学需氧量", "cod"), ("生化需氧量", "bod"), ("悬浮物", "ss"), ("粉尘", "颗粒物", "烟尘", "pm2.5", "pm10"),
    ("硫化氢", "h2s"), ("甲烷", "ch4"), ("氢气", "h2"), ("氧气", "氧含量", "o2"), ("水分", "含水", "含湿", "moisture"),
    ("铁",), ("铜",), ("铅",), ("镉",), ("砷",), ("铝",), ("硅",), ("锂",), ("钠",), ("氯",), ("硫",), ("磷",),
)  # fmt: skip
OPPOSITES = (
    ("入口", "出口"), ("进口", "出口"), ("进水", "出水"), ("最大", "最小"), ("最高", "最低"), ("上限", "下限"),
    ("充电", "放电"), ("高温", "低温"), ("横向", "纵向"), ("轴向", "径向"), ("内径", "外径"), ("吸收", "释放"),
    ("inlet", "outlet"), ("max", "min"),
)  # fmt: skip
IDLE = re.compile(
    r"[\s,，。:：;；()（）\[\]【】/、·\-—_]+|的|指标|性能|参数|不低于|不高于|小于|大于|达到|要求"
    r"|等效|实测|平均|额定|整机|产品|出厂|综合|累计|典型|正常|稳定|连续|预期|保证|实际|单位|总"
)
LATIN = re.compile(r"[a-z0-9.]+")
SURE, LIKELY, APART = 0.5, 0.25, 0.2


@lru_cache(maxsize=4096)
def parts(name: str) -> frozenset[str]:
    """A name as comparable parts: pairs of characters, Latin words, and one mark for each known thing in it."""
    folded = name.casefold().strip()
    things = {f"={group[0]}" for group in SAME if any(_holds(folded, word) for word in group)}
    things |= {f"={substance}" for substance in substances(folded)}
    bare = IDLE.sub("", folded)
    chinese = LATIN.sub(" ", bare)
    pairs = {word[i : i + 2] for word in chinese.split() for i in range(max(1, len(word) - 1))}
    return frozenset(things | pairs | set(LATIN.findall(folded)))


def _holds(text: str, word: str) -> bool:
    """Whether the word is in the text; a Latin word must stand for itself (``co`` is not in ``cod``)."""
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text


def opposed(first: str, second: str) -> bool:
    """Whether one name says the opposite end of the other's scale."""
    one, two = first.casefold(), second.casefold()
    return any(
        (a in one and b in two and b not in one) or (b in one and a in two and a not in one) for a, b in OPPOSITES
    )


@lru_cache(maxsize=4096)
def substances(name: str) -> frozenset[str]:
    """The substances that a name speaks of; the longest word wins (硫化氢 is not also 硫)."""
    rest, found = name.casefold(), set()
    for word, label in _BY_LENGTH:
        if _holds(rest, word):
            found.add(label)
            rest = rest.replace(word, " ")
    return frozenset(found)


_BY_LENGTH = sorted(((word, group[0]) for group in SUBSTANCES for word in group), key=lambda row: -len(row[0]))


@lru_cache(maxsize=8192)
def similarity(first: str, second: str) -> float:
    """0 to 1. A shared known thing counts like three shared pairs; the shorter name sets the scale."""
    if not first or not second or opposed(first, second):
        return 0.0
    if first.casefold() == second.casefold():
        return 1.0
    of_one, of_two = substances(first), substances(second)
    if of_one and of_two and not of_one & of_two:
        return 0.0
    one, two = parts(first), parts(second)
    if not one or not two:
        return 0.0
    likeness = _weight(one & two) / max(1.0, min(_weight(one), _weight(two)))
    of_one, of_two = specifics(first), specifics(second)
    apart = of_one and of_two and not of_one & of_two
    return min(likeness, APART) if apart else likeness


@lru_cache(maxsize=4096)
def specifics(name: str) -> frozenset[str]:
    """What a name says beyond a generic thing: of 起燃温度 that it is 起燃, of 供汽温度 that it is 供汽."""
    folded = name.casefold()
    found = {label for label in parts(name) if label.startswith("=") and label[1:] not in GENERIC}
    rest = folded
    for word, _label in _ALL_WORDS:
        if _holds(rest, word):
            rest = rest.replace(word, " ")
    return frozenset(found | set(IDLE.sub(" ", rest).split()))


_ALL_WORDS = sorted(
    ((word, group[0]) for group in (*SAME, *SUBSTANCES) for word in group), key=lambda row: -len(row[0])
)


def _weight(marks: frozenset[str]) -> float:
    return sum(3.0 if mark.startswith("=") else 1.0 for mark in marks)
