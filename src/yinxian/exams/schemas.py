"""Schemas that the REST endpoints of exams share, and two that both build."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from ninja import Schema

from yinxian.network.models import User

from .models import Window


class WindowOut(Schema):
    slug: str
    exam: str
    title: str
    state: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    places: int | None
    for_whom: str


class SittingOut(Schema):
    slug: str
    window: WindowOut
    state: str
    started_at: dt.datetime | None
    ends_at: dt.datetime | None
    submitted_at: dt.datetime | None


class DeviceIn(Schema):
    device: str


class TakeOverIn(Schema):
    """``password`` is asked again; who has none signs in anew on the page."""

    device: str
    password: str = ""


class OptionOut(Schema):
    id: str
    text: str


class PaperItemOut(Schema):
    """No key, no explanation: what a candidate sees while answering."""

    number: int
    kind: str
    points: int
    text: str
    options: list[OptionOut]
    answer: dict[str, Any]


class AnswersIn(Schema):
    """``answers`` by the number of the question."""

    device: str
    answers: dict[int, dict[str, Any]]


class SavedOut(Schema):
    saved: dict[int, dt.datetime]


class ItemResultOut(Schema):
    """``key`` and ``explanation`` are empty where the association does not show them."""

    number: int
    hundredths: int
    points: int
    answer: dict[str, Any]
    key: dict[str, Any]
    explanation: str
    article: str


class ResultOut(Schema):
    score_bp: int
    passed: bool
    by_module: dict[str, Any]
    version: int
    items: list[ItemResultOut]


class AppealIn(Schema):
    reason: str


class AppealOut(Schema):
    slug: str
    state: str
    answer: str


class VoidIn(Schema):
    answer: str


class AppealDecisionIn(Schema):
    """``hundredths`` of a point; null keeps the score."""

    answer: str
    hundredths: int | None = None


class QuestionIn(Schema):
    module: str = ""
    kind: str = ""
    code: str = ""
    difficulty: int = 2
    tags: list[str] = []
    text: str = ""
    text_en: str = ""
    options: list[dict[str, Any]] = []
    key: dict[str, Any] = {}
    explanation: str = ""
    explanation_en: str = ""
    article: str = ""
    article_en: str = ""
    based_on: int = 0


class QuestionOut(Schema):
    slug: str
    version: int
    state: str
    module: str
    kind: str
    code: str
    difficulty: int
    tags: list[str]
    text: str
    text_en: str
    options: list[dict[str, Any]]
    key: dict[str, Any]
    explanation: str
    article: str


class QuestionsOut(Schema):
    count: int
    page: int
    pages: int
    items: list[QuestionOut]


class QuestionVersionIn(Schema):
    version: int


class ExamIn(Schema):
    title: str
    title_en: str = ""
    level: int | None = None
    minutes: int
    pass_bp: int
    differ_bp: int = 2000
    appeal_days: int = 7
    rows: list[dict[str, Any]]


class BlueprintIn(Schema):
    """``based_on`` is the version that was read; another in between is a conflict."""

    minutes: int
    pass_bp: int
    differ_bp: int = 2000
    appeal_days: int = 7
    rows: list[dict[str, Any]]
    based_on: int


class ExamPersonIn(Schema):
    """``person`` is a person's number (U…)."""

    person: str


class ExamGraderOut(Schema):
    id: int
    person: str
    name: str


class ExamOut(Schema):
    slug: str
    title: str
    level: str
    blueprint: int
    minutes: int
    pass_bp: int
    rows: list[dict[str, Any]]


class WindowIn(Schema):
    opens_at: dt.datetime
    closes_at: dt.datetime
    places: int | None = None
    for_whom: str = "network"
    shows_paper: bool = True


class ExamCandidateOut(Schema):
    sitting: str
    name: str
    state: str
    score_bp: int | None
    passed: bool | None


class GradingOut(Schema):
    item: int
    points: int
    text: str
    guide: str
    answer: str


class GradeIn(Schema):
    hundredths: int
    note: str = ""


class CountOut(Schema):
    count: int


class ItemStatisticsOut(Schema):
    question: str
    version: int
    n: int
    few: bool
    difficulty: float
    discrimination: float | None
    upper_lower: float | None
    used: dict[str, int]


def actor(request: HttpRequest) -> User:
    return cast(User, request.user)


def window_out(window: Window) -> WindowOut:
    names = ("slug", "state", "opens_at", "closes_at", "places", "for_whom")
    return WindowOut(exam=window.exam.slug, title=str(window.exam), **{name: getattr(window, name) for name in names})
