"""Finding terms: the longest, in any script and case, Latin ones as whole words, signs with their capitals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel import thesaurus as book
from yinxian.kernel.thesaurus import Concept, Match, Thesaurus
from yinxian.kernel.thesaurus.elements import Chemistry
from yinxian.kernel.thesaurus.reading import read_elements

ELEMENTS = read_elements()
SMALL = Thesaurus(
    [
        *ELEMENTS.values(),
        Concept("superhard", ("超硬材料",), ("superhard material",), (), (), "05"),
        Concept("cbn", ("立方氮化硼",), ("cubic boron nitride",), ("CBN",), ("superhard",), "05"),
        Concept("cbn-crystal", ("立方氮化硼单晶",), ("cubic boron nitride single crystal",), (), ("cbn",), "05"),
        Concept("crystal", ("单晶",), ("single crystal",), (), (), "05"),
        Concept("carbon-monoxide", ("一氧化碳",), ("carbon monoxide",), ("CO",), (), "07"),
        Concept("can-bus", ("控制器局域网",), ("controller area network",), ("CAN",), (), "01"),
        Concept("tap", ("丝锥", "螺丝攻"), ("tap", "screw tap"), (), (), "03"),
        Concept("zirconia", ("氧化锆",), ("zirconia", "zirconium dioxide"), ("ZrO2",), (), "05"),
        Concept("lithium-iron-phosphate", ("磷酸铁锂",), ("lithium iron phosphate",), ("LiFePO4",), (), "06"),
        Concept("mercury-planet", ("水星",), ("Mercury",), (), (), "02"),
    ],
    Chemistry(ELEMENTS),
)


def ids(text: str, *, nested: bool = False) -> list[str]:
    return [match.id for match in SMALL.find(text, nested=nested)]


def test_the_longest_term_wins_and_those_inside_are_told_when_asked() -> None:
    text = "合成立方氮化硼单晶"
    assert SMALL.find(text) == [Match("cbn-crystal", 2, 9, "立方氮化硼单晶")]
    assert {"cbn-crystal", "cbn", "crystal"} <= set(ids(text, nested=True))


def test_traditional_wide_and_capital_forms_are_the_same_term() -> None:
    assert ids("螺絲攻") == ["tap"]
    assert ids("ＣＢＮ刀具") == ["cbn"]
    assert ids("Cubic Boron Nitride") == ids("cubic boron\nnitride") == ids("cubic-boron nitride") == ["cbn"]


def test_places_are_those_of_the_text_as_given() -> None:
    text = "\u200b①鋁，氧\u200b化鋯粉"
    (match,) = SMALL.find(text[3:])
    assert (match.id, text[3:][match.start : match.end]) == ("zirconia", "氧\u200b化鋯")


def test_latin_terms_are_whole_words_and_may_be_plural() -> None:
    assert ids("tapping, tape and staple") == []
    assert ids("two taps") == ["tap"]


def test_short_signs_keep_their_capitals_except_beside_chinese() -> None:
    assert ids("CO 浓度") == ["carbon-monoxide"]
    assert ids("Co-author of CoP and co-pilots; we can do") == []
    assert ids("采用can总线") == ["can-bus"]
    assert ids("lifepo4 cells") == ["lithium-iron-phosphate"]


def test_two_concepts_of_one_term_are_both_told() -> None:
    assert set(ids("Mercury")) == {"mercury-planet", "mercury"}


def test_concepts_of_a_house_are_found_beside_the_books_own() -> None:
    ours = SMALL.with_extra([Concept("x-house-wire", ("引线框",), ("lead frame",), (), ("tap",), "01")])
    assert [match.id for match in ours.find("引线框与丝锥")] == ["x-house-wire", "tap"]
    assert ours.narrower("tap") == ("x-house-wire",)
    assert ids("引线框") == []


def test_any_dash_joins_a_term() -> None:
    ours = SMALL.with_extra([Concept("x-co-doping", ("共掺杂",), ("co–doping",), ("N‐S",), (), "05")])
    assert [match.id for match in ours.find("co-doping, co‑doping and N-S")] == ["x-co-doping"] * 3


def test_above_and_below() -> None:
    assert SMALL.ancestors("cbn-crystal") == ("cbn", "superhard")
    assert SMALL.narrower("superhard") == ("cbn",)
    assert SMALL.terms_of("tap") == ("丝锥", "螺丝攻", "tap", "screw tap")
    assert SMALL.terms_of("nothing") == SMALL.ancestors("nothing") == SMALL.narrower("nothing") == ()


def test_the_book_itself_answers_through_the_package() -> None:
    (match,) = book.find("车削")
    assert match.id == "turning"
    assert "lathe turning" in book.terms_of(match.id)
    assert "machining" in book.ancestors(match.id)
    assert match.id in book.narrower("machining")


TERMS = st.sampled_from(
    [term for concept in SMALL.concepts.values() if concept.field != "00" for term in concept.terms]
)
GAPS = st.text("与、，。 的在了\u200b", min_size=1, max_size=4)


@given(st.lists(st.tuples(TERMS, GAPS), max_size=8))
def test_every_term_that_was_put_in_is_found_at_its_place(parts: list[tuple[str, str]]) -> None:
    text, places = "", []
    for term, gap in parts:
        places.append((len(text), len(text) + len(term)))
        text += term + "与" + gap
    assert {(match.start, match.end) for match in SMALL.find(text)} == set(places)


@given(st.one_of(st.text(max_size=120), st.text("立方氮化硼单晶 COAlZr-丝锥tap2", max_size=60)))
def test_any_text_gives_matches_in_order_that_do_not_cross(text: str) -> None:
    outer = SMALL.find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in outer)
    spans = sorted({(one.start, one.end) for one in outer})
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    nested = SMALL.find(text, nested=True)
    assert set(outer) <= set(nested)
    assert all(any(start <= one.start and one.end <= end for start, end in spans) for one in nested)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("更换电机轴承", False),
        ("功能转换电路", False),
        ("换电柜的锁止", True),
        ("车辆换电", True),
        ("电池换电站", True),
    ],
)
def test_the_end_of_one_word_and_the_beginning_of_the_next_are_no_term(text: str, found: bool) -> None:
    assert any(match.term == "换电" for match in book.find(text, nested=True)) is found
