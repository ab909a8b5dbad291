"""Alloys and compounds by rule: the same id however they are written, and nothing where letters only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.thesaurus import Thesaurus
from yinxian.kernel.thesaurus.elements import CATIONS, Chemistry
from yinxian.kernel.thesaurus.reading import read_elements

ELEMENTS = read_elements()
RULES = Thesaurus(ELEMENTS.values(), Chemistry(ELEMENTS))


def ids(text: str) -> list[str]:
    return [match.id for match in RULES.find(text)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("铝锆合金", "alloy:al-zr"),
        ("铝锆", "alloy:al-zr"),
        ("鋁鋯合金", "alloy:al-zr"),
        ("Al-Zr", "alloy:al-zr"),
        ("Al–10Zr", "alloy:al-zr"),
        ("钛合金", "alloy:ti"),
        ("镍基合金", "alloy:ni"),
        ("Ti-6Al-4V", "alloy:ti-al-v"),
        ("Al-Mg-Si", "alloy:al-mg-si"),
        ("铜铁合金", "alloy:cu-fe"),
        ("氧化锆", "compound:zr-o"),
        ("ZrO2", "compound:zr-o"),
        ("三氧化二铁", "compound:fe-o"),
        ("SiC", "compound:si-c"),
        ("碳化硅", "compound:si-c"),
        ("TiN", "compound:ti-n"),
        ("Al2O3", "compound:al-o"),
        ("二硫化钼", "compound:mo-s"),
        ("锆", "zirconium"),
        ("Zr", "zirconium"),
        ("zirconium", "zirconium"),
    ],
)
def test_what_is_made_of_elements(text: str, id: str) -> None:
    assert id in ids(f"研究{text}的性能")


@pytest.mark.parametrize(
    "text",
    [
        "高铁与地铁",
        "无锡的银行资金",
        "低碳",
        "In As No He",
        "CPU和PCB",
        "CoP、SoC、BIOS",
        "WiFi",
        "C-V 曲线",
        "H-B",
        "NO",
        "lead",
        "tin",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert ids(text) == []


def test_a_chain_holds_its_elements() -> None:
    inside = {match.id for match in RULES.find("Al-Zr 中间合金", nested=True)}
    assert inside == {"alloy:al-zr", "aluminium", "zirconium"}


def test_an_id_made_by_rule_has_its_concept() -> None:
    alloy = RULES.concept("alloy:al-zr")
    assert alloy and alloy.terms == ("铝锆合金", "铝锆", "aluminium-zirconium alloy", "Al-Zr")
    assert RULES.ancestors("alloy:al-zr") == ("aluminium", "zirconium", "chemical-element")
    assert RULES.terms_of("compound:zr-o") == ("氧化锆", "zirconium oxide")
    for unknown in ("alloy:xx", "compound:zr", "compound:zr-zr", "alloy:", "", "metal:al"):
        assert RULES.concept(unknown) is None


@given(st.lists(st.sampled_from(sorted(CATIONS - {"K", "B", "V", "Y", "W"})), min_size=2, max_size=4, unique=True))
def test_chinese_and_symbols_of_any_alloy_meet(symbols: list[str]) -> None:
    zh = "".join(ELEMENTS[symbol].zh[0] for symbol in symbols) + "合金"
    (by_symbol,), (by_name,) = ids("-".join(symbols)), ids(zh)
    assert by_symbol == by_name
    concept = RULES.concept(by_name)
    assert concept and zh[0] == concept.zh[0][0]
