"""`yinxian brief --jsonl`: a line for a line, in order, whatever stands in it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from yinxian.cli.brief_lines import answer_lines
from yinxian.market.intake.public import public_brief

from .conftest import yinxian


def made(title: str, text: str) -> dict:
    return {"title": title, "text": text}


def answers(*lines: bytes) -> list[dict]:
    out = io.StringIO()
    answer_lines(lines, out, made)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_in_order() -> None:
    given = [json.dumps({"id": n, "title": f"需求{n}", "text": "压降≤80Pa"}).encode() for n in (3, 1, 2)]
    assert [one["id"] for one in answers(*given)] == [3, 1, 2]
    assert answers(given[0])[0]["brief"]["title"] == "需求3"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{bad", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"id": NaN, "text": "a"}', "not_json"),
        (b"[1, 2]", "not_an_object"),
        (b"\xff\xfe", "not_utf8"),
        (b'{"id": 1}', "no_words"),
        (b'{"id": 1, "text": ["a"]}', "no_words"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_and_the_next_goes_on(line: bytes, error: str) -> None:
    found = answers(line, b'{"id": "next", "text": "a"}')
    assert (found[0]["error"], found[0]["line"]) == (error, 1)
    assert found[1]["id"] == "next" and "brief" in found[1]


def test_empty_lines_and_a_mark_in_front_are_no_needs() -> None:
    assert [one["id"] for one in answers(b"\xef\xbb\xbf" + b'{"id":1,"title":"a"}', b"\n", b"  \r\n")] == [1]


def test_odd_ids_and_words_do_not_break_the_output() -> None:
    found = answers(
        b'{"id": {"a": 1}, "text": "x"}',
        b'{"id": "\\ud800b", "title": 5, "text": null}',
        b'{"id": 1e999, "title": "x"}',
    )
    assert [one["id"] for one in found] == [None, "b", None]
    assert found[1]["brief"]["title"] == "5"


def test_a_line_is_answered_before_the_next_is_read() -> None:
    out = io.StringIO()

    def lines() -> Iterator[bytes]:
        yield b'{"id": 1, "text": "a"}'
        assert out.getvalue().count("\n") == 1
        yield b'{"id": 2, "text": "b"}'

    assert answer_lines(lines(), out, made) == 0


def test_the_command_speaks_utf_8_in_any_locale_and_says_how_many_lines_it_could_not_read(tmp_path: Path) -> None:
    text = json.dumps({"id": "a", "title": "除尘滤袋", "text": "目标：粉尘≤10mg/m³，预算50万元。"}, ensure_ascii=False)
    done = yinxian(tmp_path, "brief", "--jsonl", "-", stdin=f"{text}\n{{bad\n", LC_ALL="C", PYTHONUTF8="0")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0 and "1" in done.stderr
    assert first["brief"]["budget"] == {"low": 500000, "high": 500000, "currency": "CNY"}
    assert first["brief"]["industry"][0]["section"] == "N"
    assert second["error"] == "not_json"


def test_the_shape_is_the_one_that_is_asked_for() -> None:
    brief = public_brief("热水器", "目标：一氧化碳≤50ppm", date(2026, 3, 4))
    assert {
        *("title", "problem", "background", "target", "indicators", "budget", "duration_months", "modes"),
        *("field", "industry", "keywords", "clarity", "signs", "questions"),
    } <= set(brief)
    assert set(brief["indicators"][0]) == {"name", "op", "low", "high", "unit", "quote"}
    assert set(brief["field"][0]) == {"code", "name", "score"}
