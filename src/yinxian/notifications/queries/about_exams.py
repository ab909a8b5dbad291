"""What an entry of exams is about. No key, no answer and no score is read."""

from __future__ import annotations

from yinxian.exams.models import Appeal, Grader, Sitting, Window
from yinxian.journal.models import Entry
from yinxian.network.models import User

from .around import REVIEWS, About, address, of


def window_about(entry: Entry, window: Window) -> About:
    """Who is registered; the title is the exam's, which is public."""
    registered = User.objects.filter(sittings__window=window, sittings__state=Sitting.State.REGISTERED)
    return About(window.exam.title, address("exams:mine"), {"registered": lambda: registered})


def sitting_about(entry: Entry, sitting: Sitting) -> About:
    """A result is read by its candidate; a paper with a short text waits for graders."""
    exam = sitting.window.exam
    waiting = sitting.items.filter(to_grade__gt=0).exists()
    graders = User.objects.filter(gradings__in=Grader.objects.filter(association=exam.association_id, ended_at=None))
    own = entry.name.startswith("exams.result.") or entry.name == "exams.sitting.registered"
    return About(
        exam.title,
        address("exams:sitting", sitting.slug) if own else address("exams:queue"),
        {"member": lambda: [sitting.user], "graders": lambda: graders if waiting else []},
    )


def exam_appeal_about(entry: Entry, appeal: Appeal) -> About:
    sitting = appeal.item.sitting
    return About(
        sitting.window.exam.title,
        address("exams:appeal", appeal.slug),
        {"member": lambda: [sitting.user], "reviewers": of(sitting.window.exam.association_id, REVIEWS)},
    )
