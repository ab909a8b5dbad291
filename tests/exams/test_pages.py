"""The pages of exams, for keepers, candidates and graders, by plain forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.exams.examined import ROWS, exam_of, graders, handed_in, second_keeper, window_of
from tests.world import People
from yinxian.exams.models import Appeal, Exam, Kind, PaperItem, Question, QuestionVersion, Sitting, Window
from yinxian.exams.operations.importing import take_starter

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
Browser = Callable[..., Client]


def seen(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode("utf-8", "replace")


def sent(client: Client, path: str, status: int = 302, **fields: Any) -> str:
    answer = client.post(path, fields)
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[-2000:])
    return answer.content.decode()


def test_a_keeper_makes_questions_of_every_kind_and_another_reviews(people: People, client_of: Browser) -> None:
    home, other = f"/associations/{people.association.slug}", client_of(second_keeper(people))
    client = client_of(people.qiao)
    assert "没有这样的题" in seen(client, f"{home}/questions/")
    common = {"module": "policy", "difficulty": "2", "text": "<b>题</b>", "tags": "税, 奖励"}
    own: dict[str, dict[str, str]] = {
        "single": {"options": "甲\n乙", "right": "B"},
        "several": {"options": "甲\n乙\n丙", "right": "A, C"},
        "truth": {"right": "false"},
        "number": {"value": "0.005", "unit": "%", "tolerance": ""},
        "short": {"guide": "三步"},
        "case": {"i0_name": "CO", "i0_op": "<=", "i0_low": "50", "i0_unit": "ppm", "field": "06", "budget_low": "60万"},
    }
    assert set(own) == set(Kind.values)
    for kind, fields in own.items():
        seen(client, f"{home}/questions/new/?kind={kind}")
        sent(client, f"{home}/questions/new/?kind={kind}", **common, **fields)
        question = Question.objects.get(kind=kind)
        path = f"/exams/questions/{question.slug}/"
        page = seen(client, path)
        assert "&lt;b&gt;题&lt;/b&gt;" in page and "<b>题</b>" not in page
        seen(client, f"{path}edit/")
        sent(client, f"{path}review/", 409, version="1")
        sent(other, f"{path}review/", version="1")
        sent(client, f"{path}edit/", **common, **fields, explanation="因为", based_on="1")
        states = dict(question.versions.values_list("number", "state"))
        assert states == {1: "reviewed", 2: "draft"}, kind
    case = QuestionVersion.objects.get(question__kind="case", number=1)
    assert case.key["budget"] == {"low_fen": 60_000_000, "high_fen": 60_000_000}
    assert case.key["indicators"][0]["high"] == "50"
    sent(client, f"{home}/questions/new/?kind=single", 422, **common, options="甲\n乙", right="Z")
    assert Question.objects.count() == 6
    for path in ("?kind=case&sort=used&state=draft&q=题", "?kind=nonsense&page=99", "?export=csv", "?export=json"):
        seen(client, f"{home}/questions/{path}")


def test_questions_go_out_and_come_in_again(people: People, client_of: Browser, tmp_path: Any) -> None:
    take_starter(association_id=people.association.pk, actor=people.qiao)
    home, client = f"/associations/{people.association.slug}/questions/", client_of(people.qiao)
    for fmt in ("csv", "xlsx", "json"):
        file = tmp_path / f"bank.{fmt}"
        file.write_bytes(client.get(f"{home}?export={fmt}").content)
        with file.open("rb") as handle:
            answer = client.post(f"{home}import/", {"file": handle}, follow=True)
        assert "新增 0 题，改动 0 题，70 题没有变" in answer.content.decode(), fmt
    assert QuestionVersion.objects.count() == 70
    bad = tmp_path / "bad.csv"
    rows = ("code,module,kind,difficulty,text,right", "q1,policy,truth,1,好,true", "q2,policy,truth,1,坏,也许")
    bad.write_text("\n".join(rows), "utf-8")
    with bad.open("rb") as handle:
        answer = client.post(f"{home}import/", {"file": handle})
    assert (
        answer.status_code == 422 and "第 2 题" in answer.content.decode() and "一题也没有存" in answer.content.decode()
    )
    assert Question.objects.count() == 70
    for name, data in (("a.json", b'{"format": "yinxian-questions", "questions": [1, []]}'), ("b.json", b"[" * 99_999)):
        file = tmp_path / name
        file.write_bytes(data)
        with file.open("rb") as handle:
            assert client.post(f"{home}import/", {"file": handle}).status_code == 422, name


def test_a_keeper_makes_an_exam_and_opens_a_window(people: People, client_of: Browser, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    take_starter(association_id=people.association.pk, actor=people.qiao)
    home, client = f"/associations/{people.association.slug}/exams/", client_of(people.qiao)
    fields = {f"r{place}_{part}": str(value) for place, row in enumerate(ROWS) for part, value in row.items()}
    figures = {"title": "初级", "minutes": "60", "pass_percent": "60", "differ_percent": "20", "appeal_days": "7"}
    sent(client, f"{home}new/", 422, **figures, **fields | {"r0_points": "-5"})
    sent(client, f"{home}new/", 422, **figures)
    sent(client, f"{home}new/", **figures, **fields)
    exam = Exam.objects.get()
    path = f"/exams/of/{exam.slug}/"
    assert "题库够出卷" in seen(client, path)
    times = {"opens_at": "2026-03-05T09:00", "closes_at": "2026-03-05T12:00", "for_whom": "network"}
    sent(client, f"{path}open/", 422, **times | {"closes_at": "2026-03-01T09:00"})
    sent(client, f"{path}open/", **times)
    window = Window.objects.get()
    assert window.opens_at.hour == 1, "nine o'clock in Shanghai"
    sent(client, f"{path}blueprint/", 422, based_on="1", **figures, **fields, r6_module="policy")
    sent(client, f"{path}blueprint/", based_on="1", **figures, **fields | {"r0_count": "99"})
    assert "题库还差" in seen(client, path)
    sent(client, f"{path}open/", 422, **times)
    assert Window.objects.count() == 1 and window.blueprint.number == 1
    seen(client, f"/exams/windows/{window.slug}/")
    sent(client, f"/exams/windows/{window.slug}/candidates/", phone=people.stray.phone)
    sent(client, f"/exams/windows/{window.slug}/candidates/", 422, phone="13999999999")
    sent(client, f"/associations/{people.association.slug}/graders/", phone=people.heng.phone)
    assert people.heng.name in seen(client, home)
    for other in (people.ruoxi, people.heng, people.stray):
        stranger = client_of(other)
        for refused in (home, path, f"/exams/windows/{window.slug}/", f"{path}statistics/"):
            assert stranger.get(refused).status_code == 403


def test_an_exam_from_registration_to_appeal(people: People, client_of: Browser, frozen: Clock) -> None:
    frozen("2026-03-04T09:00")
    users, window = graders(people), window_of(people, exam_of(people))
    handed_in(people, people.heng, window)
    client, keeper = client_of(people.ruoxi), client_of(people.qiao)
    assert "可以报名的" in seen(client, "/exams/")
    sent(client, f"/exams/windows/{window.slug}/register/")
    sitting = Sitting.objects.get(user=people.ruoxi)
    path = f"/exams/sittings/{sitting.slug}/"
    assert "开考" in seen(client, path)
    sent(client, f"{path}start/")
    sent(client, f"{path}start/")
    for item in sitting.items.all():
        page = seen(client, f"{path}{item.number}/")
        assert item.version.text.split("。")[0][:10] in page and "data-autosave" in page
    order = sitting.items.get(number=1).order
    sent(client, f"{path}1/", chosen=order[0], go="next")
    saved = client.post(f"{path}1/", {"chosen": order[1]}, headers={"X-Autosave": "1"})
    assert saved.status_code == 200 and saved.json()["message"].startswith("已保存 09:00")
    sent(client, f"{path}1/", 422, chosen="zz")
    case = sitting.items.get(version__question__kind="case").number
    sent(client, f"{path}{case}/", i0_name="CO", i0_op="<=", i0_low="50", i0_unit="ppm", budget_low="60万", go="next")
    assert "600,000" in seen(client, f"{path}{case}/"), "what was saved is there again"
    for wrong in ({"duration_months": "-4"}, {"budget_low": "很多"}, {"i0_name": "x", "i0_low": "1e400"}):
        sent(client, f"{path}{case}/", 422, **wrong)
    number = sitting.items.filter(version__question__kind="number")[0].number
    assert "不是一个数" in sent(client, f"{path}{number}/", 422, value="五十左右", unit="万元")
    sent(client, f"{path}submit/")
    assert "已交卷" in seen(client, path)
    late = client.post(f"{path}1/", {"chosen": order[0]}, headers={"X-Autosave": "1"})
    assert late.status_code == 409 and late.json()["next"] == path
    assert "没有保存" in client.post(f"{path}1/", {"chosen": order[0]}, follow=True).content.decode()
    for user in users[:2]:
        grader = client_of(user)
        for item in PaperItem.objects.filter(to_grade__gt=0):
            assert "评分要点" in seen(grader, f"/exams/grading/{item.pk}/")
            sent(grader, f"/exams/grading/{item.pk}/", 422, points="99")
            sent(grader, f"/exams/grading/{item.pk}/", points="15.5", note="可以")
    sent(keeper, f"/exams/windows/{window.slug}/release/", 409)
    frozen("2026-03-04T13:00")
    sent(keeper, f"/exams/windows/{window.slug}/release/")
    assert "<svg" in seen(keeper, f"/exams/windows/{window.slug}/")
    page = seen(client, f"{path}result/")
    assert "不及格" in page and "<svg" in page and "应当是" in page
    sent(client, f"{path}{case}/appeal/", 422, reason=" ")
    sent(client, f"{path}{case}/appeal/", reason="单位写对了")
    appeal = Appeal.objects.get()
    assert "等协会答复" in seen(client, f"/exams/appeals/{appeal.slug}/")
    assert appeal.slug in seen(keeper, f"/associations/{people.association.slug}/exams/")
    sent(keeper, f"/exams/appeals/{appeal.slug}/decide/", 422, answer="", points="20")
    sent(keeper, f"/exams/appeals/{appeal.slug}/decide/", answer="改正", points="20")
    assert "成绩的各版" in seen(client, f"{path}result/")
    assert client_of(people.heng).get(f"/exams/appeals/{appeal.slug}/").status_code == 404
    for path in (f"/exams/of/{window.exam.slug}/statistics/", f"/exams/of/{window.exam.slug}/statistics/?export=csv"):
        seen(keeper, path)


def test_another_browser_takes_over_with_the_password(people: People, client_of: Browser) -> None:
    window = window_of(people)
    first, second = client_of(people.ruoxi), client_of(people.ruoxi)
    sent(first, f"/exams/windows/{window.slug}/register/")
    sitting = Sitting.objects.get()
    path = f"/exams/sittings/{sitting.slug}/"
    sent(first, f"{path}start/")
    assert "另一台设备" in seen(second, path)
    order = sitting.items.get(number=1).order
    assert "没有保存" in second.post(f"{path}1/", {"chosen": order[0]}, follow=True).content.decode()
    assert second.get(f"{path}1/").status_code == 302, "another device does not even see the question"
    assert "密码不对" in sent(second, f"{path}take-over/", 422, password="wrong")
    sent(second, f"{path}take-over/", password="a-password-of-tests")
    sent(second, f"{path}1/", chosen=order[0])
    assert "没有保存" in first.post(f"{path}1/", {"chosen": order[1]}, follow=True).content.decode()
    sitting.refresh_from_db()
    assert (sitting.takeovers, sitting.refused) == (1, 2)


def test_a_copied_session_in_another_browser_is_another_device(people: People, client_of: Browser) -> None:
    window = window_of(people)
    client = client_of(people.ruoxi)
    sent(client, f"/exams/windows/{window.slug}/register/")
    sitting = Sitting.objects.get()
    path = f"/exams/sittings/{sitting.slug}/"
    client.post(f"{path}start/", headers={"User-Agent": "mine"})
    thief = Client(headers={"User-Agent": "theirs"})
    thief.cookies = client.cookies
    chosen = {"chosen": sitting.items.get(number=1).order[0]}
    assert "没有保存" in thief.post(f"{path}1/", chosen, follow=True).content.decode()
    assert client.post(f"{path}1/", chosen, headers={"User-Agent": "mine"}).status_code == 302


def test_the_pages_speak_english(people: People, client_of: Browser) -> None:
    window = window_of(people)
    client = client_of(people.qiao)
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        for path in (
            f"/exams/windows/{window.slug}/",
            f"/associations/{people.association.slug}/questions/",
            "/exams/",
        ):
            page = client.get(path, headers={"Accept-Language": "en"}).content.decode()
            assert "题库" not in page and "报名" not in page, path
