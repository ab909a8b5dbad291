"""Work shared out to processes: in order, whatever is said, and told when one of them dies."""

from __future__ import annotations

import os
from typing import Any

import pytest

from yinxian.kernel.helpers import on_all_processors

MESSAGES: list[Any] = [
    "",
    "一氧化碳\n換熱器\u2028\x00",
    '"引号" <b>😀 Al2O3',
    "\ud800",
    0,
    [1, {"a": None}],
    *range(40),
]


def test_answers_come_in_the_order_of_the_questions_and_from_several_processes() -> None:
    with on_all_processors("tests.kernel.echo", processes=3) as ask:
        answers = list(ask(MESSAGES))
    assert [said for said, _ in answers] == MESSAGES
    assert len({process for _, process in answers} | {os.getpid()}) == 4


def test_a_process_that_dies_is_told() -> None:
    with (
        on_all_processors("tests.kernel.echo", processes=2) as ask,
        pytest.raises((ChildProcessError, BrokenPipeError)),
    ):
        list(ask(["one", "die", "two", "three", "four"]))
