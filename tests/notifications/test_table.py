"""The table of notices: complete, readable in both languages, and naming only people that exist."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.notifications.names import recorded_names
from yinxian.notifications.rules import find, kind_of, sentence_of
from yinxian.notifications.silent import SILENT
from yinxian.notifications.table import TABLE


def test_every_name_in_the_sources_is_told_or_silent_on_purpose() -> None:
    names = recorded_names()
    assert len(names) > 60
    assert names - set(TABLE) - SILENT == set()


def test_nothing_stands_in_the_table_that_nobody_records() -> None:
    assert (set(TABLE) | SILENT) - recorded_names() == set()


def test_no_name_is_both_told_and_silent() -> None:
    assert set(TABLE) & SILENT == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_fills_its_placeholders(language: str) -> None:
    with translation.override(language):
        for name, rules in TABLE.items():
            for rule in rules:
                params = {"title": "T-7", **dict.fromkeys(rule.words, "2026-03-04")}
                said = sentence_of(rule, params)
                assert "%(" not in said, name
                assert "T-7" in said
                assert find(TABLE, kind_of(name, rule)) is rule


def test_english_is_not_chinese() -> None:
    with translation.override("en"):
        for rules in TABLE.values():
            for rule in rules:
                assert not any("\u4e00" <= letter <= "\u9fff" for letter in str(rule.sentence)), str(rule.sentence)
