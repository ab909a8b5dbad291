"""The endpoints of exams: the same operations, and clear refusals of what no form would send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.exams.examined import DEVICE, OTHER, ROWS, graders, right_answer, started
from tests.world import People
from yinxian.exams.models import Answer, Exam, PaperItem, Sitting, Window

pytestmark = pytest.mark.django_db


def sent(client: Client, path: str, status: int, body: Any = None) -> Any:
    answer = client.post(f"/api/v1/exams/{path}", data=json.dumps(body or {}), content_type="application/json")
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:500])
    return answer.json()


def test_an_exam_by_the_api(people: People, client_of: Callable[..., Client], frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    keeper, client, home = client_of(people.qiao), client_of(people.ruoxi), people.association.slug
    assert sent(keeper, f"associations/{home}/questions/starter", 200) == {"count": 70}
    sent(client, f"associations/{home}/questions/starter", 403)
    body = {"title": "考", "minutes": 60, "pass_bp": 6000, "rows": ROWS}
    for wrong in ({"rows": [{}]}, {"minutes": 10**30}, {"pass_bp": -1}, {"level": 10**30}):
        sent(keeper, f"associations/{home}/exams", 422, body | wrong)
    exam = sent(keeper, f"associations/{home}/exams", 201, body)["slug"]
    times = {"opens_at": "2026-03-04T09:00:00", "closes_at": "2026-03-04T12:00:00"}
    for wrong in ({"closes_at": "9999-12-31T23:59:59"}, {"places": 10**40}, {"for_whom": "all"}):
        sent(keeper, f"of/{exam}/windows", 422, times | wrong)
    window = sent(keeper, f"of/{exam}/windows", 201, times)["slug"]
    assert Window.objects.get().opens_at.hour == 1, "a moment without a zone is Shanghai's"
    slug = sent(client, f"windows/{window}/register", 200)["slug"]
    assert sent(client, f"sittings/{slug}/start", 422, {"device": "short"})["code"] == "exams.device"
    sent(client, f"sittings/{slug}/start", 200, {"device": DEVICE})
    items = {item.number: item for item in PaperItem.objects.select_related("version__question")}
    for number in (0, -1, 99, 10**40):
        body = {"device": DEVICE, "answers": {str(number): {}}}
        assert sent(client, f"sittings/{slug}/answers", 422, body)["code"] == "exams.no_such_question"
    odd: list[Any] = [{"chosen": [{}]}, {"chosen": "a"}, {"value": [1]}, {"text": 5}, {"indicators": {"a": 1}}]
    for answer in odd:
        for number, item in items.items():
            answers = {"device": DEVICE, "answers": {str(number): answer}}
            path = f"/api/v1/exams/sittings/{slug}/answers"
            got = client.post(path, data=json.dumps(answers), content_type="application/json")
            assert got.status_code in (200, 422), (item.version.question.kind, answer)
    assert all(not content for content in Answer.objects.values_list("content", flat=True))
    answers = {str(number): right_answer(item) for number, item in items.items()}
    sent(client, f"sittings/{slug}/answers", 200, {"device": DEVICE, "answers": answers})
    sent(client, f"sittings/{slug}/submit", 200, {"device": DEVICE})
    assert client.get(f"/api/v1/exams/sittings/{slug}/result").status_code == 404
    for user in graders(people, 2):
        grader = client_of(user)
        item = grader.get("/api/v1/exams/grading").json()[0]["item"]
        assert sent(grader, f"grading/{item}", 422, {"hundredths": 10**30})["code"] == "exams.score"
        assert sent(grader, f"grading/{item}", 200, {"hundredths": 2000}) == {"count": 0}
    frozen("2026-03-04T12:00")
    assert sent(client, f"windows/{window}/release", 403)["code"] == "exams.not_keeper"
    sent(keeper, f"windows/{window}/release", 200)
    assert client.get(f"/api/v1/exams/sittings/{slug}/result").json()["score_bp"] == 10_000
    appeal = sent(client, f"sittings/{slug}/items/1/appeal", 201, {"reason": "再看看"})["slug"]
    decided = sent(keeper, f"appeals/{appeal}/decide", 200, {"answer": "没有错"})
    assert decided["state"] == "refused"
    assert keeper.get(f"/api/v1/exams/windows/{window}/candidates").json()[0]["passed"] is True
    assert len(keeper.get(f"/api/v1/exams/of/{exam}/statistics").json()) == 11
    assert keeper.get(f"/api/v1/exams/associations/{home}/exams").json()[0]["slug"] == exam
    assert (Exam.objects.count(), Sitting.objects.get().state) == (1, "released")


def test_a_keeper_changes_the_blueprint_calls_off_and_appoints(
    people: People, client_of: Callable[..., Client], frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-04T09:00")
    keeper, client, home = client_of(people.qiao), client_of(people.ruoxi), people.association.slug
    sent(keeper, f"associations/{home}/questions/starter", 200)
    rows = ROWS[:2]
    exam = sent(
        keeper, f"associations/{home}/exams", 201, {"title": "考", "minutes": 60, "pass_bp": 6000, "rows": rows}
    )["slug"]
    path = f"/api/v1/exams/of/{exam}/blueprint"
    body: dict[str, Any] = {"minutes": 45, "pass_bp": 7000, "rows": rows, "based_on": 1}
    for who, change, status in ((client, {}, 403), (keeper, {"minutes": 10**30}, 422), (keeper, {}, 200)):
        assert who.put(path, json.dumps(body | change), content_type="application/json").status_code == status
    again = keeper.put(path, json.dumps(body), content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "exams.blueprint_changed")
    times = {"opens_at": "2026-03-05T09:00:00", "closes_at": "2026-03-05T12:00:00"}
    window = sent(keeper, f"of/{exam}/windows", 201, times)["slug"]
    assert Window.objects.get().blueprint.minutes == 45

    sitting = sent(client, f"windows/{window}/register", 200)["slug"]
    assert sent(client, f"sittings/{sitting}/withdraw", 200)["state"] == "withdrawn"
    sent(client, f"windows/{window}/candidates", 403, {"person": people.mingyuan.slug})
    sent(keeper, f"windows/{window}/candidates", 404, {"person": "U0"})
    assert sent(keeper, f"windows/{window}/candidates", 201, {"person": people.mingyuan.slug})["state"] == "registered"
    graders_at = f"associations/{home}/graders"
    assert sent(keeper, graders_at, 409, {"person": people.mingyuan.slug})["code"] == "exams.grader_sits"
    sent(client, graders_at, 403, {"person": people.heng.slug})
    for _ in range(2):
        made = sent(keeper, graders_at, 201, {"person": people.heng.slug})
    assert keeper.get(f"/api/v1/exams/{graders_at}").json() == [made]
    for who, grader, status in ((client, made["id"], 403), (keeper, 10**20, 404), (keeper, made["id"], 204)):
        assert who.delete(f"/api/v1/exams/{graders_at}/{grader}").status_code == status
    assert keeper.get(f"/api/v1/exams/{graders_at}").json() == []
    sent(client, f"windows/{window}/cancel", 403)
    for _ in range(2):
        assert sent(keeper, f"windows/{window}/cancel", 200)["state"] == "cancelled"


def test_another_device_takes_over_with_the_password_only(people: People, client_of: Callable[..., Client]) -> None:
    sitting = started(people)
    client, path = client_of(people.ruoxi), f"sittings/{sitting.slug}/take-over"
    assert sent(client, path, 403, {"device": OTHER, "password": "guess"})["code"] == "exams.confirm_password"
    assert sent(client, f"sittings/{sitting.slug}/paper", 409, {"device": OTHER})["code"] == "exams.other_device"
    sent(client_of(people.heng), path, 404, {"device": OTHER, "password": "a-password-of-tests"})
    sent(client, path, 200, {"device": OTHER, "password": "a-password-of-tests"})
    sent(client, f"sittings/{sitting.slug}/paper", 200, {"device": OTHER})
    assert sent(client, f"sittings/{sitting.slug}/paper", 409, {"device": DEVICE})["code"] == "exams.other_device"
    people.ruoxi.set_unusable_password()
    people.ruoxi.save()
    client = client_of(people.ruoxi)
    assert sent(client, path, 403, {"device": DEVICE})["code"] == "exams.confirm_sign_in"
    sitting.refresh_from_db()
    assert sitting.takeovers == 1
