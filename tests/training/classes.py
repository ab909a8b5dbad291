"""Courses, terms and meetings that the tests are about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import People
from yinxian.kernel.clock import SHANGHAI
from yinxian.training.models import Course, Session, Term
from yinxian.training.operations.courses import create_course
from yinxian.training.operations.sessions import plan_session
from yinxian.training.operations.terms import create_term, open_term

COURSE: dict[str, Any] = {
    "name": "技术经理人初级通用课",
    "name_en": "Common course, first step",
    "track": "",
    "step": 1,
    "mode": "onsite",
    "about": "从需求到到账。",
    "about_en": "",
    "modules": [
        {"kind": "common", "minutes": 480, "about": "职业与规则"},
        {"kind": "skills", "minutes": 480, "about": "翻译需求"},
    ],
    "attendance_percent": 80,
}
TERM: dict[str, Any] = {
    "name": "三月班",
    "starts_on": dt.date(2026, 3, 1),
    "ends_on": dt.date(2026, 3, 31),
    "place": "协会三楼",
    "seats": 2,
    "fee_fen": 300_000,
    "material": "讲义",
}


def a_course(people: People, **changes: Any) -> Course:
    return create_course(association_id=people.association.pk, actor=people.qiao, values=COURSE | changes)


def a_term(people: People, course: Course | None = None, *, opened: bool = True, **changes: Any) -> Term:
    """Taught by Mingyuan unless said otherwise."""
    values = TERM | {"teachers": [people.mingyuan.phone]} | changes
    made = create_term(course_id=(course or a_course(people)).pk, actor=people.qiao, values=values)
    return open_term(term_id=made.pk, actor=people.qiao) if opened else made


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def a_session(people: People, term: Term, day: int, kind: str = "common", **changes: Any) -> Session:
    """Four hours in the morning of a day in March 2026."""
    values = {
        "kind": kind,
        "topic": f"第 {day} 日",
        "starts_at": at(day, 9),
        "ends_at": at(day, 13),
        "teacher": people.mingyuan.slug,
    }
    return plan_session(term_id=term.pk, actor=people.qiao, values=values | changes)
