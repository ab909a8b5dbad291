"""Read a lesson of the product's own course."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import User

from ..lessons import lesson_called
from ..models import LessonRead


@transaction.atomic
def answer_lesson(*, lesson: str, actor: User, choice: int) -> LessonRead:
    """The right answer to its question: its minutes count, once a person and lesson. Invalid for a wrong one, which
    may be tried again."""
    found = lesson_called(lesson)
    if found is None:
        raise Conflict("training.no_lesson")
    if isinstance(choice, bool) or choice != found.right:
        raise Invalid("training.answer_wrong", field="choice")
    read, made = LessonRead.objects.get_or_create(
        user=actor, lesson=found.name, defaults={"minutes": found.minutes, "read_at": clock.now()}
    )
    if made:
        data = {
            "member": actor.slug,
            "lesson": found.name,
            "kind": found.kind,
            "minutes": found.minutes,
            "title": str(found.words["title"]),
        }
        journal.record("training.lesson.read", actor=actor, subject=actor, data=data)
    return read
