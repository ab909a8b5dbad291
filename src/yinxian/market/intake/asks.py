"""What is missing in a brief, and the questions that would fill it, most worth first.

A question is ``{"code", "about", "text"}``: ``text`` when a person wrote it, else the sentence of its code in
the reader's language with ``about`` in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from django.utils.translation import gettext_lazy as _

MOST = 8


class Question(TypedDict):
    code: str
    about: str
    text: str


MISSING = {
    "problem": _("要解决的问题"),
    "target": _("想达到的目标"),
    "indicators": _("可测的指标"),
    "present": _("现在是什么水平"),
    "tried": _("试过什么、为什么不行"),
    "scene": _("用在哪里、什么工况"),
    "constraints": _("不能动的条件"),
    "budget": _("预算"),
    "deadline": _("期限"),
    "modes": _("合作方式"),
    "ownership": _("知识产权归属"),
    "acceptance": _("怎么验收"),
}
SENTENCES = {
    "problem": _("现在卡在哪一道工序、哪一个现象？多久出现一次，出现时损失多少？"),
    "target": _("做成以后，什么变了才算解决？请用一句话说。"),
    "indicators": _("哪几个数达到多少才算解决？至少给一个：数值、单位、谁来测、怎么测。"),
    "present": _("“%(about)s”现在是多少？是在什么条件下测的？"),
    "present_any": _("最关心的那个数现在是多少？在什么条件下测的？"),
    "tried": _("以前试过哪些办法、找过谁？为什么没有成？"),
    "scene": _("用在什么设备、什么介质里？温度、压力、节拍、安装空间是多少？"),
    "constraints": _("哪些不能动：现有设备、原料、占地、停产时间、安全与环保许可？"),
    "budget": _("这件事打算花多少钱？批下来了没有？一次付还是分几步付？"),
    "deadline": _("什么时候要用上？期限是谁定的，晚了会怎样？"),
    "modes": _("希望怎么合作：委托开发、买断、许可、技术服务，还是一起做？"),
    "ownership": _("成果归谁？对方还能不能卖给您的同行？"),
    "acceptance": _("由谁、在哪里、按什么标准验收？"),
    "unit": _("“%(about)s”的单位或测法是什么？"),
    "payer": _("谁拍板、谁付钱、谁来对接技术？"),
    "indicators.01": _("识别率、误报率、响应时间、并发量、接口，至少给一个数：达到多少，用谁的数据测？"),
    "indicators.02": _("载荷、航时、精度、环境等级、适航要求，至少给一个数：达到多少，怎么验证？"),
    "indicators.03": _("节拍、精度、合格率、寿命、能耗，至少给一个数：达到多少，用什么量具测？"),
    "indicators.04": _("含量、纯度、杂质、收率、灵敏度，至少给一个数：达到多少，按哪个药典或标准测？"),
    "indicators.05": _("强度、硬度、纯度、粒度、收率，至少给一个数：达到多少，按什么方法测？"),
    "indicators.06": _("效率、能耗、功率、循环寿命、热量，至少给一个数：达到多少，在什么工况下测？"),
    "indicators.07": _("进口和出口浓度、去除率、处理量、吨处理成本，至少给一个数：达到多少，按什么标准测？"),
    "indicators.08": _("剂量、活度、屏蔽率、能量，至少给一个数：达到多少，谁来测？"),
    "indicators.09": _("亩产、抗性、成活率、料肉比、保质期，至少给一个数：达到多少，在哪里试？"),
    "indicators.10": _("重量、寿命、噪声、响应时间、油耗或电耗，至少给一个数：达到多少，跑什么试验？"),
    "indicators.11": _("强度、沉降、漏损率、响应时间、覆盖范围，至少给一个数：达到多少，由谁验收？"),
    "scene.01": _("接在什么系统上？数据从哪里来、多少、什么格式？网络和现场环境怎样？"),
    "scene.02": _("用在什么机型、什么高度和速度？温度、振动、电磁环境怎样？"),
    "scene.03": _("加工或搬的是什么件？材料、尺寸、批量、节拍、现有设备和安装空间是多少？"),
    "scene.04": _("给谁用、怎么用？现在到哪一步：小试、中试、临床还是已有批件？"),
    "scene.05": _("原料和成分是什么？温度、压力、介质、批量是多少？现用哪种牌号？"),
    "scene.06": _("装在什么设备上？负荷、温度、压力、流量、每年运行多少小时？"),
    "scene.07": _("来水、来气或来料的成分和波动范围是多少？每天多少量？现有哪些处理设施？"),
    "scene.08": _("射线种类、能量、剂量率是多少？现场有哪些许可和屏蔽？"),
    "scene.09": _("在什么地方、多大面积或多少头？品种、土壤、气候、饲养或种植方式怎样？"),
    "scene.10": _("装在什么车型、什么部位？载荷、温度、路况、安装空间是多少？"),
    "scene.11": _("在什么建筑、管网或场地？面积、年代、施工窗口、周边限制是什么？"),
}
_TRIED = re.compile(
    r"尝试|试过|采用过|曾|试用|已(?:做|试|采用|研究|开发)|样机|小试|中试|现采用|传统|目前(?:采用|使用|用)|现有(?:工艺|技术|方法|方案)"
)
_SCENE = re.compile(r"工况|条件下|环境|温度|压力|介质|井下|现场|用于|应用于|使用|安装|车间|产线|设备|装置")
_LIMITS = re.compile(
    r"不影响|不改|不增加|不得|不能|前提|必须|仅限|符合|满足[^，。]{0,16}(?:标准|规范|要求)|GB|国标|安全"
)
_OWNERSHIP = re.compile(r"知识产权|专利权?归|归属|独占|排他|买断|所有权")
_ACCEPT = re.compile(r"验收|检测报告|第三方|试验方法|标准[^，。]{0,6}(?:检测|测试|试验)|GB/?T?\s?\d|鉴定")
_PRESENT = re.compile(r"目前|现在|现有|现状|原来|当前|由\s?\d|从\s?\d|已达|只有|仅")


def what_is_missing(content: Mapping[str, Any], text: str) -> list[str]:
    """Codes of what the words do not say, most worth first."""
    said = {
        "indicators": bool(content["indicators"]),
        "problem": len(content["problem"]) >= 12,
        "target": len(content["target"]) >= 8,
        "present": bool(_PRESENT.search(text)),
        "scene": bool(_SCENE.search(text)) and bool(content.get("scene", text)),
        "tried": bool(_TRIED.search(text)),
        "budget": content["budget"] is not None,
        "deadline": content["deadline"] is not None or content["duration_months"] is not None,
        "constraints": bool(content["constraints"]) or bool(_LIMITS.search(text)),
        "modes": bool(content["modes"]),
        "acceptance": bool(_ACCEPT.search(text)),
        "ownership": bool(_OWNERSHIP.search(text)),
    }
    return [code for code, there in said.items() if not there]


def what_to_ask(content: Mapping[str, Any], missing: list[str]) -> list[Question]:
    """At most MOST questions; those about an indicator name it."""
    questions: list[Question] = []
    bare = [one for one in content["indicators"] if not one["unit"]]
    first = content["indicators"][0]["name"] if content["indicators"] else ""
    field = content["field"][0]["code"] if content.get("field") else ""
    for code in missing:
        if code == "present":
            questions.append(ask("present", first) if first else ask("present_any"))
        else:
            own = f"{code}.{field}"
            questions.append(ask(own if own in SENTENCES else code))
    questions[2:2] = [ask("unit", one["name"]) for one in bare[:2]]
    if len(questions) < MOST:
        questions.append(ask("payer"))
    return questions[:MOST]


def ask(code: str, about: str = "") -> Question:
    return {"code": code, "about": about, "text": ""}


def sentence_of(question: Mapping[str, str]) -> str:
    """The question in the reader's language."""
    if question.get("text"):
        return question["text"]
    sentence = str(SENTENCES.get(question.get("code", ""), ""))
    return sentence % {"about": question.get("about", "")} if "%(about)s" in sentence else sentence
