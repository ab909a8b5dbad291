"""Pages and endpoints of courses, terms and lists: what each person sees and may press."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.training.classes import COURSE, a_course, a_session, a_term
from tests.world import People
from yinxian.kernel import clock
from yinxian.training import presence
from yinxian.training.models import Attendance, Course, Enrolment, Term
from yinxian.training.operations.enrolments import enrol

Clients = Callable[..., Client]
COURSE_FORM = {
    "name": "低空经济技术转移",
    "track": "02",
    "step": "1",
    "mode": "online",
    "minutes_skills": "8",
    "about_skills": "按场景找买家",
    "attendance_percent": "80",
}
TERM_FORM = {"name": "一期", "starts_on": "2026-03-01", "ends_on": "2026-03-31", "seats": "3", "fee": "1,800.00"}
MEETING = {"topic": "第一课", "kind": "skills", "starts_at": "2026-03-03T09:00", "ends_at": "2026-03-03T12:00"}


@pytest.fixture(autouse=True)
def spring(frozen: Callable[[str], None]) -> None:
    frozen("2026-02-20T09:00")


def test_the_association_makes_a_course_a_term_and_a_meeting(people: People, client_of: Clients) -> None:
    desk = client_of(people.qiao)
    new = f"/training/associations/{people.association.slug}/new-course/"
    assert desk.post(new, COURSE_FORM | {"minutes_skills": ""}).status_code == 422
    course = desk.post(new, COURSE_FORM)["Location"]
    assert Course.objects.get().modules == [{"kind": "skills", "minutes": 480, "about": "按场景找买家"}]
    for wrong in ({"seats": "0"}, {"seats": "-1"}, {"seats": str(10**9)}, {"ends_on": "2026-02-01"}, {"fee": "many"}):
        assert desk.post(f"{course}new-term/", TERM_FORM | wrong).status_code == 422
    term = desk.post(f"{course}new-term/", TERM_FORM)["Location"]
    assert desk.post(f"{course}new-term/", TERM_FORM)["Location"] == term
    assert Term.objects.get().fee_fen == 180_000
    assert desk.post(f"{term}new-session/", MEETING | {"ends_at": "2026-03-03T08:00"}).status_code == 422
    assert desk.post(f"{term}new-session/", MEETING).status_code == 302
    assert desk.post(f"{term}new-session/", MEETING | {"topic": "重叠"}).status_code == 422
    assert Client().get(term).status_code == 404
    assert desk.post(f"{term}open/").status_code == 302
    shown = Client().get(term).content.decode()
    assert "2026年3月3日 09:00" in shown and "1,800.00" in shown
    assert desk.get("/training/desk/").status_code == desk.get(course).status_code == 200
    assert desk.post(f"{term}cancel/", {"reason": ""}).status_code == 422
    assert desk.post(f"{term}cancel/", {"reason": "报名太少"}).status_code == 302
    assert "报名太少" in Client().get(term).content.decode()


def test_others_find_no_desk(people: People, client_of: Clients) -> None:
    term = a_term(people)
    paths = [
        "/training/desk/",
        f"/training/associations/{people.association.slug}/new-course/",
        f"/training/courses/{term.course.slug}/edit/",
        f"/training/terms/{term.slug}/edit/",
        f"/training/terms/{term.slug}/new-session/",
    ]
    for user in (people.ruoxi, people.mingyuan, people.heng, people.stray):
        browser = client_of(user)
        assert [browser.get(path).status_code for path in paths] == [404] * len(paths)
        for act in ("open", "cancel", "finish"):
            assert browser.post(f"/training/terms/{term.slug}/{act}/", {"reason": "x"}).status_code == 404
    assert Client().get(paths[0]).status_code == 302
    assert Term.objects.get().state == "open"


def test_who_comes_late_reads_that_they_wait(people: People, client_of: Clients) -> None:
    term = a_term(people, seats=1)
    path = f"/training/terms/{term.slug}/"
    first, second = client_of(people.ruoxi), client_of(people.heng)
    assert "名额给您留着" in first.post(f"{path}enrol/", follow=True).content.decode()
    assert "候补第 1 位" in second.post(f"{path}enrol/", follow=True).content.decode()
    assert "候补第 1 位" in second.post(f"{path}enrol/", follow=True).content.decode()
    assert first.post(f"{path}give-up/").status_code == first.post(f"{path}give-up/").status_code == 302
    assert term.enrolments.get(user=people.heng).state == "seated"
    assert Client().post(f"{path}enrol/").status_code == 302 and Enrolment.objects.count() == 2


def test_the_list_is_for_the_association_and_the_teachers(
    people: People, client_of: Clients, frozen: Callable[[str], None]
) -> None:
    term = a_term(people)
    session = a_session(people, term, 3)
    mine, other = (enrol(term_id=term.pk, actor=one) for one in (people.ruoxi, people.heng))
    frozen("2026-03-03T10:00")
    paths = [
        f"/training/terms/{term.slug}/people/",
        *(f"/training/sessions/{session.slug}/{x}/" for x in ("list", "code")),
    ]
    for user in (people.ruoxi, people.lan, people.stray):
        browser = client_of(user)
        assert [browser.get(path).status_code for path in paths] == [404] * 3
        assert browser.post(paths[1], {"present": mine.slug}).status_code == 404
    for user in (people.qiao, people.mingyuan):
        assert [client_of(user).get(path).status_code for path in paths] == [200] * 3
    teacher = client_of(people.mingyuan)
    assert teacher.post(paths[1], {"present": [mine.slug]}).status_code == 302
    refused = teacher.post(paths[1], {"present": [mine.slug, other.slug]})
    assert refused.status_code == 422 and f'value="{other.slug}" checked' in refused.content.decode()
    assert teacher.post(paths[1], {"present": [mine.slug, other.slug], "reason": "迟到"}).status_code == 302
    seen = client_of(people.ruoxi).get(f"/training/terms/{term.slug}/").content.decode()
    assert "到了" in seen and "周衡" not in seen
    api = f"/api/v1/training/sessions/{session.slug}/attendance"
    assert [client_of(user).get(api).status_code for user in (people.ruoxi, people.qiao)] == [404, 200]


def test_the_export_has_phones_for_the_association_only(people: People, client_of: Clients) -> None:
    term = a_term(people)
    enrol(term_id=term.pk, actor=people.heng)
    path = f"/training/terms/{term.slug}/people/?format=csv"
    rows = {}
    for user in (people.qiao, people.mingyuan):
        text = client_of(user).get(path).content.decode("utf-8-sig")
        rows[user.name] = next(csv.DictReader(io.StringIO(text)))
    assert rows["乔审"]["手机号"] == people.heng.phone and rows["顾明远"]["手机号"] == ""
    assert rows["乔审"]["姓名"] == "周衡"
    assert client_of(people.qiao).get(path.replace("csv", "xlsx")).content.startswith(b"PK")
    assert client_of(people.qiao).get(path.replace("csv", "exe")).status_code == 404


def test_scan_sign_in_press(people: People, client_of: Clients, frozen: Callable[[str], None]) -> None:
    """The code is seen by this browser; the button may be pressed up to five minutes later, by nobody else."""
    term = a_term(people)
    session = a_session(people, term, 3)
    for one in (people.ruoxi, people.heng):
        enrol(term_id=term.pk, actor=one)
    frozen("2026-03-03T09:10:05")
    here = f"/training/here/{session.slug}/"
    code = presence.code_for(session.slug, clock.now())
    shown = client_of(people.mingyuan).get(f"/training/sessions/{session.slug}/code/now/").content.decode()
    assert "25 秒后换码" in shown and "0 / 2" in shown and "data:image/svg+xml" in shown
    browser = Client()
    assert browser.get(f"{here}{code}/")["Location"] == here
    assert browser.get(here)["Location"].startswith("/accounts/login/")
    phone = client_of(people.ruoxi)
    phone.get(f"{here}{code}/")
    frozen("2026-03-03T09:12:00")
    assert "您已签到" in phone.post(here, follow=True).content.decode()
    friend = client_of(people.heng)
    assert friend.post(here).status_code == 409
    friend.get(f"{here}{code}/")
    assert friend.post(here).status_code == 409
    assert [mark.enrolment.user for mark in Attendance.objects.all()] == [people.ruoxi]


def test_the_catalogue_filters_sorts_and_leaves_as_a_file(people: People) -> None:
    a_course(people)
    a_course(people, name="医疗器械成果转化", track="04", mode="onsite")
    browser = Client()
    every = browser.get("/training/courses/").content.decode()
    assert every.index("初级通用课") < every.index("医疗器械成果转化")
    found = browser.get("/training/courses/", {"track": "04", "sort": "name"}).content.decode()
    assert "医疗器械成果转化" in found and "初级通用课" not in found
    assert "没有找到课程" in browser.get("/training/courses/", {"q": "织布"}).content.decode()
    for junk in ({"track": "99"}, {"page": "x"}, {"sort": "'"}, {"association": "x" * 400}):
        assert browser.get("/training/courses/", junk).status_code == 200
    rows = list(csv.reader(io.StringIO(browser.get("/training/courses/?format=csv").content.decode("utf-8-sig"))))
    assert len(rows) == 3 and rows[0][0] == "课程名称"


def test_english_pages_have_no_chinese_buttons(people: People, client_of: Clients) -> None:
    term = a_term(people)
    browser = client_of(people.qiao)
    browser.cookies["django_language"] = "en"
    page = browser.get(f"/training/terms/{term.slug}/").content.decode()
    for word in ("Edit term", "Plan a session", "Cancel the term", "Timetable", "Common course, first step"):
        assert word in page


def test_endpoints_do_what_the_pages_do(people: People, client_of: Clients, frozen: Callable[[str], None]) -> None:
    def call(user: Any, method: str, path: str, **body: Any) -> tuple[int, Any]:
        send, given = getattr(client_of(user), method), json.dumps(body) if body else None
        answer = send(f"/api/v1/training{path}", given, content_type="application/json")
        return answer.status_code, answer.json()

    made = call(people.qiao, "post", f"/associations/{people.association.slug}/courses", **COURSE)
    assert made[0] == 201
    course = made[1]["slug"]
    assert call(people.heng, "put", f"/courses/{course}", **COURSE)[0] == 403
    body = {
        "name": "一期",
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
        "seats": 1,
        "teachers": [people.mingyuan.slug],
    }
    status, term = call(people.qiao, "post", f"/courses/{course}/terms", **body)
    path = f"/terms/{term['slug']}"
    assert status == 201 and term["state"] == "draft"
    meeting = {
        "kind": "common",
        "topic": "一",
        "starts_at": "2026-03-03T09:00:00+08:00",
        "ends_at": "2026-03-03T12:00:00+08:00",
    }
    status, session = call(people.qiao, "post", f"{path}/sessions", **meeting)
    assert status == 201
    assert call(people.qiao, "post", f"{path}/sessions", **(meeting | {"starts_at": "2026-03-03T09:00:00"}))[0] == 422
    assert call(people.qiao, "post", f"{path}/open")[1]["state"] == "open"
    assert call(people.ruoxi, "post", f"{path}/enrolment")[1]["state"] == "seated"
    waiting = call(people.heng, "post", f"{path}/enrolment")[1]
    assert (waiting["state"], waiting["line"]) == ("waiting", 1)
    frozen("2026-03-03T09:00")
    code = presence.code_for(session["slug"], clock.now())
    assert call(people.ruoxi, "post", f"/sessions/{session['slug']}/presence", code=code)[0] == 200
    assert call(people.ruoxi, "post", f"/sessions/{session['slug']}/presence", code="1-2")[0] == 409
    assert call(people.qiao, "post", f"{path}/finish")[0] == 409
    frozen("2026-03-03T12:00")
    assert call(people.qiao, "post", f"{path}/finish")[1]["state"] == "finished"
    assert call(people.ruoxi, "get", "/mine/enrolments")[1][0]["minutes"] == {"common": 180}
    assert len(call(people.ruoxi, "get", "/mine/hours")[1]) == 4 and len(call(people.ruoxi, "get", "/lessons")[1]) == 12
