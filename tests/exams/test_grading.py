"""Two graders, a third, the release, appeals, the proof for levels: every score a row of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from tests.exams.examined import HOUR, exam_of, graders, handed_in, second_keeper, started, window_of
from tests.world import People, person
from yinxian.credentials.models import Level, Proof
from yinxian.credentials.operations.levels import take_standard_levels
from yinxian.credentials.queries.applications import check_for
from yinxian.exams.models import Appeal, PaperItem, Result, Score, Sitting
from yinxian.exams.operations.bank import edit_question, review_question, write_question
from yinxian.exams.operations.exams import appoint_grader, end_grader
from yinxian.exams.operations.grading import ask_appeal, decide_appeal, grade, release
from yinxian.exams.operations.sittings import register
from yinxian.exams.queries.desk import graders_of, to_grade
from yinxian.exams.queries.statistics import of_papers
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Refusal
from yinxian.network.models import Membership, User
from yinxian.notifications.models import Notice

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def short_of(sitting: Sitting) -> PaperItem:
    return sitting.items.get(version__question__kind="short")


def graded(sitting: Sitting, users: list[User], *scores: int) -> None:
    for user, hundredths in zip(users, scores, strict=False):
        grade(item_id=short_of(sitting).pk, actor=user, hundredths=hundredths)


def released(people: People, frozen: Clock, *scores: int, level: int | None = None) -> Sitting:
    """若溪's sitting with everything right, graded by two and released on the same day."""
    frozen("2026-03-04T09:00")
    found = graders(people)
    sitting = handed_in(people, window=window_of(people, exam_of(people, level=level)))
    graded(sitting, found, *(scores or (2000, 2000)))
    frozen("2026-03-04T13:00")
    release(window_id=sitting.window_id, actor=people.qiao)
    sitting.refresh_from_db()
    return sitting


def test_two_who_agree_are_enough(people: People) -> None:
    found = graders(people)
    sitting = handed_in(people)
    graded(sitting, found, 1600, 1200)
    item = short_of(sitting)
    assert item.to_grade == 0 and [score.by for score in item.scores.all()] == ["first", "second"]
    assert not to_grade(found[2]).exists()
    assert code_of(lambda: grade(item_id=item.pk, actor=found[2], hundredths=1)) == "exams.graded_already"


def test_two_who_differ_too_much_are_followed_by_a_third(people: People) -> None:
    found = graders(people)
    sitting = handed_in(people)
    graded(sitting, found, 1900, 1400)
    assert short_of(sitting).to_grade == 1
    assert not to_grade(found[0]).exists() and to_grade(found[2]).count() == 1
    graded(sitting, [found[2]], 1500)
    assert short_of(sitting).to_grade == 0 and short_of(sitting).scores.last().by == "third"


def test_who_may_grade(people: People) -> None:
    found = graders(people, 1)
    sitting = handed_in(people)
    item = short_of(sitting)
    stranger = person("甲", "13900000300")
    for user in (stranger, people.qiao, people.ruoxi):
        assert code_of(lambda user=user: grade(item_id=item.pk, actor=user, hundredths=1)) == "exams.not_grader"
        assert not to_grade(user).exists()
    graded(sitting, found, 1000)
    assert code_of(lambda: grade(item_id=item.pk, actor=found[0], hundredths=1000)) == "exams.not_grader"
    other = person("乙", "13900000301")
    appoint_grader(association_id=people.association.pk, actor=people.qiao, user_id=other.pk)
    end_grader(grader_id=graders_of(people.association).get(user=other).pk, actor=people.qiao)
    assert code_of(lambda: grade(item_id=item.pk, actor=other, hundredths=1)) == "exams.not_grader"
    assert item.scores.count() == 1


def test_scores_that_cannot_be_are_refused(people: People) -> None:
    found = graders(people, 1)
    item = short_of(handed_in(people))
    for wrong in (-1, 2001, 10**400, 1.5, True, "9"):
        assert code_of(lambda w=wrong: grade(item_id=item.pk, actor=found[0], hundredths=w)) == "exams.score"
    assert not item.scores.exists()


