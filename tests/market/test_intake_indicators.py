"""What is taken for a target of the wanted technology, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from yinxian.market.intake import make_brief

TODAY = date(2026, 3, 4)


def read(text: str, title: str = "") -> list[tuple[str, str | None, str | None, str]]:
    return [(one["op"], one["low"], one["high"], one["unit"]) for one in make_brief(title, text, TODAY)["indicators"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预期目标：一氧化碳浓度不超过５０ｐｐｍ。", [("<=", None, "50", "ppm")]),
        (
            "要求：起燃温度≤25℃，寿命≥5年，压降不大于80Pa。",
            [("<=", None, "25", "℃"), (">=", "5", None, "年"), ("<=", None, "80", "Pa")],
        ),
        ("技术指标：定位精度±0.02mm", [("<=", None, "0.02", "mm")]),
        ("目标：含水率由75%降至12%-15%。", [("range", "12", "15", "%")]),
        ("目标：能耗降低30%。", [(">=", "30", None, "%")]),
        ("目标：废品率降低到2%。", [("<=", None, "2", "%")]),
        ("指标要求：表面硬度HRC55-65", [("range", "55", "65", "HRC")]),
        ("目标：产能达到每分钟30件。", [(">=", "30", None, "件/分钟")]),
        ("预期目标：连续工作1.5万小时不失效。", [(">=", "15000", None, "小时")]),
        ("技术要求：收率不低于百分之九十五。", [(">=", "95", None, "%")]),
        ("预期目标：24h内吸水率小于3%。", [("<", None, "3", "%")]),
        ("目标：测量误差达到2μm。", [("<=", None, "2", "μm")]),
        ("希望把噪音控制在60dB以内。", [("<=", None, "60", "dB")]),
        ("目标：效率提高2-3倍。", [("range", "2", "3", "倍")]),
        ("希望将产品合格率由目前的85%提高到98%以上。", [(">=", "98", None, "%")]),
        ("我们现在的良品率只有85%，想提高到95%。", [(">=", "95", None, "%")]),
        ("目标：吨产品耗汽由1.2吨降至0.9吨以下。", [("<=", None, "0.9", "吨")]),
        ("技术指标：工作电压3.3V±5%，待机功耗小于10μW。", [("range", "3.135", "3.465", "V"), ("<", None, "10", "μW")]),
        ("目前国外同类产品寿命可达10000小时。我们要求不低于8000小时。", [(">=", "8000", None, "小时")]),
        ("拟解决的问题：强度低于300MPa，希望达到500MPa。", [(">=", "500", None, "MPa")]),
        ("指标：色差ΔE≤1.5", [("<=", None, "1.5", "")]),
        (
            "leakage at most 0.5 mL/min, service life at least 5 years",
            [("<=", None, "0.5", "mL/min"), (">=", "5", None, "years")],
        ),
        ("粘度要求不低于35福特杯秒。", [(">=", "35", None, "福特杯秒")]),
        ("要求涂料粘度达到35福特杯秒以上，附着力好。", [(">=", "35", None, "福特杯秒")]),
        ("要求起泡高度控制在120罗氏泡沫毫米以内。", [("<=", None, "120", "罗氏泡沫毫米")]),
        ("要求有8名员工以上。", []),
        ("要求产能每分钟30件以上。", [(">=", "30", None, "件/分钟")]),
        ("希望寿命翻一倍。", [(">=", "1", None, "倍")]),
    ],
)
def test_targets_are_read(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "现有工作基础：公司占地120亩，建筑面积3万平方米，员工300人，年销售收入2.5亿元。",
        "公司成立于2011年，拥有发明专利20项，博士8人。",
        "目标：申请发明专利5项，发表论文3篇，培养研究生4人。",
        "目标：项目投产后年产10万台，实现产值8000万元。",
        "目前废品率达到8%，成本偏高。",
        "我国每年约有4亿吨物料进入流通。",
        "预算：500万元。",
        "希望2年内完成样机。",
        "采用GB/T 31485-2015标准，型号ZF-11D。",
    ],
)
def test_the_firm_the_present_and_the_market_are_not_targets(text: str) -> None:
    assert read(text) == []


def test_the_quote_stands_in_the_words_and_names_the_figure() -> None:
    words = "预期目标：\n1、出口一氧化碳浓度不超过50ppm；\n2、压降≤80Pa。"
    found = make_brief("", words, TODAY)["indicators"]
    assert [one["name"] for one in found] == ["出口一氧化碳浓度", "压降"]
    assert all(one["quote"] in words for one in found)


def test_the_same_figure_said_twice_is_one_indicator() -> None:
    assert len(read("目标：压降≤80Pa。技术指标：压降≤80Pa。")) == 1


@pytest.mark.parametrize(("text", "name"), [("要求产能每分钟30件以上。", "产能"), ("希望寿命翻一倍。", "寿命")])
def test_the_name_is_whole_and_without_what_is_done_to_it(text: str, name: str) -> None:
    assert [one["name"] for one in make_brief("", text, TODAY)["indicators"]] == [name]
