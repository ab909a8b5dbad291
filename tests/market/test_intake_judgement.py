"""Beyond figures: industry, ownership, the scene, what was tried, and whether anybody means to buy."""

from __future__ import annotations

from datetime import date

import pytest

from yinxian.cli.brief_text import as_text
from yinxian.market.intake import make_brief
from yinxian.market.intake.industries import divisions
from yinxian.market.intake.public import to_public

TODAY = date(2026, 3, 4)


def brief(text: str, title: str = "") -> dict:
    return make_brief(title, text, TODAY)


@pytest.mark.parametrize(
    ("title", "section", "code"),
    [
        ("数控机床主轴轴承的润滑", "C", "34"),
        ("乘用车副车架轻量化", "C", "36"),
        ("印染废水零排放", "N", "77"),
        ("煤矿巷道掘进支护", "B", "06"),
        ("小麦育种与种植", "A", "01"),
        ("避雷器电阻片配方", "C", "38"),
        ("原料药晶型控制", "C", "27"),
    ],
)
def test_the_industry_is_a_division_of_gb_t_4754(title: str, section: str, code: str) -> None:
    first = brief("", title)["industry"][0]
    assert (divisions()[first["code"]].section, first["code"]) == (section, code)


def test_every_division_has_its_section_once() -> None:
    assert len(divisions()) == 97
    assert sorted({one.section for one in divisions().values()}) == [chr(65 + n) for n in range(20)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("知识产权归我公司所有。", "client"),
        ("希望买断该项技术。", "client"),
        ("成果由双方共有。", "shared"),
        ("要求独占许可，研发方不得向同行转让。", "exclusive"),
        ("专利权归乙方所有。", "supplier"),
        ("知识产权归属另行协商。", "to_agree"),
        ("公司拥有自主知识产权的产品三十余种。", ""),
        ("要求压降不大于80Pa。", ""),
    ],
)
def test_who_is_to_own_it(text: str, code: str) -> None:
    assert brief(text)["ownership"] == code


REAL = (
    "我厂2条水泥窑线的滤袋三个月就破，每年损失80万元，换过两家的滤袋都没有解决。客户要求粉尘≤10mg/m³。"
    "希望委托开发，寿命≥1年，预算50万元，6个月内完成。"
)
TALK = (
    "随着国家碳达峰战略的推进，本行业普遍面临绿色升级的共性问题。拟开展产业技术创新平台建设，打造示范基地，"
    "带动上下游发展，需要政府资金支持。"
)


def test_a_plan_to_buy_is_told_from_talk_and_every_sign_names_its_words() -> None:
    real, talk = brief(REAL), brief(TALK)
    assert (real["judgement"]["kind"], real["judgement"]["follow_up"]) == ("plan", "now")
    assert (talk["judgement"]["kind"], talk["judgement"]["follow_up"]) == ("common", "not_yet")
    assert {"budget", "time", "loss", "customer", "line"} <= {sign["code"] for sign in real["signs"]}
    assert {"policy", "platform", "funding"} <= {sign["code"] for sign in talk["signs"]}
    for text, found in ((REAL, real), (TALK, talk)):
        assert all(sign["quote"] in text for sign in found["signs"])
        assert found["judgement"]["weight"] == sum(sign["weight"] for sign in found["signs"])


def test_scene_and_what_was_tried_are_parts_of_their_own() -> None:
    found = brief("阀门用于海拔4000米的户外输油管线。试过两种国产密封圈，低温下都漏油。希望零下50℃不漏。")
    assert found["scene"].startswith("阀门用于海拔") and "试过两种国产密封圈" in found["tried"]


def test_lines_name_the_words_that_they_were_read_from() -> None:
    quotes = brief(REAL)["quotes"]
    assert quotes == {"budget": ["预算50万元"], "duration_months": ["6个月内"], "modes": ["委托开发"]}


def test_questions_are_put_in_the_words_of_the_trade() -> None:
    assert "indicators.07" in [one["code"] for one in brief("想解决污水超标的问题。", "污水处理")["questions"]]
    assert "indicators.09" in [one["code"] for one in brief("想解决小麦减产的问题。", "小麦种植")["questions"]]


def test_indicators_that_cannot_both_hold_are_kept_and_marked() -> None:
    found = brief("目标：压降≤80Pa，寿命≥3年，压降≥100Pa，寿命≥40个月。")["indicators"]
    assert [(one["name"], one.get("contradicts", False)) for one in found] == [
        ("压降", True),
        ("寿命", False),
        ("压降", True),
        ("寿命", False),
    ]


def test_a_range_upside_down_is_put_right_and_an_unknown_unit_is_kept_as_written() -> None:
    found = brief("目标：厚度5-3mm，模具寿命≥12万模次，灵敏度达到10拷贝/μL。")["indicators"]
    assert [(one["low"], one["high"], one["unit"]) for one in found] == [
        ("3", "5", "mm"),
        ("120000", None, "模次"),
        ("10", None, "拷贝/μL"),
    ]


def test_a_term_inside_a_longer_one_is_a_keyword_beside_it() -> None:
    words = (
        "开发立方氮化硼单晶新牌号。立方氮化硼粒度适中，立方氮化硼单晶韧性好。立方氮化硼纯净度高，立方氮化硼单晶完整。"
    )
    found = make_brief("高韧性立方氮化硼单晶的研制", words, date(2026, 3, 1))["keywords"]
    assert "立方氮化硼" in found and "立方氮化硼单晶" in found


def test_a_unit_nobody_knows_a_contradiction_and_a_range_upside_down_are_kept_as_they_are_meant() -> None:
    found = brief("目标：强度≥50foo/q，温度≥80℃；温度≤60℃；压力10~5MPa。")
    rows = {(one["name"], one["op"], one["low"], one["high"], one["unit"]) for one in found["indicators"]}
    assert ("强度", ">=", "50", None, "foo/q") in rows
    assert ("压力", "range", "5", "10", "MPa") in rows
    assert [one["name"] for one in found["indicators"] if one.get("contradicts")] == ["温度", "温度"]
    assert not [word for word in found["keywords"] if "≥" in word or "≤" in word or "~" in word]
    printed = as_text(to_public(found))
    assert printed.count("前后矛盾") + printed.count("contradicts another") == 2
