"""Every way in which people write a figure: intake_sentences.txt says what a careful reader takes from each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yinxian.kernel.quantity.units import scale
from yinxian.market.intake import make_brief

TODAY = date(2026, 3, 4)
LINES = (Path(__file__).parent / "intake_sentences.txt").read_text("utf-8").splitlines()
CASES = [line.split(" = ", 1) for line in LINES if " = " in line]
Read = tuple[str, Decimal | None, Decimal | None, object]


def figure(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value).normalize()


def expected(said: str) -> list[Read]:
    if said == "none":
        return []
    found: list[Read] = []
    for one in said.split("; "):
        op, *figures, unit = one.split(" ")
        low, high = (figures[0], figures[1]) if op == "range" else (figures[0], None)
        low, high = (None, low) if op in ("<", "<=") else (low, high)
        found.append((op, figure(low), figure(high), scale("" if unit == "1" else unit)))
    return found


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text for text, _ in CASES])
def test_a_figure_is_read_as_people_write_it(text: str, said: str) -> None:
    found = make_brief("", text, TODAY)["indicators"]
    assert [(one["op"], figure(one["low"]), figure(one["high"]), scale(one["unit"])) for one in found] == expected(said)


def test_there_are_enough_sentences() -> None:
    assert len(CASES) >= 150


def paragraphs() -> list[tuple[str, list[str]]]:
    """(text, lines of what is to be read)."""
    blocks = (Path(__file__).parent / "intake_paragraphs.txt").read_text("utf-8").split("\n== ")[1:]
    found = []
    for block in blocks:
        lines = block.strip().split("\n")
        found.append(
            ("\n".join(line for line in lines if line[:2] != "* "), [line[2:] for line in lines if line[:2] == "* "])
        )
    return found


@pytest.mark.parametrize(("text", "said"), paragraphs(), ids=[text[:24] for text, _ in paragraphs()])
def test_a_need_of_several_sentences_gives_its_targets_and_nothing_else(text: str, said: list[str]) -> None:
    found = make_brief("", text, TODAY)["indicators"]
    read = [(figure(one["low"]), figure(one["high"]), scale(one["unit"])) for one in found]
    assert Counter(read) == Counter(one[1:] for one in expected("; ".join(said) or "none"))
