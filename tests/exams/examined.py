"""An association with the starter bank, an exam, a window, candidates and graders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import People, person
from yinxian.exams.models import Exam, PaperItem, Sitting, Window
from yinxian.exams.operations.exams import appoint_grader, create_exam, open_window
from yinxian.exams.operations.importing import take_starter
from yinxian.exams.operations.sittings import register, save_answers, start, submit
from yinxian.kernel import clock
from yinxian.network.models import Membership, User

DEVICE, OTHER = "a-browser-of-tests-1", "a-browser-of-tests-2"
HOUR = dt.timedelta(hours=1)
ROWS = [
    {"module": "policy", "kind": "single", "difficulty": 0, "count": 4, "points": 5},
    {"module": "common", "kind": "truth", "difficulty": 0, "count": 2, "points": 5},
    {"module": "policy", "kind": "number", "difficulty": 0, "count": 2, "points": 10},
    {"module": "policy", "kind": "several", "difficulty": 2, "count": 1, "points": 10},
    {"module": "skills", "kind": "short", "difficulty": 0, "count": 1, "points": 20},
    {"module": "skills", "kind": "case", "difficulty": 0, "count": 1, "points": 20},
]


def exam_of(people: People, *, rows: list[dict[str, Any]] | None = None, level: int | None = None, **more: Any) -> Exam:
    take_starter(association_id=people.association.pk, actor=people.qiao)
    values = {"title": "中级考试", "title_en": "Middle", "level": level, "minutes": 60, "pass_bp": 6000}
    values |= {"rows": ROWS if rows is None else rows} | more
    return create_exam(association_id=people.association.pk, actor=people.qiao, values=values)


def window_of(people: People, exam: Exam | None = None, **more: Any) -> Window:
    now = clock.now()
    values = {"opens_at": now, "closes_at": now + 3 * HOUR} | more
    return open_window(exam_id=(exam or exam_of(people)).pk, actor=people.qiao, values=values)


def started(people: People, user: User | None = None, window: Window | None = None) -> Sitting:
    user = user or people.ruoxi
    sitting = register(window_id=(window or window_of(people)).pk, actor=user)
    return start(sitting_id=sitting.pk, actor=user, device=DEVICE)


def right_answer(item: PaperItem) -> dict[str, Any]:
    """What has every point, by the key."""
    key, kind = item.version.key, item.version.question.kind
    if kind in ("single", "several", "truth"):
        return {"chosen": key["right"]}
    if kind == "number":
        return {"value": key["value"], "unit": key["unit"]}
    if kind == "short":
        return {"text": "先固定证据，再书面通知，再协商。"}
    return {name: key[name] for name in ("indicators", "field", "budget", "duration_months")}


def handed_in(people: People, user: User | None = None, window: Window | None = None) -> Sitting:
    """A sitting with everything right, handed in."""
    user = user or people.ruoxi
    sitting = started(people, user, window)
    answers = {item.number: right_answer(item) for item in sitting.items.select_related("version__question")}
    save_answers(sitting_id=sitting.pk, actor=user, device=DEVICE, answers=answers)
    return submit(sitting_id=sitting.pk, actor=user, device=DEVICE)


def graders(people: People, count: int = 3) -> list[User]:
    found = []
    for number in range(count):
        user = person(f"阅卷{number}", f"1390000020{number}")
        appoint_grader(association_id=people.association.pk, actor=people.qiao, user_id=user.pk)
        found.append(user)
    return found


def second_keeper(people: People) -> User:
    return person("邱审", "13900000210", (people.association, Membership.Role.REVIEWER))
