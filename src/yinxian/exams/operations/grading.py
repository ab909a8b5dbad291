"""People grade short texts; results are released; appeals are answered. Every score is a row of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Appeal, PaperItem, Result, Score, Sitting, Window
from ..rules.keys import text_of
from ..rules.scoring import HUNDRED, final, too_far_apart
from .closing import close_overdue
from .exams import locked_window

LONGEST_NOTE = 2_000
ORDER = (Score.By.FIRST, Score.By.SECOND, Score.By.THIRD)


@transaction.atomic
def grade(*, item_id: int, actor: User, hundredths: int, note: str = "") -> Score:
    """One grader's score of a short text, without having seen the other's; a third's decides when two differ too much.

    Conflict when enough people have graded it already; Forbidden for who is not appointed, whose paper it is, or who
    graded it before.
    """
    item = (
        PaperItem.objects.select_for_update(of=("self",))
        .select_related("sitting__window__exam", "sitting__window__blueprint", "sitting__user")
        .get(pk=item_id)
    )
    if not permissions.can_grade(actor, item):
        raise Forbidden("exams.not_grader")
    if item.to_grade < 1 or item.sitting.state != Sitting.State.SUBMITTED:
        raise Conflict("exams.graded_already")
    _check(hundredths, item)
    given = list(item.scores.filter(by__in=ORDER).order_by("pk"))
    made = Score.objects.create(
        item=item,
        by=ORDER[len(given)],
        hundredths=hundredths,
        note=text_of(note, "note", LONGEST_NOTE),
        grader=actor,
        at=clock.now(),
    )
    item.to_grade -= 1
    differ = item.sitting.window.blueprint.differ_bp
    if len(given) == 1 and too_far_apart(given[0].hundredths, hundredths, item.points, differ):
        item.to_grade = 1
    item.save(update_fields=["to_grade"])
    _note("exams.item.graded", item.sitting, actor, number=item.number, by=made.by)
    return made


def _check(hundredths: int, item: PaperItem) -> None:
    if type(hundredths) is not int or not 0 <= hundredths <= item.points * HUNDRED:
        raise Invalid("exams.score", field="points", most=item.points)


@transaction.atomic
def release(*, window_id: int, actor: User) -> Window:
    """Give everyone their result. Conflict while the window is open or work is ungraded; again changes nothing."""
    window = locked_window(window_id)
    if not permissions.keeps(actor, window.exam.association):
        raise Forbidden("exams.not_keeper")
    if window.state == Window.State.RELEASED:
        return window
    if clock.now() < window.closes_at:
        raise Conflict("exams.window_still_open")
    close_overdue(window_id=window.pk, most=10**6)
    waiting = PaperItem.objects.filter(sitting__window=window, to_grade__gt=0).count()
    if waiting:
        raise Conflict("exams.ungraded", count=waiting)
    window.move_to(Window.State.RELEASED)
    window.released_at = clock.now()
    window.save(update_fields=["state", "released_at"])
    window.sittings.filter(state=Sitting.State.REGISTERED).update(state=Sitting.State.ABSENT)
    handed_in = window.sittings.select_for_update(of=("self",)).filter(state=Sitting.State.SUBMITTED).order_by("pk")
    for sitting in handed_in.select_related("user"):
        sitting.window = window
        sitting.move_to(Sitting.State.RELEASED)
        sitting.save(update_fields=["state"])
        _note("exams.result.released", sitting, actor, **recount(sitting))
    journal.record("exams.window.released", actor=actor, subject=window, organisations=[window.exam.association_id])
    return window


def recount(sitting: Sitting) -> dict[str, object]:
    """Add up what the scores say now, as the next version of the result; what the journal says of it."""
    items = list(sitting.items.select_related("version__question").prefetch_related("scores"))
    modules: dict[str, dict[str, int]] = {}
    for item in items:
        part = modules.setdefault(item.version.question.module, {"hundredths": 0, "points": 0})
        part["hundredths"] += score_of(item.scores.all()) or 0
        part["points"] += item.points
    hundredths = sum(part["hundredths"] for part in modules.values())
    points = sum(part["points"] for part in modules.values())
    bp = hundredths * 10_000 // (points * HUNDRED)
    last = sitting.results.aggregate(number=Max("number"))["number"] or 0
    made = Result.objects.create(
        sitting=sitting,
        number=last + 1,
        hundredths=hundredths,
        points=points,
        score_bp=bp,
        passed=bp >= sitting.window.blueprint.pass_bp,
        by_module=modules,
        at=clock.now(),
    )
    return {"score_bp": bp, "passed": made.passed, "version": made.number}


def score_of(scores: Iterable[Score]) -> int | None:
    """What an item has now, of all its rows."""
    return final({score.by: score.hundredths for score in scores})


@transaction.atomic
def ask_appeal(*, item_id: int, actor: User, reason: str) -> Appeal:
    """Doubt a score, with a reason, within the blueprint's days after the release. One an item; again gives it."""
    item = (
        PaperItem.objects.select_for_update(of=("self",))
        .select_related("sitting__window__exam", "sitting__window__blueprint", "sitting__user")
        .get(pk=item_id)
    )
    sitting, window = item.sitting, item.sitting.window
    if not permissions.sits(actor, sitting):
        raise Forbidden("exams.not_your_sitting")
    if found := Appeal.objects.filter(item=item).first():
        return found
    if sitting.state != Sitting.State.RELEASED or window.released_at is None:
        raise Conflict("exams.not_released")
    if clock.now() > window.released_at + dt.timedelta(days=window.blueprint.appeal_days):
        raise Conflict("exams.appeal_late", days=window.blueprint.appeal_days)
    words = text_of(reason, "reason", LONGEST_NOTE)
    if not words:
        raise Invalid("exams.appeal_reason", field="reason")
    made = Appeal.objects.create(item=item, reason=words, asked_at=clock.now())
    journal.record(
        "exams.appeal.asked",
        actor=actor,
        subject=made,
        data={"member": sitting.user.slug, "number": item.number},
        organisations=[window.exam.association_id],
    )
    return made


