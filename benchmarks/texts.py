"""A made market from a seed: results and long needs, for benchmarks. No real firm, person or text is in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

SEED, NEEDS = 20261122, 20
ANSWERS = 1000  # texts to one that answers a need


def listed(words: str) -> list[str]:
    return words.split()


THINGS = listed(
    "催化剂 传感器 换热器 喷射器 轴承 隔膜 电解槽 涂层 树脂 合金 "
    "芯片 电机 阀门 泵体 反应器 滤芯 燃烧室 机器人 激光器 天线"
)
ADJECTIVES = listed(
    "低温 高压 柔性 纳米 复合 智能 稀土 多孔 陶瓷 水基 生物基 超声 真空 模块化 耐腐蚀 轻量化 在线 分布式 自修复 高通量"
)
ACTIONS = listed("消除 氧化 分离 回收 检测 成型 封装 降噪 脱硝 提纯 焊接 涂覆 预测 识别 输送 储存 冷却 干燥 杀菌 加氢")
OBJECTS = listed(
    "一氧化碳 氮氧化物 甲醇 氢气 废水 余热 粉尘 锂盐 秸秆 污泥 "
    "烟气 冷却液 切削油 疫苗 果蔬 钢水 玻璃基板 光纤 血糖 噪声"
)
PLACES = listed(
    "热水器 烟道 焦炉 储能电站 产线 矿井 船舶 温室 医院 无人机 高铁 桥梁 数据中心 炼化装置 注塑机 冷库 实验室 城市管网"
)
FIGURES = [("寿命", ">=", "h", 1000, 60000), ("一氧化碳浓度", "<=", "ppm", 5, 200), ("效率", ">=", "%", 60, 99),
           ("压降", "<=", "Pa", 20, 400), ("工作温度", "<=", "℃", 20, 900)]  # fmt: skip
CHARACTERS = (
    "安本成大德恩方光海嘉康利明宁平启清荣瑞盛泰维新信兴宇远泽正志中卓江河山林石岩松柏云峰川湖田原金木水火土风雷电热冷磁力声波"
    "粒膜孔层面线点体管板片环轮齿链带绳网箱柜盘杆柱梁架座盖塞栓钉针孔槽沟缝角边端头尾芯壳皮纤丝绒布纸浆胶漆油脂蜡盐酸碱糖醇醛酮酯"
)
WORDS = 30_000  # of the vocabulary; drawn by rank like a natural one


class Writer:
    """Texts whose words are as unequally common as those of a language (Zipf), so that no engine is flattered."""

    def __init__(self, seed: int) -> None:
        made = random.Random(SEED)  # one vocabulary for texts and needs
        trade = [*THINGS, *ADJECTIVES, *ACTIONS, *OBJECTS, *PLACES]
        coined = {"".join(made.choices(CHARACTERS, k=made.choice((2, 2, 2, 3)))) for _ in range(WORDS)}
        self.words = sorted({*coined, *trade})
        made.shuffle(self.words)
        weights = [1 / (rank + 20) for rank in range(len(self.words))]
        self.sums = list(accumulate(weights))
        self.rng = random.Random(seed)

    def phrase(self, words: int) -> str:
        return "".join(self.rng.choices(self.words, cum_weights=self.sums, k=words))

    def sentences(self, count: int) -> str:
        return "".join(f"{self.phrase(7)}，{self.phrase(6)}。" for _ in range(count))


def indicators(rng: random.Random, count: int) -> list[dict[str, Any]]:
    rows = []
    for name, op, unit, low, high in rng.sample(FIGURES, count):
        value = str(rng.randint(low, high))
        ends = {"low": value, "high": None} if op == ">=" else {"low": None, "high": value}
        rows.append({"name": name, "op": op, **ends, "unit": unit, "quote": f"{name}{value}{unit}"})
    return rows


def texts(count: int) -> Iterator[dict[str, Any]]:
    """Results of about 250 characters with three indicators each; one in a thousand answers a need, in part in its
    own words, as some result of a market does."""
    writer = Writer(SEED + 1)
    rng = writer.rng
    asked = needs()
    for number in range(count):
        description = writer.sentences(6)
        if number % ANSWERS == ANSWERS - 1:
            said = asked[number // ANSWERS % NEEDS]["target"].split("。")
            description = "。".join([*said[:3], *description.split("。")[3:]])
        yield {
            "title": f"{rng.choice(ADJECTIVES)}{writer.phrase(3)}{rng.choice(ACTIONS)}技术",
            "problem": writer.sentences(2),
            "description": description,
            "indicators": indicators(rng, 3),
            "field": f"{rng.randint(1, 11):02d}",
            "trl": rng.randint(2, 9),
        }


def needs() -> list[dict[str, Any]]:
    """Long needs with four indicators each."""
    writer = Writer(SEED + 2)
    rng = writer.rng
    return [
        {
            "title": f"{rng.choice(PLACES)}{rng.choice(OBJECTS)}{writer.phrase(2)}{rng.choice(ACTIONS)}",
            "problem": writer.sentences(7),
            "target": writer.sentences(7),
            "background": "",
            "indicators": indicators(rng, 4),
            "field": [{"code": f"{rng.randint(1, 11):02d}", "name": "", "score": 1}],
            "modes": ["licence"],
            "keywords": [],
            "constraints": [],
            "budget": None,
            "deadline": None,
            "duration_months": 6,
        }
        for _ in range(NEEDS)
    ]
