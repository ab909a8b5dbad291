"""Characters of the need outside of shared pairs: all texts at one look say what a slow and plain reading says."""

from __future__ import annotations

from math import isclose, log

from hypothesis import given
from hypothesis import strategies as st

from yinxian.matching.engine.kin import kinship

TEXT = st.text(alphabet="脱落剥离层\n a", max_size=12)


def plainly(characters: set[str], pairs: set[str], texts: list[str]) -> list[float]:
    rare = {char: log(len(texts) / count) ** 2 for char in characters if (count := sum(char in text for text in texts))}
    found = []
    for text in texts:
        apart = {
            char
            for place, char in enumerate(text)
            if char in characters
            and text[place : place + 2] not in pairs
            and (not place or text[place - 1 : place + 1] not in pairs)
        }
        found.append(sum(rare[char] for char in apart))
    return found


def test_a_kin_word_counts_and_the_need_s_own_does_not() -> None:
    need = "脱落"
    own, kin, other = kinship(set(need), {need}, ["脱落", "剥落", "层"])
    assert own == 0 == other
    assert isclose(kin, log(3 / 2) ** 2)


@given(TEXT, st.lists(TEXT, max_size=5))
def test_it_says_what_a_plain_reading_says(need: str, texts: list[str]) -> None:
    characters = set(need) - {"\n", " ", "a"}
    pairs = {need[place : place + 2] for place in range(len(need) - 1)}
    found = kinship(characters, pairs, texts)
    told = plainly(characters, pairs, texts)
    assert all(isclose(one, other, abs_tol=1e-9) for one, other in zip(found, told, strict=True))
