from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.contracts.capitals import DIGITS, capitals

KNOWN = {
    0: "零元整",
    5: "伍分",
    50: "伍角整",
    105: "壹元零伍分",
    100_00: "壹佰元整",
    1001_00: "壹仟零壹元整",
    1010_50: "壹仟零壹拾元伍角整",
    10_000_00: "壹万元整",
    100_010_50: "壹拾万零壹拾元伍角整",
    10_100_000_00: "壹仟零壹拾万元整",
    192_000_00: "壹拾玖万贰仟元整",
    480_000_00: "肆拾捌万元整",
    100_000_000_00: "壹亿元整",
    100_000_000_001_00: "壹仟亿零壹元整",
    2_000_000_000_000_00: "贰万亿元整",
    1_234_567_890_12: "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分",
}


@pytest.mark.parametrize(("fen", "words"), KNOWN.items())
def test_known_amounts_read_as_bank_clerks_write_them(fen: int, words: str) -> None:
    assert capitals(fen) == words


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_the_words_say_the_amount_and_nothing_else(fen: int) -> None:
    assert _value(capitals(fen)) == fen
    assert "零零" not in capitals(fen)


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=10**12))
def test_two_amounts_never_read_the_same(one: int, other: int) -> None:
    assert (capitals(one) == capitals(other)) == (one == other)


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_cannot_be_written_is_refused(fen: int) -> None:
    with pytest.raises(ValueError):
        capitals(fen)


def _value(words: str) -> int:
    """Read capitals back, by another way than they were written."""
    whole, _, rest = words.partition("元") if "元" in words else ("", "", words)
    fen = 0
    for digit, unit in re.findall(f"([{DIGITS}])([角分])", rest):
        fen += DIGITS.index(digit) * (10 if unit == "角" else 1)
    total = section = last = 0
    for letter in whole:
        if letter in DIGITS:
            last = DIGITS.index(letter)
        elif letter in "拾佰仟":
            section += last * {"拾": 10, "佰": 100, "仟": 1000}[letter]
            last = 0
        elif letter == "万":
            total += (section + last) * 10_000
            section = last = 0
        elif letter == "亿":
            total = (total + section + last) * 10**8
            section = last = 0
    return (total + section + last) * 100 + fen
