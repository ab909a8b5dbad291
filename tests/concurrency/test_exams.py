"""Two at once in an exam: the last place, two starts, two graders, an answer against the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.exams.examined import DEVICE, OTHER, graders, handed_in, started, window_of
from tests.world import People, make_people
from yinxian.exams.models import Answer, PaperItem, Score, Sitting
from yinxian.exams.operations import sittings as module
from yinxian.exams.operations.grading import grade
from yinxian.exams.operations.sittings import register, save_answers, start, submit
from yinxian.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def people() -> People:
    return make_people()


def codes(outcomes: list[Any]) -> Counter[str]:
    return Counter(one.code if isinstance(one, Refusal) else type(one).__name__ for one in outcomes)


def test_the_last_place_has_one_taker(people: People) -> None:
    window = window_of(people, places=1)
    acts = [partial(register, window_id=window.pk, actor=user) for user in (people.ruoxi, people.heng)]
    assert codes(at_once(*acts)) == {"Sitting": 1, "exams.window_full": 1}
    assert Sitting.objects.count() == 1


def test_without_the_lock_both_would_take_it(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same race when the window is read without a lock."""
    window = window_of(people, places=1)

    def unlocked(window_id: int) -> Any:
        return type(window).objects.select_related("exam__association", "blueprint").get(pk=window_id)

    monkeypatch.setattr(module, "locked_window", unlocked)
    Meeting().at(monkeypatch, module.permissions, "may_register")
    meeting = Meeting()
    original = module.clock.now

    def waits() -> Any:
        meeting.wait()
        return original()

    monkeypatch.setattr(Sitting._meta.get_field("registered_at"), "default", waits)
    acts = [partial(register, window_id=window.pk, actor=user) for user in (people.ruoxi, people.heng)]
    assert codes(at_once(*acts)) == {"Sitting": 2}


def test_two_starts_at_once_are_one_paper(people: People) -> None:
    sitting = register(window_id=window_of(people).pk, actor=people.ruoxi)
    same = partial(start, sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE)
    assert codes(at_once(same, same)) == {"Sitting": 2}
    assert PaperItem.objects.filter(sitting=sitting).count() == 11


def test_two_devices_at_once_one_wins_and_the_other_is_told(people: People) -> None:
    sitting = register(window_id=window_of(people).pk, actor=people.ruoxi)
    acts = [partial(start, sitting_id=sitting.pk, actor=people.ruoxi, device=one) for one in (DEVICE, OTHER)]
    assert codes(at_once(*acts)) == {"Sitting": 1, "exams.other_device": 1}


def test_the_same_answer_at_once_is_one_row(people: People) -> None:
    sitting = started(people)
    chosen = {"chosen": [sitting.items.get(number=1).order[0]]}
    act = partial(save_answers, sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE, answers={1: chosen})
    assert codes(at_once(act, act, act)) == {"dict": 3}
    assert Answer.objects.get().content == chosen


def test_an_answer_and_the_hand_in_at_once_lose_nothing(people: People) -> None:
    """Either the answer was in time and is scored, or it is refused and said so."""
    sitting = started(people)
    chosen = {"chosen": [sitting.items.get(number=1).order[0]]}
    save = partial(save_answers, sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE, answers={1: chosen})
    outcomes = at_once(save, partial(submit, sitting_id=sitting.pk, actor=people.ruoxi, device=DEVICE))
    score = Score.objects.get(item__sitting=sitting, item__number=1)
    if isinstance(outcomes[0], Refusal):
        assert outcomes[0].code == "exams.handed_in" and score.lines[0]["what"] == "blank"
    else:
        assert score.lines[0]["what"] != "blank"


def test_three_graders_at_once_for_two_places(people: People) -> None:
    found = graders(people)
    item = handed_in(people).items.get(to_grade=2)
    acts: list[Callable[[], Any]] = [partial(grade, item_id=item.pk, actor=one, hundredths=1000) for one in found]
    assert codes(at_once(*acts)) == {"Score": 2, "exams.graded_already": 1}
    assert sorted(item.scores.values_list("by", flat=True)) == ["first", "second"]
