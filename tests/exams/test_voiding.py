"""A faulty question is void for everybody: nobody is worse off, results come anew, everyone is told, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.concurrency.races import at_once
from tests.exams.examined import DEVICE, ROWS, exam_of, graders, handed_in, second_keeper, started, window_of
from tests.world import People, make_people
from yinxian.credentials.models import Proof
from yinxian.credentials.operations.levels import take_standard_levels
from yinxian.exams.models import Appeal, PaperItem, Result, Score, Sitting
from yinxian.exams.operations.grading import ask_appeal, decide_appeal, release
from yinxian.exams.operations.sittings import submit
from yinxian.exams.operations.voiding import void_item
from yinxian.exams.queries.statistics import of_papers
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Refusal
from yinxian.network.models import Membership
from yinxian.notifications.models import Notice

Clock = Callable[[str], None]
ClientOf = Callable[..., Client]


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def both(people: People, frozen: Clock, **exam: Any) -> tuple[Sitting, Sitting]:
    """Ruoxi has everything right, Heng handed in an empty paper; the questions are the same ones for both."""
    frozen("2026-03-04T09:00")
    rows = [{"module": "common", "kind": "truth", "difficulty": 0, "count": 1, "points": 10}, ROWS[0]]
    window = window_of(people, exam_of(people, rows=rows, **exam))
    right, empty = handed_in(people, people.ruoxi, window), started(people, people.heng, window)
    same(right, empty)
    submit(sitting_id=empty.pk, actor=people.heng, device=DEVICE)
    frozen("2026-03-04T12:00")
    release(window_id=window.pk, actor=people.qiao)
    return right, empty


def same(one: Sitting, other: Sitting) -> None:
    """The draw is by chance; here both have the same true-or-false question."""
    wanted = one.items.get(version__question__kind="truth")
    PaperItem.objects.filter(sitting=other, version__question__kind="truth").update(version=wanted.version)


def truth_of(sitting: Sitting) -> PaperItem:
    return sitting.items.get(version__question__kind="truth")


def appealed(people: People, sitting: Sitting) -> Appeal:
    return ask_appeal(item_id=truth_of(sitting).pk, actor=sitting.user, reason="两个答案都对")


def test_everybody_gets_all_its_points_and_a_new_result(
    people: People, frozen: Clock, drain: Callable[[], None]
) -> None:
    right, empty = both(people, frozen)
    first, second = appealed(people, empty), appealed(people, right)
    before = {row.found.difficulty for row in of_papers(right.window.sittings.all())}
    assert code_of(partial(void_item, appeal_id=first.pk, actor=people.ruoxi, answer="x")) == "exams.not_keeper"
    assert code_of(partial(void_item, appeal_id=first.pk, actor=people.qiao, answer=" ")) == "exams.appeal_answer"
    assert Result.objects.count() == 2 and not Score.objects.filter(by="void").exists()
    for _ in range(2):
        made = void_item(appeal_id=first.pk, actor=people.qiao, answer="题干有歧义")
    assert (made.state, made.answer) == ("granted", "题干有歧义")
    second.refresh_from_db()
    assert (second.state, second.decided_by) == ("granted", people.qiao), "who else had asked is answered too"
    assert [one.score_bp for one in right.results.order_by("number")] == [10_000, 10_000]
    assert [one.score_bp for one in empty.results.order_by("number")] == [0, 3333]
    assert Score.objects.filter(by="void").count() == 2
    assert {row.found.difficulty for row in of_papers(right.window.sittings.all())} == before, "what the question did"
    voided = Entry.objects.get(name="exams.item.voided")
    assert voided.data["papers"] == 2 and voided.data["question"] == truth_of(right).version.question.slug
    assert Entry.objects.filter(name="exams.result.recounted").count() == 2
    drain()
    told = Notice.objects.filter(kind="exams.result.recounted").values_list("user", flat=True)
    assert sorted(told) == sorted([people.ruoxi.pk, people.heng.pk])


def test_a_pass_that_comes_of_it_counts_towards_the_level(
    people: People, frozen: Clock, drain: Callable[[], None]
) -> None:
    frozen("2026-03-01T09:00")
    level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[0]
    _right, empty = both(people, frozen, level=level.pk, pass_bp=3000)
    drain()
    assert not Proof.objects.filter(user=people.heng).exists()
    void_item(appeal_id=appealed(people, empty).pk, actor=people.qiao, answer="题干有歧义")
    drain()
    assert Proof.objects.get(user=people.heng, kind="exam").amount == 3333


def test_who_graded_it_or_sat_it_does_not_void_it(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    other, found, window = second_keeper(people), graders(people), window_of(people)
    sitting = handed_in(people, people.ruoxi, window)
    item = sitting.items.get(version__question__kind="short")
    for user in found[:2]:
        Score.objects.create(item=item, by=("first", "second")[found.index(user)], hundredths=1000, grader=user)
    PaperItem.objects.filter(pk=item.pk).update(to_grade=0)
    frozen("2026-03-04T12:00")
    release(window_id=window.pk, actor=people.qiao)
    appeal = ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="题目没说清")
    Membership.objects.create(user=found[0], organisation=people.association, role="reviewer")
    assert code_of(partial(void_item, appeal_id=appeal.pk, actor=found[0], answer="x")) == "exams.appeal_own"
    decide_appeal(appeal_id=appeal.pk, actor=people.qiao, answer="没有错")
    assert code_of(partial(void_item, appeal_id=appeal.pk, actor=other, answer="x")) == "exams.appeal_state"
    assert not Score.objects.filter(by="void").exists()


def test_on_the_page_by_the_endpoint_and_on_the_workbench(people: People, frozen: Clock, client_of: ClientOf) -> None:
    right, empty = both(people, frozen)
    appeal = appealed(people, empty)
    keeper = client_of(people.qiao, people.association)
    assert "有人申请复核成绩" in keeper.get("/").content.decode()
    assert "有人申请复核成绩" not in client_of(people.heng, people.buyer).get("/").content.decode()
    page, api = f"/exams/appeals/{appeal.slug}/", f"/api/v1/exams/appeals/{appeal.slug}/void"
    assert "这一场有 2 份卷考到它" in keeper.get(page).content.decode()
    assert "作废这道题" not in client_of(people.heng).get(page).content.decode()
    assert keeper.post(f"{page}void/", {"void-answer": ""}).status_code == 422
    sent = partial(Client.post, path=api, data={"answer": "题错了"}, content_type="application/json")
    assert sent(client_of(people.heng)).status_code == 403
    assert sent(client_of(people.stray)).status_code == 404
    assert keeper.post(f"{page}void/", {"void-answer": "题错了"}).status_code == 302
    assert sent(keeper).json()["state"] == "granted", "again is once"
    assert Result.objects.count() == 4
    assert "有人申请复核成绩" not in keeper.get("/").content.decode()
    result = client_of(people.ruoxi).get(f"/exams/sittings/{right.slug}/result/").content.decode()
    assert "题目作废" in result and "题错了" in result


@pytest.mark.django_db(transaction=True)
def test_two_who_void_at_once_do_it_once(frozen: Clock) -> None:
    people = make_people()
    other = second_keeper(people)
    right, empty = both(people, frozen)
    appeals = [appealed(people, right), appealed(people, empty)]
    acts = zip(appeals, (people.qiao, other), strict=True)
    outcomes = at_once(*(partial(void_item, appeal_id=one.pk, actor=who, answer="题错了") for one, who in acts))
    assert [type(one).__name__ for one in outcomes] == ["Appeal", "Appeal"]
    assert Score.objects.filter(by="void").count() == 2 and Result.objects.count() == 4
    assert Entry.objects.filter(name="exams.item.voided").count() == 1
