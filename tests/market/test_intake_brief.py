"""The brief as a whole: money, time, cooperation, field, questions, and what any text may do to it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinxian.market.intake import make_brief
from yinxian.market.intake.asks import MISSING, SENTENCES
from yinxian.market.intake.fields import lexicon
from yinxian.market.intake.public import public_brief, to_public
from yinxian.market.intake.segments import segment

TODAY = date(2026, 3, 4)
KEYS = {
    *("title", "problem", "background", "target", "indicators", "constraints", "budget", "deadline"),
    *("duration_months", "modes", "ownership", "field", "industry", "keywords", "clarity", "missing", "questions"),
    *("scene", "tried", "quotes", "signs", "judgement"),
}


def brief(text: str, title: str = "") -> dict:
    return make_brief(title, text, TODAY)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("项目总预算约2000万元。", 2_000_000_000, 2_000_000_000),
        ("预计投入研发费用30-50万。", 30_000_000, 50_000_000),
        ("本项目拟投资500万元。", 500_000_000, 500_000_000),
        ("资金预算：调研费10万元；设备费70万元；材料费5万元。", 85_000_000, 85_000_000),
        ("我们愿意出48万元解决。", 48_000_000, 48_000_000),
        ("预算大概五十万。", 50_000_000, 50_000_000),
        ("我们能出30w，多了不行。", 30_000_000, 30_000_000),
        ("拟投入资金约2000万元，目前已投入500万元。", 2_000_000_000, 2_000_000_000),
        ("预算六七十万，年底前拿样机。", 60_000_000, 70_000_000),
        ("钱不是问题，两百万以内都好说。", 200_000_000, 200_000_000),
        ("费用五六十万可以谈，最多八十万，要能装进现有的壳子里。", 50_000_000, 80_000_000),
        ("机床不换，七八十万能谈。", 70_000_000, 80_000_000),
        ("先上两台，五十万以内。", 50_000_000, 50_000_000),
        ("总经费450万元，其中申请财政资助150万元。", 450_000_000, 450_000_000),
        ("投入200-300万元。", 200_000_000, 300_000_000),
        ("滤袋三个月就破。投入200-300万元，解决滤袋寿命问题。", 200_000_000, 300_000_000),
        ("投入约500万元用于解决除尘问题。", 500_000_000, 500_000_000),
        ("我厂打算拿出80万把它解决。", 80_000_000, 80_000_000),
        ("希望合作开发，企业投入200万元。", 200_000_000, 200_000_000),
        ("出资100万元合作开发新涂层。", 100_000_000, 100_000_000),
    ],
)
def test_the_budget_is_what_they_mean_to_pay(text: str, low: int, high: int) -> None:
    assert brief(text)["budget"] == {"low_fen": low, "high_fen": high}


@pytest.mark.parametrize(
    "text",
    [
        "公司注册资金1100万元。",
        "目前已投入研发经费300万元。",
        "项目投产后实现产值7500万元。",
        "市场售价通常在3000-5000元。",
        "没有谈到钱。",
        "设备买来花了三十万，用了两年就坏，修一次两万以内修不下来。",
        "竞争对手的价格在每套八万以内，我们的卖十一万。",
        "市场容量在50亿以上，年增长15%以上，前景好。",
        "公司投入200-300万元建成了一条产线。",
        "前期投入200万元买设备，没有效果。",
        "去年我们投入了200万元改造，效果不好。",
        "投入300万元，建成年产5万吨生产线。",
        "近三年投入研发500万元。",
        "研发投入占销售收入5%，投入2000万元。",
        "花了100万元买的设备用不了。",
        "公司投入500万元研发新产品，获得省级奖。",
        "冬季管道每年冻裂十几处，停产损失80万以上。",
    ],
)
def test_money_had_earned_or_spent_is_no_budget(text: str) -> None:
    assert brief(text)["budget"] is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2年内实现国产化供货。", 24),
        ("项目计划用1.5年的时间进行研发。", 18),
        ("研发周期：6个月", 6),
        ("希望三个月内完成样机。", 3),
        ("一年半内完成中试。", 18),
        ("执行期限：2025年1月至2026年12月", 24),
        ("公司8年来一直平稳运营。", None),
        ("使用寿命5年以上。", None),
        ("四十万左右的预算，三个月要结果。", 3),
        ("钱不是问题，但一年半之内必须上线。", 18),
        ("希望半年内把香菇菌棒的污染率降到百分之三以下。", 6),
        ("一年左右完成中试。", 12),
        ("时间：18个月。", 18),
        ("2个季度内完成。", 6),
        ("预计需要24个月。", 24),
        ("力争用两年时间完成。", 24),
        ("一年半内做出来。", 18),
        ("12个月内。", 12),
        ("2026年3月-2027年6月。", 16),
        ("三年质保期内免费维修。", None),
        ("要求两年内不坏。", None),
        ("半年左右坏一次。", None),
        ("三年内实现销售收入5000万元，新增利税800万元。", None),
    ],
)
def test_how_long_it_may_take(text: str, months: int | None) -> None:
    assert brief(text)["duration_months"] == months


def test_a_deadline_in_the_past_is_none() -> None:
    assert brief("要求2026年12月底前完成。")["deadline"] == "2026-12-31"
    assert brief("要求2019年12月底前完成。")["deadline"] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("希望今年年底前搞定。", "2026-12-31"),
        ("明年六月前上线。", "2027-06-30"),
        ("8月底前要样机。", "2026-08-31"),
        ("2月前要样机。", "2027-02-28"),
        ("明年3月中旬之前交付。", "2027-03-20"),
        ("2021年6月前完成。", None),
        ("每年6月前检修。", None),
    ],
)
def test_days_are_counted_from_when_the_words_came_in(text: str, day: str | None) -> None:
    assert brief(text)["deadline"] == day


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("我们厂生产电机二十年，产品销往全国。", "background"),
        ("我公司产品畅销全国，深受客户好评。", "background"),
        ("本厂技术力量雄厚，设备先进。", "background"),
        ("我们厂有三百来号人，一年做两个亿。", "background"),
        ("我们的产品卖到全国，但是表面容易起泡。", "problem"),
        ("产品出口到三十多个国家，因为密封不好被退货。", "problem"),
        ("电机轴承三个月就坏。", "problem"),
        ("需要口碑好的团队来做。", "problem"),
    ],
)
def test_praise_of_oneself_is_not_the_problem(text: str, role: str) -> None:
    assert [one.role for one in segment(text)] == [role]


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("希望委托开发一套检测装置。", ["development"]),
        ("寻求专利许可或技术转让。", ["assignment", "licence"]),
        ("需要懂热工的专家和人才。", ["talent"]),
        ("希望与高校团队联合攻关。", ["joint"]),
        ("公司已与某大学建立长期合作关系。", []),
    ],
)
def test_forms_of_cooperation_are_those_asked_for(text: str, modes: list[str]) -> None:
    assert brief(text)["modes"] == modes


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("家用燃气热水器烟气中一氧化碳的消除与换热节能", "06"),
        ("印染废水零排放处理", "07"),
        ("小麦赤霉病抗病育种", "09"),
        ("人工关节植入手术导航", "04"),
        ("低空无人机飞控", "02"),
        ("数控机床主轴轴承", "03"),
        ("核级屏蔽材料辐照试验", "08"),
        ("装配式建筑施工防水", "11"),
    ],
)
def test_the_field_is_told_by_the_words_of_the_trade(title: str, code: str) -> None:
    assert brief("", title)["field"][0]["code"] == code


def test_the_lexicon_names_known_fields_only() -> None:
    codes = {code for weights in lexicon().weights.values() for code in weights}
    assert codes == {f"{n:02}" for n in range(1, 12)}
    assert len(lexicon().weights) > 1_000


def test_one_word_gives_a_usable_brief_full_of_questions() -> None:
    found = brief("除尘")
    assert set(found) == KEYS
    assert found["title"] == "除尘" and found["indicators"] == []
    assert "indicators" in found["missing"] and found["clarity"]["vague"]
    assert {one["code"] for one in found["questions"]} <= set(SENTENCES)
    assert set(found["missing"]) <= set(MISSING)


HOSTILE = [
    "",
    "\x00\x00",
    "\ud800 lone",
    "<script>alert(1)</script>",
    "'; DROP TABLE market_need;--",
    "🙂👨‍👩‍👧‍👦" * 50,
    "\u202eesrever\u202c \u200b隐\u200b形",
    "א" * 500,
    "9" * 5_000 + "%",
    "（" * 3_000,
    "≥" * 3_000,
    "一" * 3_000,
    "目标：" + "压降≤80Pa，" * 3_000,
    "1.1.1.1-2-3-4-5～6" * 500,
    "百分之" * 1_000,
    "-" * 5_000 + "5%",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it_and_the_answer_is_storable_json(text: str) -> None:
    found = brief(text, text[:300])
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    assert "\x00" not in json.dumps(found, ensure_ascii=False)
    assert len(found["indicators"]) <= 200


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_gives_every_key(text: str, title: str) -> None:
    found = make_brief(title, text, TODAY)
    assert set(found) == KEYS
    assert to_public(found)["title"] == found["title"]


def test_full_width_digits_and_zero_width_marks_do_not_hide_a_figure() -> None:
    found = brief("目标：压\u200b降≤８０Ｐａ")["indicators"]
    assert [(one["high"], one["unit"]) for one in found] == [("80", "Ｐａ")] or found[0]["unit"] == "Pa"


def test_the_published_form_has_exactly_the_published_keys() -> None:
    found = public_brief("热水器", "目标：一氧化碳不超过50ppm，预算40-60万元，6个月内完成。", TODAY)
    assert found["budget"] == {"low": 400_000, "high": 600_000, "currency": "CNY"}
    assert found["duration_months"] == 6
    assert found["indicators"][0]["high"] == 50
    assert set(found["clarity"]) == {"score", "vague", "missing"}
    assert all(isinstance(one, str) for one in found["questions"])
    assert {"industry", "signs", "keywords", "field", "modes"} <= set(found)


def test_real_needs_are_read_well_above_the_floor(shared_data: Path) -> None:
    demands = {one["id"]: one for one in json.loads((shared_data / "demands.json").read_text("utf-8"))}
    marked = [json.loads(line) for line in (shared_data / "intake_dev.jsonl").read_text("utf-8").splitlines()]
    right = sum(
        make_brief(demands[one["id"]]["title"], demands[one["id"]]["text"], TODAY)["field"][0]["code"]
        in [one["field"], *one["field_also"]]
        for one in marked
    )
    assert right / len(marked) >= 0.9


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            "需求内容：\n我公司需要开发一种耐磨的高韧性单晶新牌号，粒度适中，纯净度高，用在陶瓷结合剂的磨具上。",
            "开发一种耐磨的高韧性单晶新牌号",
        ),
        ("一、需求内容：\n1、低温余热回收机组", "低温余热回收机组"),
        (
            "研究内容：1）建立焊缝缺陷的识别模型，并在产线上验证；2）降低误报，满足工厂里三班连续生产的节拍要求。",
            "建立焊缝缺陷的识别模型",
        ),
        ("一种耐高温的阀门密封", "一种耐高温的阀门密封"),
        ("需求", "需求"),
        ("：：：", "：：："),
    ],
)
def test_a_title_made_from_the_words_is_no_heading(words: str, title: str) -> None:
    assert make_brief("", words, TODAY)["title"] == title
