"""Exams and the journal: a pass is a proof for levels; sittings end on time; who is registered is reminded."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from yinxian import journal
from yinxian.credentials.models import ProofKind
from yinxian.credentials.operations.proofs import record_proof
from yinxian.journal.models import Entry

from .models import Sitting
from .operations.closing import close_overdue
from .operations.reminding import call, remind


@journal.follower("exams.proofs", ("exams.result.",))
def count_exam(entry: Entry) -> None:
    """A pass of an exam that belongs to a level; after an appeal the better result stands beside the first."""
    sitting = Sitting.objects.select_related("window__exam__level").get(pk=entry.subject_id)
    level = sitting.window.exam.level
    if level is None or not entry.data["passed"]:
        return
    record_proof(
        user_id=sitting.user_id,
        kind=ProofKind.EXAM,
        name=level.slug,
        amount=entry.data["score_bp"],
        entry=entry,
        title=sitting.window.exam.title,
        path=reverse("exams:result", args=[sitting.slug]),
    )


@journal.each_round("exams.closing")
def hand_in_what_is_over() -> int:
    return close_overdue()


@journal.each_round("exams.calls")
def say_what_opens_and_closes() -> int:
    return call()


@journal.daily("exams.reminders")
def remind_of_tomorrow(today: dt.date) -> None:
    remind(today)