@transaction.atomic
def decide_appeal(*, appeal_id: int, actor: User, answer: str, hundredths: int | None = None) -> Appeal:
    """Keep the score (None) or give a higher one, with a reason. Who graded the item, or wrote it, does not decide.

    An appeal never lowers a score: nobody is worse off for asking.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    item = (
        PaperItem.objects.select_for_update(of=("self",))
        .select_related("sitting__window__exam__association", "sitting__window__blueprint", "sitting__user")
        .get(pk=appeal.item_id)
    )
    sitting, association = item.sitting, item.sitting.window.exam.association
    if not permissions.keeps(actor, association):
        raise Forbidden("exams.not_keeper")
    if permissions.sits(actor, sitting) or item.scores.filter(grader=actor).exists():
        raise Forbidden("exams.appeal_own")
    words = text_of(answer, "answer", LONGEST_NOTE)
    if not words:
        raise Invalid("exams.appeal_answer", field="answer")
    appeal.move_to(Appeal.State.REFUSED if hundredths is None else Appeal.State.GRANTED)
    appeal.answer, appeal.decided_by, appeal.decided_at = words, actor, clock.now()
    appeal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    data = {"member": sitting.user.slug, "number": item.number, "granted": hundredths is not None}
    journal.record("exams.appeal.decided", actor=actor, subject=appeal, data=data, organisations=[association.pk])
    if hundredths is not None:
        _check(hundredths, item)
        if hundredths <= (score_of(item.scores.all()) or 0):
            raise Invalid("exams.appeal_lower", field="points")
        Score.objects.create(
            item=item, by=Score.By.APPEAL, hundredths=hundredths, note=words, grader=actor, at=clock.now()
        )
        _note("exams.result.changed", sitting, actor, **recount(sitting))
    return appeal


def _note(name: str, sitting: Sitting, actor: User, **data: object) -> None:
    journal.record(
        name,
        actor=actor,
        subject=sitting,
        data={"member": sitting.user.slug, **data},
        organisations=[sitting.window.exam.association_id],
    )
