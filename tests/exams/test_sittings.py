"""Registering, starting, answering, taking over, handing in: the server's clock decides, one device answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.exams.examined import DEVICE, HOUR, OTHER, exam_of, graders, handed_in, right_answer, started, window_of
from tests.world import People
from yinxian.exams.models import Answer, PaperItem, Score, Sitting, Window
from yinxian.exams.operations.closing import close_overdue
from yinxian.exams.operations.exams import appoint_grader, cancel_window, open_window
from yinxian.exams.operations.sittings import (
    register,
    register_person,
    save_answers,
    start,
    submit,
    take_over,
    withdraw,
)
from yinxian.exams.queries.bank import bank_at
from yinxian.exams.queries.sittings import own_sitting
from yinxian.exams.rules.drawing import draw
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from yinxian.notifications.models import Notice

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def save(sitting: Sitting, people: People, answers: dict[int, dict[str, object]], device: str = DEVICE) -> object:
    return save_answers(sitting_id=sitting.pk, actor=people.ruoxi, device=device, answers=answers)


def test_a_paper_is_drawn_by_its_blueprint_and_can_be_drawn_again(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    sitting = started(people)
    items = list(sitting.items.select_related("version__question").order_by("number"))
    assert len(items) == 11 and sum(item.points for item in items) == 100
    assert sitting.ends_at == clock.now() + HOUR
    frozen("2026-03-05T09:00")
    question = items[0].version.question
    question.versions.filter(state="reviewed").update(retired_at=clock.now(), state="retired")
    rows = sitting.window.blueprint.rows
    again = draw(rows, bank_at(people.association.pk, sitting.started_at), sitting.seed or 0)
    assert [(one.version, one.points, one.order) for one in again] == [
        (item.version_id, item.points, item.order) for item in items
    ]
    assert items[0].version_id not in {one.version for one in bank_at(people.association.pk)}


def test_pressing_start_twice_is_one_start(people: People) -> None:
    sitting = started(people)
    again = start(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)
    assert (again.seed, again.started_at) == (sitting.seed, sitting.started_at)
    assert PaperItem.objects.count() == 11
    other = code_of(lambda: start(sitting_id=sitting.pk, actor=people.ruoxi, device=OTHER))
    assert other == "exams.other_device"


def test_the_same_answer_sent_twice_is_one_effect(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    sitting = started(people)
    item = sitting.items.get(number=1)
    save(sitting, people, {1: {"chosen": [item.order[0]]}})
    first = Answer.objects.get()
    frozen("2026-03-04T09:10")
    save(sitting, people, {1: {"chosen": [item.order[0]]}})
    again = Answer.objects.get()
    assert (again.pk, again.saved_at, again.content) == (first.pk, first.saved_at, first.content)
    save(sitting, people, {1: {"chosen": [item.order[1]]}})
    assert Answer.objects.get().saved_at > first.saved_at
    save(sitting, people, {1: {}})
    assert Answer.objects.get().content == {}, "an answer can be taken back"


def test_a_bad_answer_leaves_the_others_of_its_request_unsaved(people: People) -> None:
    sitting = started(people)
    good = {"chosen": [sitting.items.get(number=1).order[0]]}
    assert code_of(lambda: save(sitting, people, {1: good, 2: {"chosen": ["zz"]}})) == "exams.answer_option"
    assert code_of(lambda: save(sitting, people, {99: good})) == "exams.no_such_question"
    assert not Answer.objects.exists()


def test_after_the_end_nothing_is_taken_and_it_is_handed_in_as_of_then(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    sitting = started(people)
    answer = {"chosen": [sitting.items.get(number=1).order[0]]}
    save(sitting, people, {1: answer})
    frozen("2026-03-04T09:59:59")
    save(sitting, people, {2: {"chosen": [sitting.items.get(number=2).order[0]]}})
    assert close_overdue() == 0
    frozen("2026-03-04T10:00")
    with pytest.raises(Conflict) as caught:
        save(sitting, people, {1: {}})
    assert caught.value.code == "exams.time_over" and "10:00" in caught.value.sentence
    assert Answer.objects.get(item__number=1).content == answer
    frozen("2026-03-04T10:20")
    assert close_overdue() == 1 and close_overdue() == 0
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.SUBMITTED and sitting.by_clock and sitting.submitted_at == sitting.ends_at
    assert code_of(lambda: save(sitting, people, {1: {}})) == "exams.handed_in"
    assert Entry.objects.get(name="exams.sitting.submitted").data["answered"] == 2


def test_the_worker_hands_in(people: People, frozen: Clock, drain: Callable[[], None]) -> None:
    frozen("2026-03-04T09:00")
    sitting = started(people)
    drain()
    frozen("2026-03-04T10:01")
    drain()
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.SUBMITTED


def test_who_starts_late_has_only_the_rest_of_the_window(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    sitting = register(window_id=window_of(people).pk, actor=people.ruoxi)
    frozen("2026-03-04T11:30")
    sitting = start(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)
    assert sitting.ends_at == sitting.window.closes_at


def test_a_clock_that_is_put_back_gives_no_more_time(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    sitting = started(people)
    frozen("2026-03-04T10:00")
    close_overdue()
    frozen("2026-03-04T08:00")
    assert code_of(lambda: save(sitting, people, {1: {}})) == "exams.handed_in"
    assert own_sitting(people.ruoxi, sitting.slug) is not None
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.SUBMITTED


@pytest.mark.parametrize(
    ("moment", "code"), [("2026-03-04T08:59", "exams.window_not_yet"), ("2026-03-04T12:00", "exams.window_closed")]
)
def test_outside_its_window_nobody_starts(people: People, frozen: Clock, moment: str, code: str) -> None:
    frozen("2026-03-04T08:00")
    opens = dt.datetime(2026, 3, 4, 9, tzinfo=clock.SHANGHAI)
    window = window_of(people, opens_at=opens, closes_at=opens + 3 * HOUR)
    sitting = register(window_id=window.pk, actor=people.ruoxi)
    frozen(moment)
    assert code_of(lambda: start(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)) == code
    assert not PaperItem.objects.exists()


def test_another_device_is_refused_noticed_once_and_may_take_over(people: People) -> None:
    sitting = started(people)
    answer = {"chosen": [sitting.items.get(number=1).order[0]]}
    for _ in range(2):
        assert code_of(lambda: save(sitting, people, {1: answer}, OTHER)) == "exams.other_device"
    assert code_of(lambda: submit(sitting_id=sitting.pk, actor=people.ruoxi, device=OTHER)) == "exams.other_device"
    assert not Answer.objects.exists()
    assert Entry.objects.filter(name="exams.sitting.other_device").count() == 1
    sitting.refresh_from_db()
    assert sitting.refused == 1
    take_over(sitting_id=sitting.pk, actor=people.ruoxi, device=OTHER)
    take_over(sitting_id=sitting.pk, actor=people.ruoxi, device=OTHER)
    save(sitting, people, {1: answer}, OTHER)
    assert code_of(lambda: save(sitting, people, {1: {}})) == "exams.other_device", "the first device can no more"
    assert Entry.objects.get(name="exams.sitting.taken_over").data["times"] == 1
    assert Answer.objects.get().content == answer


def test_a_device_needs_a_token_that_cannot_be_guessed(people: People) -> None:
    sitting = started(people)
    for bad in ("", "short", "x" * 300):
        assert code_of(lambda bad=bad: save(sitting, people, {}, bad)) == "exams.device"


def test_handing_in_grades_by_rule_and_leaves_the_short_text_to_people(people: People) -> None:
    sitting = handed_in(people)
    again = submit(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)
    assert again.pk == sitting.pk and len(sitting.digest) == 64
    scores = Score.objects.filter(item__sitting=sitting)
    assert scores.count() == 10 and all(score.hundredths == score.item.points * 100 for score in scores)
    assert sitting.items.get(to_grade=2).version.question.kind == "short"
    assert Entry.objects.filter(name="exams.sitting.submitted").count() == 1


def test_nobody_answers_for_somebody_else(people: People) -> None:
    sitting = started(people)
    for act in (
        lambda: save_answers(sitting_id=sitting.pk, actor=people.mingyuan, device=DEVICE, answers={1: {}}),
        lambda: submit(sitting_id=sitting.pk, actor=people.mingyuan, device=DEVICE),
        lambda: take_over(sitting_id=sitting.pk, actor=people.mingyuan, device=OTHER),
        lambda: withdraw(sitting_id=sitting.pk, actor=people.mingyuan),
    ):
        assert code_of(act) == "exams.not_your_sitting"
    assert own_sitting(people.mingyuan, sitting.slug) is None


def test_who_may_register(people: People) -> None:
    exam = exam_of(people)
    network, listed = window_of(people, exam), window_of(people, exam, for_whom="listed")
    own = window_of(people, exam, for_whom="association")
    assert code_of(lambda: register(window_id=network.pk, actor=people.stray)) == "exams.not_eligible"
    assert code_of(lambda: register(window_id=listed.pk, actor=people.ruoxi)) == "exams.not_eligible"
    assert code_of(lambda: register(window_id=own.pk, actor=people.heng)) == "exams.not_eligible"
    assert register(window_id=own.pk, actor=people.ruoxi).state == Sitting.State.REGISTERED
    assert register_person(window_id=listed.pk, actor=people.qiao, user_id=people.stray.pk).user == people.stray
    act = lambda: register_person(window_id=listed.pk, actor=people.ruoxi, user_id=people.heng.pk)  # noqa: E731
    assert code_of(act) == "exams.not_keeper"


def test_who_sees_the_keys_cannot_sit(people: People) -> None:
    window = window_of(people)
    assert code_of(lambda: register(window_id=window.pk, actor=people.qiao)) == "exams.keeper_cannot_sit"
    appoint_grader(association_id=people.association.pk, actor=people.qiao, user_id=people.heng.pk)
    assert code_of(lambda: register(window_id=window.pk, actor=people.heng)) == "exams.keeper_cannot_sit"
    register(window_id=window.pk, actor=people.ruoxi)
    appoint = lambda: appoint_grader(  # noqa: E731
        association_id=people.association.pk, actor=people.qiao, user_id=people.ruoxi.pk
    )
    assert code_of(appoint) == "exams.grader_sits"


def test_places_and_giving_one_back(people: People) -> None:
    window = window_of(people, places=1)
    sitting = register(window_id=window.pk, actor=people.ruoxi)
    assert register(window_id=window.pk, actor=people.ruoxi) == sitting
    assert code_of(lambda: register(window_id=window.pk, actor=people.heng)) == "exams.window_full"
    withdraw(sitting_id=sitting.pk, actor=people.ruoxi)
    assert register(window_id=window.pk, actor=people.heng).state == Sitting.State.REGISTERED
    assert code_of(lambda: register(window_id=window.pk, actor=people.ruoxi)) == "exams.window_full"


def test_a_window_is_refused_when_the_bank_is_too_small_or_the_times_cannot_be(people: People) -> None:
    few = exam_of(
        people, rows=[{"module": "policy", "kind": "short", "difficulty": 0, "count": 3, "points": 5}], title="太多"
    )
    assert code_of(lambda: window_of(people, few)) == "exams.bank_too_small"
    exam = exam_of(people)
    now = clock.now()
    for opens, closes in ((now, now), (now - 2 * HOUR, now - HOUR), (now, now + dt.timedelta(days=60)), (None, now)):
        values = {"opens_at": opens, "closes_at": closes}
        act = lambda values=values: open_window(exam_id=exam.pk, actor=people.qiao, values=values)  # noqa: E731
        assert code_of(act) == "exams.window_times"
    assert code_of(lambda: window_of(people, exam, places=10**400)) == "exams.window_places"
    assert not Window.objects.exists()


def test_a_window_is_cancelled_only_while_nobody_has_started(people: People, drain: Callable[[], None]) -> None:
    exam = exam_of(people)
    window = window_of(people, exam)
    register(window_id=window.pk, actor=people.ruoxi)
    with pytest.raises(Forbidden):
        cancel_window(window_id=window.pk, actor=people.ruoxi)
    cancel_window(window_id=window.pk, actor=people.qiao)
    drain()
    assert Notice.objects.filter(user=people.ruoxi, kind="exams.window.cancelled").count() == 1
    other = window_of(people, exam)
    started(people, window=other)
    assert code_of(lambda: cancel_window(window_id=other.pk, actor=people.qiao)) == "exams.window_started"


def test_a_short_answer_left_blank_needs_nobody(people: People) -> None:
    graders(people, 1)
    sitting = started(people)
    answers = {
        item.number: right_answer(item)
        for item in sitting.items.select_related("version__question")
        if item.version.question.kind != "short"
    }
    save_answers(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE, answers=answers)
    submit(sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)
    assert not sitting.items.filter(to_grade__gt=0).exists()


def test_huge_and_odd_answers_are_refused_whole(people: People) -> None:
    sitting = started(people)
    place = sitting.items.filter(version__question__kind="number").order_by("number")[0].number
    with pytest.raises(Invalid):
        save(sitting, people, {place: {"value": "1e400", "unit": "万元"}})
    short = sitting.items.get(version__question__kind="short").number
    with pytest.raises(Invalid):
        save(sitting, people, {short: {"text": "字" * 10_000}})
    save(sitting, people, {short: {"text": "<script>alert(1)</script>"}})
    assert Answer.objects.get().content["text"] == "<script>alert(1)</script>"
