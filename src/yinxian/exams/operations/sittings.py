"""A sitting: register, start, answer, take over, hand in. The server's clock alone decides what is in time."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.kernel import clock, crypto
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..models import Answer, PaperItem, Sitting, Window
from ..queries.bank import bank_at
from ..rules.answers import checked_answer
from ..rules.drawing import MOST_QUESTIONS, draw
from .closing import close
from .exams import locked_window

State = Sitting.State
SHORTEST_TOKEN, LONGEST_TOKEN = 16, 200
SEED_BITS = 62
MOST_TRIES = 1_000  # other devices that are noted; more say nothing new


@transaction.atomic
def register(*, window_id: int, actor: User) -> Sitting:
    """Take a place. Twice is one registration; Conflict when it is full or over; a keeper or grader cannot."""
    return _register(locked_window(window_id), actor, actor)


@transaction.atomic
def register_person(*, window_id: int, actor: User, user_id: int) -> Sitting:
    """The association registers somebody, whatever the window's rule says of who may."""
    window = locked_window(window_id)
    if not permissions.keeps(actor, window.exam.association):
        raise Forbidden("exams.not_keeper")
    return _register(window, User.objects.get(pk=user_id), actor)


def _register(window: Window, user: User, actor: User) -> Sitting:
    found = Sitting.objects.filter(window=window, user=user).first()
    if found and found.state != State.WITHDRAWN:
        return found
    if window.state != Window.State.OPEN or clock.now() >= window.closes_at:
        raise Conflict("exams.registration_over")
    if permissions.knows_the_keys(user, window.exam.association):
        raise Conflict("exams.keeper_cannot_sit", field="phone")
    if user == actor and not permissions.may_register(user, window):
        raise Forbidden("exams.not_eligible")
    taken = window.sittings.exclude(state=State.WITHDRAWN).count()
    if window.places is not None and taken >= window.places:
        raise Conflict("exams.window_full")
    if found:
        found.move_to(State.REGISTERED)
        found.registered_at = clock.now()
        found.save(update_fields=["state", "registered_at"])
    sitting = found or Sitting.objects.create(window=window, user=user)
    _note("exams.sitting.registered", sitting, actor)
    return sitting


@transaction.atomic
def withdraw(*, sitting_id: int, actor: User) -> Sitting:
    """Give the place back before the start; registering again is possible while there are places."""
    sitting = _locked(sitting_id, actor)
    if sitting.state == State.WITHDRAWN:
        return sitting
    sitting.move_to(State.WITHDRAWN)
    sitting.save(update_fields=["state"])
    _note("exams.sitting.withdrawn", sitting, actor)
    return sitting


@transaction.atomic
def start(*, sitting_id: int, actor: User, device: str) -> Sitting:
    """Draw the paper and start the clock, on this device. Pressed twice on it, one start; on another, Conflict.

    The end is the blueprint's minutes from now, at most the end of the window, and does not move any more.
    """
    sitting, mark = _locked(sitting_id, actor), _mark(device)
    window, now = sitting.window, clock.now()
    if sitting.state == State.RUNNING:
        if sitting.device != mark:
            raise Conflict("exams.other_device")
        return sitting
    if window.state != Window.State.OPEN:
        raise Conflict("exams.window_not_open")
    if not window.opens_at <= now < window.closes_at:
        raise Conflict("exams.window_closed" if now >= window.closes_at else "exams.window_not_yet")
    if permissions.knows_the_keys(actor, window.exam.association):
        raise Conflict("exams.keeper_cannot_sit")
    sitting.move_to(State.RUNNING)
    sitting.seed, sitting.device, sitting.started_at = secrets.randbits(SEED_BITS), mark, now
    sitting.ends_at = min(now + dt.timedelta(minutes=window.blueprint.minutes), window.closes_at)
    sitting.save(update_fields=["state", "seed", "device", "started_at", "ends_at"])
    drawn = draw(window.blueprint.rows, bank_at(window.exam.association_id, now), sitting.seed)
    PaperItem.objects.bulk_create(
        PaperItem(sitting=sitting, number=number, version_id=one.version, points=one.points, order=one.order)
        for number, one in enumerate(drawn, start=1)
    )
    _note("exams.sitting.started", sitting, actor, ends_at=sitting.ends_at.isoformat(), questions=len(drawn))
    return sitting


def save_answers(*, sitting_id: int, actor: User, device: str, answers: Mapping[int, Any]) -> dict[int, dt.datetime]:
    """Keep answers by the number of their question, all or none; when each was saved. The same again changes nothing.

    Conflict once the time is over or the paper handed in, and on any device but the one that has the sitting; that
    somebody tried is noted in the journal.
    """
    with _noticed(sitting_id, actor, device):
        return _save(sitting_id, actor, device, answers)


