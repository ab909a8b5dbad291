"""A question turns out to be faulty: it is void for everybody who had it in that window."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Appeal, PaperItem, Score, Sitting, Window
from ..rules.keys import text_of
from ..rules.scoring import HUNDRED
from .exams import locked_window
from .grading import LONGEST_NOTE, recount


@transaction.atomic
def void_item(*, appeal_id: int, actor: User, answer: str) -> Appeal:
    """Grant an appeal by giving all points of the question to everybody who had it in the window: nobody is worse off.

    Each result is worked out anew as its next version, each candidate is told, and whoever else had appealed against
    the question is answered with it. Who graded it does not decide; pressed twice, once.
    """
    first = Appeal.objects.select_related("item__sitting").get(pk=appeal_id)
    window = locked_window(first.item.sitting.window_id)
    items = list(
        PaperItem.objects.select_for_update(of=("self",))
        .filter(version_id=first.item.version_id, sitting__window=window, sitting__state=Sitting.State.RELEASED)
        .select_related("sitting__user", "sitting__window__blueprint", "sitting__window__exam")
        .prefetch_related("scores")
        .order_by("pk")
    )
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    if not permissions.keeps(actor, window.exam.association):
        raise Forbidden("exams.not_keeper")
    if first.item.sitting.user_id == actor.pk or first.item.scores.filter(grader=actor).exists():
        raise Forbidden("exams.appeal_own")
    words = text_of(answer, "answer", LONGEST_NOTE)
    if not words:
        raise Invalid("exams.appeal_answer", field="answer")
    if _is_void(first.item_id):
        if appeal.state == Appeal.State.GRANTED:
            return appeal
        raise Conflict("exams.item_void")
    appeal.move_to(Appeal.State.GRANTED)
    _give(items, words)
    _tell(window, items, actor)
    _answer(items, actor, words)
    appeal.refresh_from_db()
    return appeal


def _is_void(item_id: int) -> bool:
    return Score.objects.filter(item=item_id, by=Score.By.VOID).exists()


def _give(items: list[PaperItem], words: str) -> None:
    Score.objects.bulk_create(
        Score(item=item, by=Score.By.VOID, hundredths=item.points * HUNDRED, note=words, at=clock.now())
        for item in items
    )


def _tell(window: Window, items: list[PaperItem], actor: User) -> None:
    question = items[0].version.question
    journal.record(
        "exams.item.voided",
        actor=actor,
        subject=window,
        data={"question": question.slug, "version": items[0].version.number, "papers": len(items)},
        organisations=[window.exam.association_id],
    )
    for item in items:
        sitting = item.sitting
        journal.record(
            "exams.result.recounted",
            actor=actor,
            subject=sitting,
            data={"member": sitting.user.slug, "number": item.number, **recount(sitting)},
            organisations=[window.exam.association_id],
        )


def _answer(items: list[PaperItem], actor: User, words: str) -> None:
    """Everybody who asked about this question in this window, the one first."""
    waiting = Appeal.objects.select_for_update(of=("self",)).filter(item__in=items, state=Appeal.State.ASKED)
    for one in waiting.select_related("item__sitting__user", "item__sitting__window__exam").order_by("pk"):
        one.move_to(Appeal.State.GRANTED)
        one.answer, one.decided_by, one.decided_at = words, actor, clock.now()
        one.save(update_fields=["state", "answer", "decided_by", "decided_at"])
        sitting = one.item.sitting
        journal.record(
            "exams.appeal.decided",
            actor=actor,
            subject=one,
            data={"member": sitting.user.slug, "number": one.item.number, "granted": True, "void": True},
            organisations=[sitting.window.exam.association_id],
        )
