"""Whoever reads English meets no 万元: not in a question, not in its explanation, not in the right answer."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from yinxian.exams.models import Kind, Question, QuestionVersion
from yinxian.exams.starter import starter
from yinxian.exams.views.words import key_of

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_questions_are_english_through_and_through() -> None:
    words = [(one["code"], one[name]) for one in starter() for name in ("text_en", "explanation_en", "article_en")]
    words += [(one["code"], option["text_en"]) for one in starter() for option in one["options"]]
    assert [(code, text) for code, text in words if HAN.search(text)] == []


@pytest.mark.parametrize(
    ("value", "unit", "tolerance", "chinese", "english"),
    [
        ("37.5", "万元", "0", "37.5 万元", "375,000 yuan"),
        ("76800", "元", "0.5", "76800 ± 0.5 元", "76,800 ± 0.5 yuan"),
        ("72410", "人", "10", "72410 ± 10 人", "72410 ± 10 people"),
        ("0.005", "%", "0", "0.005 %", "0.005 %"),
    ],
)
def test_the_right_answer_is_in_the_readers_units(
    value: str, unit: str, tolerance: str, chinese: str, english: str
) -> None:
    key = {"value": value, "unit": unit, "tolerance": tolerance}
    version = QuestionVersion(question=Question(kind=Kind.NUMBER), key=key)
    assert key_of(version) == chinese
    with override("en"):
        assert key_of(version) == english