@transaction.atomic
def _save(sitting_id: int, actor: User, device: str, answers: Mapping[int, Any]) -> dict[int, dt.datetime]:
    sitting = _in_time(sitting_id, actor, device)
    if any(not 0 < number <= MOST_QUESTIONS for number in answers):
        raise Invalid("exams.no_such_question", field="number")
    items = {
        item.number: item
        for item in sitting.items.select_related("version__question", "answer").filter(number__in=list(answers))
    }
    kept, fresh = {}, []
    for number, given in answers.items():
        item = items.get(number)
        if item is None:
            raise Invalid("exams.no_such_question", field="number")
        content = checked_answer(item.version.question.kind, given, order=item.order)
        kept[number] = _kept(item, content)
        if kept[number].pk is None:
            fresh.append(kept[number])
    Answer.objects.bulk_create(fresh)
    return {number: answer.saved_at for number, answer in kept.items()}


def _kept(item: PaperItem, content: dict[str, Any]) -> Answer:
    """The answer as it is now: a new one not yet written, or the one there is, changed where it differs."""
    before: Answer | None = getattr(item, "answer", None)
    if before is None:
        return Answer(item=item, content=content, saved_at=clock.now())
    if before.content != content:
        before.content, before.saved_at = content, clock.now()
        before.save(update_fields=["content", "saved_at"])
    return before


def submit(*, sitting_id: int, actor: User, device: str) -> Sitting:
    """Hand in; nothing can be changed afterwards. Pressed twice, once."""
    with _noticed(sitting_id, actor, device), transaction.atomic():
        sitting = _locked(sitting_id, actor)
        if sitting.state in (State.SUBMITTED, State.RELEASED):
            return sitting
        sitting = _in_time(sitting_id, actor, device)
        return close(sitting, by_clock=False, actor=actor)


@transaction.atomic
def take_over(*, sitting_id: int, actor: User, device: str) -> Sitting:
    """Go on answering on this device; the other can no more. The caller has asked for a fresh sign-in."""
    sitting, mark = _locked(sitting_id, actor), _mark(device)
    if sitting.state != State.RUNNING:
        raise Conflict("exams.not_running")
    if sitting.device == mark:
        return sitting
    sitting.device, sitting.takeovers = mark, min(sitting.takeovers + 1, MOST_TRIES)
    sitting.save(update_fields=["device", "takeovers"])
    _note("exams.sitting.taken_over", sitting, actor, device=mark[:12], times=sitting.takeovers)
    return sitting


def _mark(device: str) -> str:
    if not isinstance(device, str) or not SHORTEST_TOKEN <= len(device) <= LONGEST_TOKEN:
        raise Invalid("exams.device", field="device")
    return crypto.sha256_hex(device.encode("utf-8", "replace"))


def _locked(sitting_id: int, actor: User) -> Sitting:
    found = Sitting.objects.select_for_update(of=("self",))
    sitting = found.select_related("window__exam__association", "window__blueprint", "user").get(pk=sitting_id)
    if not permissions.sits(actor, sitting):
        raise Forbidden("exams.not_your_sitting")
    return sitting


def _in_time(sitting_id: int, actor: User, device: str) -> Sitting:
    """The sitting, locked, while it may be answered on this device."""
    sitting = _locked(sitting_id, actor)
    if sitting.state == State.REGISTERED:
        raise Conflict("exams.not_running")
    if sitting.state != State.RUNNING:
        raise Conflict("exams.handed_in")
    assert sitting.ends_at is not None  # set at the start
    if clock.now() >= sitting.ends_at:
        raise Conflict("exams.time_over", until=f"{sitting.ends_at.astimezone(clock.SHANGHAI):%H:%M}")
    if sitting.device != _mark(device):
        raise Conflict("exams.other_device")
    return sitting


@contextmanager
def _noticed(sitting_id: int, actor: User, device: str) -> Iterator[None]:
    """What is refused because it comes from another device is noted; the refused transaction itself leaves nothing."""
    try:
        yield
    except Conflict as refusal:
        if refusal.code == "exams.other_device":
            _notice(sitting_id, actor, _mark(device))
        raise


@transaction.atomic
def _notice(sitting_id: int, actor: User, mark: str) -> None:
    """Once for each device."""
    sitting = _locked(sitting_id, actor)
    tried = Entry.objects.filter(
        subject_type=sitting._meta.label_lower, subject_id=sitting.pk, name="exams.sitting.other_device"
    )
    if sitting.refused < MOST_TRIES and not tried.filter(data__device=mark[:12]).exists():
        sitting.refused += 1
        sitting.save(update_fields=["refused"])
        _note("exams.sitting.other_device", sitting, actor, device=mark[:12])


def _note(name: str, sitting: Sitting, actor: User | None, **data: Any) -> None:
    journal.record(
        name,
        actor=actor,
        subject=sitting,
        data={"member": sitting.user.slug, **data},
        organisations=[sitting.window.exam.association_id],
    )
