"""Quantities as people write them, and indicators compared across units."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.quantity import Bound, Indicator, Quantity, compare, compatible, convert, parse_quantities, plain
from yinxian.kernel.quantity.read import QUANTITY
from yinxian.kernel.quantity.units import scale
from yinxian.kernel.quantity.words import WORDS


def indicator(op: str, figure: str, unit: str, high: str | None = None, name: str = "x") -> Indicator:
    below = op in ("<", "<=")
    return {
        "name": name,
        "op": op,
        "low": None if below else figure,
        "high": figure if below else high,
        "unit": unit,
        "quote": "",
    }


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "unit"),
    [
        ("５０ｐｐｍ以下", "<=", None, "50", "ppm"),
        ("不低于百分之五", ">=", "5", None, "%"),
        ("寿命1.5万小时", "=", "15000", None, "小时"),
        ("提高2-3倍", "range", "2", "3", "倍"),
        ("精度±0.02mm", "<=", None, "0.02", "mm"),
        ("50±2mm", "range", "48", "52", "mm"),
        ("16～60ppm", "range", "16", "60", "ppm"),
        ("（2.4—2.9）Ω内", "range", "2.4", "2.9", "Ω"),
        ("百分之三至百分之五", "range", "3", "5", "%"),
        ("HRC55-65", "range", "55", "65", "HRC"),
        ("硬度≥HRC50", ">=", "50", None, "HRC"),
        ("180≤HB＜240", "range", "180", "240", "HB"),
        ("每分钟30件", "=", "30", None, "件/分钟"),
        ("噪音dB(A):≤80", "<=", None, "80", "dB(A)"),
        ("-40℃~85℃", "range", "-40", "85", "℃"),
        ("小于-20℃", "<", None, "-20", "℃"),
        ("控制在20%以内", "<=", None, "20", "%"),
        ("不少于600个", ">=", "600", None, "个"),
        ("导热 3W/(m·K)", "=", "3", None, "W/(m·K)"),
        ("2×10^6 CFU/mL 以上", ">=", "2000000", None, "CFU/mL"),
        ("约 1,200 mg/L", "about", "1200", None, "mg/L"),
        ("达到65立方米/小时", ">=", "65", None, "立方米/小时"),
        ("十五天", "=", "15", None, "天"),
        ("三成", "=", "30", None, "%"),
    ],
)
def test_quantities_are_read_as_people_write_them(
    text: str, op: str, low: str | None, high: str | None, unit: str
) -> None:
    bound = next(parse_quantities(text)).bound
    assert bound == Bound(op, low and Decimal(low), high and Decimal(high), unit)


def test_names_of_things_are_no_quantities() -> None:
    assert [found.bound for found in parse_quantities("CO2 传感器 V2G 型号 ZF-11") if found.bound.unit] == []


@pytest.mark.parametrize(
    ("need", "result", "verdict", "shown"),
    [
        (indicator("<=", "0.005", "%"), indicator("=", "50", "ppm"), "met", "0.005%"),
        (indicator("<=", "50", "ppm"), indicator("=", "0.006", "%"), "fail", "60 ppm"),
        (indicator("<=", "300", "℃"), indicator("=", "573", "K"), "met", "299.85 ℃"),
        (indicator("<", "300", "℃"), indicator("=", "573.15", "K"), "fail", "300 ℃"),
        (indicator(">=", "5", "年"), indicator("=", "43800", "h"), "met", "5 年"),
        (indicator("<=", "80", "Pa"), indicator("=", "0.0006", "bar"), "met", "60 Pa"),
        (indicator("<=", "3", "℃", name="温差"), indicator("=", "2", "K"), "met", "2 ℃"),
        (indicator(">=", "30", "件/分钟"), indicator("=", "1800", "件/小时"), "met", "30 件/分钟"),
        (indicator(">=", "10", "W/(m·K)"), indicator("=", "0.2", "W/(cm·K)"), "met", "20 W/(m·K)"),
        (indicator("<=", "50", "ppm"), indicator("<=", "60", "ppm"), "unknown", "≤ 60 ppm"),
        (indicator("<=", "50", "ppm"), indicator("range", "20", "ppm", "40"), "met", "20–40 ppm"),
        (indicator(">", "50", "%"), indicator(">=", "50", "%"), "unknown", "≥ 50%"),
        (indicator(">=", "3", "MPa"), indicator("=", "2", "mm"), "unknown", "2 mm"),
        (indicator(">=", "3", "HRC"), indicator("=", "5", "HB"), "unknown", "5 HB"),
        (indicator(">=", "3", "锭"), indicator("=", "5", "锭"), "met", "5 锭"),
        (indicator(">=", "3", ""), indicator("=", "5", "%"), "unknown", "5%"),
        (indicator("about", "50", "mm"), indicator("=", "5.2", "cm"), "met", "52 mm"),
    ],
)
def test_a_result_is_judged_in_the_unit_of_the_need(
    need: Indicator, result: Indicator, verdict: str, shown: str
) -> None:
    fit = compare(need, result)
    assert (fit.verdict, fit.shown) == (verdict, shown)


def test_nonsense_in_an_indicator_is_unknown() -> None:
    broken: Indicator = {"name": "", "op": "?", "low": "NaN", "high": "1e999", "unit": "%", "quote": "q"}
    assert compare(broken, indicator("=", "5", "%")).verdict == "unknown"
    assert compare(indicator("=", "5", "%"), broken) == compare(indicator("=", "5", "%"), broken)


def test_every_word_for_a_unit_is_known_to_pint() -> None:
    assert all(scale(word).factor > 0 for word in WORDS)


FIGURES = st.decimals(min_value="-1e9", max_value="1e9", places=6)
PAIRS = st.sampled_from(
    [
        ("ppm", "%"),
        ("℃", "K"),
        ("年", "h"),
        ("Pa", "bar"),
        ("mm", "μm"),
        ("mg/L", "g/m³"),
        ("件/分钟", "件/小时"),
        ("kWh", "J"),
    ]
)


@given(FIGURES, PAIRS)
def test_there_and_back_is_the_same(value: Decimal, pair: tuple[str, str]) -> None:
    there = convert(value, *pair)
    assert there is not None
    back = convert(there, pair[1], pair[0])
    assert back is not None and abs(back - value) <= Decimal("1e-9") * max(1, abs(value))


@given(FIGURES, FIGURES, PAIRS)
def test_the_verdict_does_not_depend_on_the_unit_it_was_said_in(
    asked: Decimal, claimed: Decimal, pair: tuple[str, str]
) -> None:
    elsewhere = convert(claimed, *pair)
    assert elsewhere is not None
    need = indicator("<=", str(asked), pair[0])
    here = compare(need, indicator("=", str(claimed), pair[0]))
    there = compare(need, indicator("=", str(elsewhere), pair[1]))
    assert abs(asked - claimed) < Decimal("1e-3") or here.verdict == there.verdict


@given(FIGURES, FIGURES)
def test_met_by_the_value_means_not_failed_by_the_bound(asked: Decimal, claimed: Decimal) -> None:
    need = indicator(">=", str(asked), "mm")
    assert compare(need, indicator("=", str(claimed), "mm")).verdict == ("met" if claimed >= asked else "fail")
    assert compare(need, indicator(">=", str(claimed), "mm")).verdict == ("met" if claimed >= asked else "unknown")


@given(st.decimals(min_value=0, max_value="1e9", places=3), st.sampled_from(["ppm", "mm", "MPa", "小时", "℃", "mg/L"]))
def test_what_is_written_is_read_back(value: Decimal, unit: str) -> None:
    found = next(parse_quantities(f"不低于{plain(value)} {unit}"))
    assert found.bound == Bound(">=", value.normalize(), None, unit) or found.bound.low == value
    assert str(Quantity(value, unit)).startswith(plain(value))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_and_spans_stay_inside(text: str) -> None:
    for found in parse_quantities(text):
        assert 0 <= found.start < found.end <= len(text)


def test_incompatible_units_convert_to_nothing() -> None:
    assert convert(Decimal(1), "mm", "MPa") is None
    assert not compatible("件", "只")
    assert not compatible("", "%")


def test_the_pattern_has_no_unbounded_repetition() -> None:
    """Work stays linear in the text because each attempt at a match is bounded."""
    assert re.search(r"(?<!\\)[*+](?!\])", re.sub(r"\[[^\]]*\]|\\.|\s|\(\?[^:P<!=]", "", QUANTITY)) is None
