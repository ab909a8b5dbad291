"""A term inside a longer one counts only where it is a part of it."""

from __future__ import annotations

import pytest

from yinxian.kernel.thesaurus import Concept, find, thesaurus, with_extra
from yinxian.kernel.thesaurus.parts import is_part


@pytest.mark.parametrize(
    ("longer", "word"),
    [
        ("立方氮化硼单晶", "立方氮化硼"), ("立方氮化硼单晶", "氮化硼"), ("污泥干化", "污泥"), ("污泥干化", "干化"),
        ("换电站", "换电"), ("充电站", "充电"), ("混凝剂", "混凝"), ("混凝土泵", "混凝土"), ("液化氢", "液化"),
        ("自清洗过滤器", "过滤器"), ("碳纤维", "纤维"), ("焊接机", "焊接"),
    ],
)  # fmt: skip
def test_what_means_something_in_a_longer_term_is_a_part_of_it(longer: str, word: str) -> None:
    at = longer.index(word)
    assert is_part(longer, at, at + len(word))


@pytest.mark.parametrize(
    ("longer", "word"),
    [
        ("氧化铁", "化铁"), ("氧化铁红", "化铁"), ("混凝土", "混凝"), ("水下混凝土", "混凝"), ("氮化镓", "氮化"),
        ("碳化硅", "碳化"), ("碳化硅", "化硅"), ("流量测量", "量测"), ("公差分配", "差分"), ("发动机", "动机"),
        ("无人机", "人机"), ("废水回用", "水回用"), ("重金属", "金属"),
    ],
)  # fmt: skip
def test_characters_that_only_stand_beside_each_other_are_no_part(longer: str, word: str) -> None:
    at = longer.index(word)
    assert not is_part(longer, at, at + len(word))


def test_nested_finds_hold_parts_only() -> None:
    assert "metal-melting" not in {match.id for match in find("氧化铁颜料", nested=True)}
    assert "coagulation" not in {match.id for match in find("高强混凝土的养护", nested=True)}
    assert {"cubic-boron-nitride"} <= {match.id for match in find("立方氮化硼单晶", nested=True)}
    assert "metal-melting" in {match.id for match in find("冲天炉化铁", nested=True)}


def test_a_house_term_hides_too_and_what_the_book_relates_stays() -> None:
    book = thesaurus()
    assert "混凝土" in {term for term, _ in book.hiding("混凝")}
    assert book.hiding("氮化硼") == ()
    above = Concept("x-inner", ("铁元",), (), (), (), "05")
    below = Concept("x-outer", ("铁元素剂", "金铁元"), (), (), ("x-inner",), "05")
    apart = Concept("x-apart", ("金铁元晶粉",), (), (), (), "05")
    own = with_extra([above, below, apart])
    assert "金铁元" not in {term for term, _ in own.hiding("铁元")}
