"""One normal form, one token stream, marks that never let markup through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.text import clean, highlight, normalise, required_terms, snippet, tokenise, words


def test_traditional_wide_and_capital_meet_in_one_form() -> None:
    assert normalise("燃氣熱水器　ＰＰＭ\u200b") == normalise("燃气热水器 ppm")


def test_figures_units_and_hyphens_are_split_before_words() -> None:
    tokens = tokenise("CO≤50ppm，Al2O3-CeO2，300℃")
    assert {"co", "50", "ppm", "al", "ceo", "300", "al2o3", "ceo2"} <= set(tokens)


def test_chinese_gives_words_and_pairs_in_one_stream() -> None:
    tokens = tokenise("一氧化碳")
    assert {"一氧化碳", "一氧", "氧化", "化碳"} <= set(tokens)
    assert "一氧" not in words("一氧化碳")


def test_required_terms_are_pairs_and_words() -> None:
    assert required_terms("一氧化碳 CO") == ["一氧", "氧化", "化碳", "co"]
    assert required_terms("铜") == ["铜"]


def test_marks_follow_the_reader_across_scripts() -> None:
    assert highlight("家用燃氣熱\u200b水器", "热水器") == "家用燃氣<mark>熱\u200b水器</mark>"
    assert highlight("50ppm 与 150ppm", "50") == "<mark>50</mark>ppm 与 150ppm"


@given(st.text(max_size=200), st.text(max_size=40))
def test_marking_never_lets_markup_through_and_loses_nothing(text: str, query: str) -> None:
    marked = highlight(text, query)
    plain = re.sub(r"</?mark>", "", marked)
    assert "<" not in plain and ">" not in plain
    assert "<" not in re.sub(r"</?mark>", "", snippet(text, query))


def test_snippet_stands_around_the_words() -> None:
    piece = snippet("无关" * 200 + "一氧化碳" + "后面" * 200, "一氧化碳", 60)
    assert "<mark>一氧化碳</mark>" in piece and piece.startswith("…") and piece.endswith("…")
    assert len(piece) < 90


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\u202eb\u2066", "ab"),
        ("a\u200bb\ufeff", "ab"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("x\ud800y", "xy"),
    ],
)
def test_clean_takes_out_what_deceives_or_cannot_be_stored(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


def test_clean_keeps_emoji_whole() -> None:
    assert clean("👩\u200d🔬❤\ufe0f") == "👩\u200d🔬❤\ufe0f"


@given(st.text(max_size=300))
def test_tokens_are_never_empty_and_hold_no_space(text: str) -> None:
    assert all(token and not re.search(r"\s", token) for token in tokenise(text))