def test_a_release_waits_for_the_end_and_for_the_graders(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    found = graders(people)
    sitting = handed_in(people)
    late = started(people, people.heng, sitting.window)
    absent = people.mingyuan
    register(window_id=sitting.window_id, actor=absent)
    act = lambda: release(window_id=sitting.window_id, actor=people.qiao)  # noqa: E731
    assert code_of(act) == "exams.window_still_open"
    frozen("2026-03-04T12:00")
    assert code_of(act) == "exams.ungraded"
    assert not Result.objects.exists()
    graded(sitting, found, 1000, 1000)
    assert code_of(lambda: release(window_id=sitting.window_id, actor=people.ruoxi)) == "exams.not_keeper"
    act()
    act()
    late.refresh_from_db()
    assert late.by_clock and late.state == Sitting.State.RELEASED
    assert Sitting.objects.get(user=absent).state == Sitting.State.ABSENT
    results = {one.sitting.user_id: one for one in Result.objects.all()}
    assert results[people.ruoxi.pk].score_bp == 9000 and results[people.ruoxi.pk].passed
    assert results[people.heng.pk].score_bp == 0 and not results[people.heng.pk].passed
    assert results[people.ruoxi.pk].by_module["skills"] == {"hundredths": 3000, "points": 40}


def test_a_pass_counts_towards_the_level_and_is_told(people: People, frozen: Clock, drain: Callable[[], None]) -> None:
    frozen("2026-03-01T09:00")
    level: Level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[1]
    sitting = released(people, frozen, level=level.pk)
    drain()
    proof = Proof.objects.get(user=people.ruoxi, kind="exam")
    assert (proof.name, proof.amount, proof.path) == (level.slug, 10_000, f"/exams/sittings/{sitting.slug}/result/")
    answer = next(one for one in check_for(people.ruoxi, level).answers if one.kind == "exam")
    assert answer.have == 100
    assert Notice.objects.filter(user=people.ruoxi, kind="exams.result.released").count() == 1


def test_a_fail_counts_for_nothing(people: People, frozen: Clock, drain: Callable[[], None]) -> None:
    frozen("2026-03-04T09:00")
    level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[1]
    sitting = started(people, window=window_of(people, exam_of(people, level=level.pk)))
    frozen("2026-03-04T13:00")
    release(window_id=sitting.window_id, actor=people.qiao)
    drain()
    assert not Proof.objects.exists() and not Result.objects.get().passed


def test_an_appeal_is_answered_by_who_did_not_grade_and_adds_a_row(
    people: People, frozen: Clock, drain: Callable[[], None]
) -> None:
    sitting = released(people, frozen, 800, 1200)
    item = short_of(sitting)
    assert code_of(lambda: ask_appeal(item_id=item.pk, actor=people.heng, reason="x")) == "exams.not_your_sitting"
    assert code_of(lambda: ask_appeal(item_id=item.pk, actor=people.ruoxi, reason=" ")) == "exams.appeal_reason"
    appeal = ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="三步都写了")
    assert ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="再说一次") == appeal

    def decide(actor: User, answer: str = "补上一步", hundredths: int | None = 1500) -> Appeal:
        return decide_appeal(appeal_id=appeal.pk, actor=actor, answer=answer, hundredths=hundredths)

    grader = graders_of(people.association)[0].user
    Membership.objects.create(user=grader, organisation=people.association, role=Membership.Role.REVIEWER)
    assert code_of(lambda: decide(grader)) == "exams.appeal_own"
    assert code_of(lambda: decide(people.ruoxi)) == "exams.not_keeper"
    assert code_of(lambda: decide(people.qiao, " ")) == "exams.appeal_answer"
    assert code_of(lambda: decide(people.qiao, hundredths=1000)) == "exams.appeal_lower"
    assert code_of(lambda: decide(people.qiao, hundredths=2001)) == "exams.score"
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.ASKED and Result.objects.count() == 1
    decide(people.qiao)
    assert code_of(lambda: decide(people.qiao)) in ("exams.appeal_state", "exams.appeal_own")
    assert [score.hundredths for score in item.scores.order_by("pk")] == [800, 1200, 1500]
    assert [one.score_bp for one in sitting.results.order_by("number")] == [9000, 9500]
    drain()
    assert Notice.objects.filter(user=people.ruoxi, kind="exams.appeal.decided").count() == 1
    assert Entry.objects.filter(name="exams.result.changed").count() == 1


def test_an_appeal_comes_in_time_or_not_at_all(people: People, frozen: Clock) -> None:
    sitting = released(people, frozen)
    frozen("2026-03-11T13:00:01")
    item = short_of(sitting)
    assert code_of(lambda: ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="晚了")) == "exams.appeal_late"
    frozen("2026-03-11T13:00")
    assert ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="刚好").state == Appeal.State.ASKED


def test_there_is_no_appeal_before_the_release(people: People) -> None:
    item = short_of(handed_in(people))
    assert code_of(lambda: ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="x")) == "exams.not_released"


def test_the_database_keeps_scores_results_and_questions(people: People, frozen: Clock) -> None:
    sitting = released(people, frozen)
    version = sitting.items.all()[0].version_id
    for sql, argument in (
        ("UPDATE exams_score SET hundredths = 0 WHERE id = %s", Score.objects.all()[0].pk),
        ("DELETE FROM exams_score WHERE id = %s", Score.objects.all()[0].pk),
        ("UPDATE exams_result SET score_bp = 1 WHERE id = %s", Result.objects.all()[0].pk),
        ("UPDATE exams_questionversion SET text = 'x' WHERE id = %s", version),
        ("DELETE FROM exams_questionversion WHERE id = %s", version),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [argument])


def test_statistics_are_of_the_papers_handed_in(people: People, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    window = window_of(people)
    handed_in(people, window=window)
    started(people, people.heng, window)
    rows = of_papers(window.sittings.all())
    assert len(rows) == 10, "the short text is not graded yet, the running paper is not counted"
    assert all(row.found.n == 1 and row.found.difficulty == 1 and row.found.few for row in rows)
    assert window.closes_at - window.opens_at == 3 * HOUR


def test_two_keepers_review_each_other(people: People) -> None:
    other = second_keeper(people)
    values = {"module": "policy", "kind": "truth", "text": "对吗", "key": {"right": ["true"]}}
    made = write_question(association_id=people.association.pk, actor=people.qiao, values=values)
    pk = made.question_id
    own = lambda: review_question(question_id=pk, actor=people.qiao, version=1)  # noqa: E731
    assert code_of(own) == "exams.review_own"
    review_question(question_id=pk, actor=other, version=1)
    changed = values | {"text": "真对吗"}
    edit_question(question_id=pk, actor=people.qiao, values=changed, based_on=1)
    stale = lambda: edit_question(question_id=pk, actor=other, values=changed, based_on=1)  # noqa: E731
    assert code_of(stale) == "exams.question_changed"
    again = lambda: edit_question(question_id=pk, actor=other, values=changed, based_on=2)  # noqa: E731
    assert code_of(again) == "exams.question_same"
    states = dict(made.question.versions.values_list("number", "state"))
    assert states == {1: "reviewed", 2: "draft"}, "the old version is drawn until the new one is reviewed"
    review_question(question_id=pk, actor=other, version=2)
    assert dict(made.question.versions.values_list("number", "state")) == {1: "retired", 2: "reviewed"}
