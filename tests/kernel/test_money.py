"""Yuan as people type them, and what is said of what is none."""

from __future__ import annotations

import pytest

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, parse_yuan


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("192,000.00", 19_200_000), ("￥４８万", 48_000_000), ("1.2亿元", 12_000_000_000), ("0", 0), ("10万亿", MAX_FEN)],
)
def test_amounts_as_people_type_them(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "kernel.amount"),
        ("1.234", "kernel.amount"),
        ("NaN", "kernel.amount"),
        ("Infinity", "kernel.amount"),
        ("<b>5</b>", "kernel.amount"),
        ("", "kernel.amount"),
        ("99999999999999999999", "kernel.amount_large"),
        ("1e400", "kernel.amount_large"),
        ("10000000000000.01", "kernel.amount_large"),
    ],
)
def test_what_is_no_amount_says_whether_it_is_too_large(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_yuan(typed, field="amount")
    assert (refused.value.code, refused.value.field) == (code, "amount")
