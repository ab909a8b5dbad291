"""An association's exams: blueprints, windows, graders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from yinxian import journal
from yinxian.credentials.models import Level
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Blueprint, Exam, Grader, Sitting, Window
from ..queries.bank import bank_at
from ..rules.drawing import MOST_MINUTES, checked_rows, draw
from ..rules.keys import text_of
from .bank import keeper_of

MOST_DAYS, MOST_PLACES, WHOLE_BP = 90, 100_000, 10_000
LONGEST_WINDOW = dt.timedelta(days=31)


@transaction.atomic
def create_exam(*, association_id: int, actor: User, values: Mapping[str, Any]) -> Exam:
    """An exam with its first blueprint. ``values``: title, title_en, level (a pk or None) and those of a blueprint."""
    association = keeper_of(association_id, actor)
    title, english = text_of(values.get("title"), "title", 80), text_of(values.get("title_en"), "title_en", 120)
    if not title:
        raise Invalid("exams.exam_title", field="title")
    if Exam.objects.filter(association=association, title=title).exists():
        raise Conflict("exams.exam_taken", field="title")
    level = values.get("level")
    if level is not None and not Level.objects.filter(pk=level, association=association, retired_at=None).exists():
        raise Invalid("exams.exam_level", field="level")
    exam = Exam.objects.create(association=association, level_id=level, title=title, title_en=english, created_by=actor)
    journal.record("exams.exam.created", actor=actor, subject=exam, organisations=[association.pk])
    _blueprint(exam, actor, values, 1)
    return exam


@transaction.atomic
def edit_blueprint(*, exam_id: int, actor: User, values: Mapping[str, Any], based_on: int) -> Blueprint:
    """A new version, for windows opened from now on. Conflict when somebody made one since ``based_on``."""
    exam = _exam(exam_id, actor)
    latest = exam.blueprints.aggregate(number=Max("number"))["number"] or 0
    if latest != based_on:
        raise Conflict("exams.blueprint_changed", version=latest)
    return _blueprint(exam, actor, values, latest + 1)


def _exam(exam_id: int, actor: User) -> Exam:
    exam = Exam.objects.select_for_update(of=("self",)).select_related("association").get(pk=exam_id)
    if not permissions.keeps(actor, exam.association):
        raise Forbidden("exams.not_keeper")
    return exam


def _blueprint(exam: Exam, actor: User, values: Mapping[str, Any], number: int) -> Blueprint:
    limits = {
        "minutes": (1, MOST_MINUTES),
        "pass_bp": (1, WHOLE_BP),
        "differ_bp": (0, WHOLE_BP),
        "appeal_days": (0, MOST_DAYS),
    }
    figures = {}
    for name, (least, most) in limits.items():
        figure = values.get(name, {"differ_bp": 2000, "appeal_days": 7}.get(name))
        if type(figure) is not int or not least <= figure <= most:
            raise Invalid("exams.blueprint_figure", field=name, least=least, most=most)
        figures[name] = figure
    rows = checked_rows(values.get("rows"))
    made = Blueprint.objects.create(exam=exam, number=number, rows=rows, created_by=actor, **figures)
    journal.record(
        "exams.blueprint.changed",
        actor=actor,
        subject=exam,
        data={"version": number, "questions": made.questions, "points": made.points, **figures},
        organisations=[exam.association_id],
    )
    return made


@transaction.atomic
def open_window(*, exam_id: int, actor: User, values: Mapping[str, Any]) -> Window:
    """Open registration. The newest blueprint holds for the window; Conflict when the bank is too small for it.

    ``values``: opens_at, closes_at, places (None: no limit), for_whom, shows_paper.
    """
    exam = _exam(exam_id, actor)
    blueprint = exam.blueprints.order_by("-number")[0]
    opens, closes, places = _moment(values.get("opens_at")), _moment(values.get("closes_at")), values.get("places")
    if opens is None or closes is None:
        raise Invalid("exams.window_times", field="opens_at")
    if not opens < closes or closes - opens > LONGEST_WINDOW or closes <= clock.now():
        raise Invalid("exams.window_times", field="closes_at")
    if places is not None and (type(places) is not int or not 1 <= places <= MOST_PLACES):
        raise Invalid("exams.window_places", field="places")
    for_whom = str(values.get("for_whom") or Window.ForWhom.NETWORK)
    if for_whom not in Window.ForWhom.values:
        raise Invalid("exams.window_for_whom", field="for_whom")
    draw(blueprint.rows, bank_at(exam.association_id), seed=0)
    made = Window.objects.create(
        exam=exam,
        blueprint=blueprint,
        opens_at=opens,
        closes_at=closes,
        places=places,
        for_whom=for_whom,
        shows_paper=bool(values.get("shows_paper", True)),
        created_by=actor,
    )
    journal.record(
        "exams.window.opened",
        actor=actor,
        subject=made,
        data={"opens_at": opens.isoformat(), "closes_at": closes.isoformat(), "blueprint": blueprint.number},
        organisations=[exam.association_id],
    )
    return made


def _moment(given: Any) -> dt.datetime | None:
    """A moment; one without a zone is Shanghai's."""
    if not isinstance(given, dt.datetime):
        return None
    return given if given.tzinfo else given.replace(tzinfo=clock.SHANGHAI)


@transaction.atomic
def cancel_window(*, window_id: int, actor: User) -> Window:
    """Called off while nobody has started; who registered is told. Again changes nothing."""
    window = locked_window(window_id)
    if not permissions.keeps(actor, window.exam.association):
        raise Forbidden("exams.not_keeper")
    if window.state == Window.State.CANCELLED:
        return window
    if window.sittings.filter(started_at__isnull=False).exists():
        raise Conflict("exams.window_started")
    window.move_to(Window.State.CANCELLED)
    window.save(update_fields=["state"])
    journal.record("exams.window.cancelled", actor=actor, subject=window, organisations=[window.exam.association_id])
    return window


def locked_window(window_id: int) -> Window:
    found = Window.objects.select_for_update(of=("self",)).select_related("exam__association", "blueprint")
    return found.get(pk=window_id)


@transaction.atomic
def appoint_grader(*, association_id: int, actor: User, user_id: int) -> Grader:
    """Ask somebody to grade for the association. Who is registered for one of its open exams cannot; twice is once."""
    association = keeper_of(association_id, actor)
    user = User.objects.get(pk=user_id)
    if found := Grader.objects.filter(association=association, user=user, ended_at=None).first():
        return found
    waiting = (Sitting.State.REGISTERED, Sitting.State.RUNNING, Sitting.State.SUBMITTED)
    if Sitting.objects.filter(user=user, state__in=waiting, window__exam__association=association).exists():
        raise Conflict("exams.grader_sits", field="phone")
    made = Grader.objects.create(association=association, user=user, appointed_by=actor)
    data = {"member": user.slug}
    journal.record(
        "exams.grader.appointed", actor=actor, subject=association, data=data, organisations=[association.pk]
    )
    return made


@transaction.atomic
def end_grader(*, grader_id: int, actor: User) -> Grader:
    """No more to grade from now on; what was graded stays."""
    grader = Grader.objects.select_for_update(of=("self",)).select_related("association", "user").get(pk=grader_id)
    association = grader.association
    if not permissions.keeps(actor, association):
        raise Forbidden("exams.not_keeper")
    if grader.ended_at is None:
        grader.ended_at = clock.now()
        grader.save(update_fields=["ended_at"])
        data = {"member": grader.user.slug}
        journal.record(
            "exams.grader.ended", actor=actor, subject=association, data=data, organisations=[association.pk]
        )
    return grader
