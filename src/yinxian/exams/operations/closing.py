"""The end of a sitting: what was answered is fixed, what a rule can grade is graded."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, crypto
from yinxian.network.models import User

from ..models import Kind, PaperItem, Score, Sitting
from ..rules.scoring import score

GRADERS = 2
State = Sitting.State


def close(sitting: Sitting, *, by_clock: bool, actor: User | None) -> Sitting:
    """Hand in a running sitting that the caller has locked: digest of the answers, scores by rule, work for graders."""
    sitting.move_to(State.SUBMITTED)
    sitting.by_clock = by_clock
    sitting.submitted_at = sitting.ends_at if by_clock else clock.now()
    items = list(sitting.items.select_related("version__question", "answer").order_by("number"))
    answers = {str(item.number): _answer(item) for item in items}
    sitting.digest = crypto.sha256_hex(crypto.canonical(answers))
    sitting.save(update_fields=["state", "by_clock", "submitted_at", "digest"])
    scores, people = [], []
    for item in items:
        kind, answer = item.version.question.kind, _answer(item)
        if kind == Kind.SHORT and answer:
            people.append(item.pk)
            continue
        hundredths, lines = score(kind, item.version.key, answer, item.points)
        scores.append(Score(item=item, by=Score.By.RULE, hundredths=hundredths, lines=lines, at=clock.now()))
    Score.objects.bulk_create(scores)
    PaperItem.objects.filter(pk__in=people).update(to_grade=GRADERS)
    answered = sum(bool(answer) for answer in answers.values())
    journal.record(
        "exams.sitting.submitted",
        actor=actor,
        subject=sitting,
        data={
            "member": sitting.user.slug,
            "digest": sitting.digest,
            "by_clock": by_clock,
            "answered": answered,
            "questions": len(items),
        },
        organisations=[sitting.window.exam.association_id],
    )
    return sitting


def _answer(item: PaperItem) -> dict[str, object]:
    return item.answer.content if hasattr(item, "answer") else {}


@transaction.atomic
def close_overdue(*, moment: dt.datetime | None = None, window_id: int | None = None, most: int = 200) -> int:
    """Hand in, as of their end, the sittings whose time is over; how many. Doing it twice does it once."""
    over = Sitting.objects.filter(state=State.RUNNING, ends_at__lte=moment or clock.now())
    if window_id is not None:
        over = over.filter(window=window_id)
    found = over.select_for_update(of=("self",)).select_related("window__exam", "user").order_by("pk")[:most]
    return sum(bool(close(sitting, by_clock=True, actor=None)) for sitting in found)
