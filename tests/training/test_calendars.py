"""Calendars, read by a real parser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.training.classes import a_session, a_term, at
from tests.world import People
from yinxian.network.models import User
from yinxian.training.calendars import address_for
from yinxian.training.models import Term
from yinxian.training.operations.calendars import renew_calendar
from yinxian.training.operations.enrolments import enrol, give_up
from yinxian.training.operations.sessions import cancel_session, change_session
from yinxian.training.operations.terms import cancel_term


@pytest.fixture
def term(people: People, frozen: Callable[[str], None]) -> Term:
    frozen("2026-02-20T09:00")
    made = a_term(people)
    a_session(people, made, 3, topic='逗号,分号;换行\n与引号"')
    a_session(people, made, 4, link="https://meet.example/room")
    return made


def events(path: str) -> list[Any]:
    answer = Client().get(path)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    content = answer.content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))  # RFC 5545, 3.1, in octets
    parsed = Calendar.from_ical(content)
    assert parsed["VERSION"] == "2.0" and not parsed.errors
    assert [zone["TZID"] for zone in parsed.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    return sorted(parsed.walk("VEVENT"), key=lambda event: event["DTSTART"].dt)


def paths(term: Term) -> list[str]:
    return [
        f"/training/terms/{term.slug}/calendar.ics",
        f"/training/courses/{term.course.slug}/calendar.ics",
        f"/training/associations/{term.course.association.slug}/calendar.ics",
    ]


def own(user: User) -> str:
    address = address_for(user)
    return address[address.index("/training/") :]


def test_a_parser_reads_times_in_chinas_zone(people: People, term: Term) -> None:
    for path in paths(term):
        first, second = events(path)
        assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"
        assert first["DTSTART"].dt == at(3, 9) and first["DTEND"].dt.utcoffset() == dt.timedelta(hours=8)
        assert "逗号,分号;换行" in first["SUMMARY"] and first["LOCATION"] == "协会三楼"
        assert (first["STATUS"], first["SEQUENCE"]) == ("CONFIRMED", 0)
        assert first["UID"] != second["UID"] and term.slug in first["URL"]
        assert "meet.example" not in str(second.to_ical())


def test_a_moved_meeting_keeps_its_uid_and_a_cancelled_one_says_so(people: People, term: Term) -> None:
    before = [event["UID"] for event in events(paths(term)[0])]
    first, second = term.sessions.order_by("starts_at")
    values = {"kind": "common", "topic": "改期", "starts_at": at(5, 9), "ends_at": at(5, 12)}
    change_session(session_id=first.pk, actor=people.qiao, values=values)
    cancel_session(session_id=second.pk, actor=people.qiao, reason="停电")
    cancelled, moved = events(paths(term)[0])
    assert [moved["UID"], cancelled["UID"]] == before
    assert (moved["SEQUENCE"], moved["STATUS"], moved["DTSTART"].dt) == (1, "CONFIRMED", at(5, 9))
    assert (cancelled["SEQUENCE"], cancelled["STATUS"]) == (1, "CANCELLED") and "停电" in cancelled["DESCRIPTION"]


def test_a_cancelled_term_cancels_what_is_ahead(people: People, term: Term) -> None:
    enrol(term_id=term.pk, actor=people.ruoxi)
    cancel_term(term_id=term.pk, actor=people.qiao, reason="报名太少")
    for path in (*paths(term), own(people.ruoxi)):
        assert [event["STATUS"] for event in events(path)] == ["CANCELLED", "CANCELLED"]


def test_the_persons_own_calendar_has_seats_and_teaching_with_the_link(people: People, term: Term) -> None:
    for one in (people.ruoxi, people.heng, people.lan):
        mine = enrol(term_id=term.pk, actor=one)
    assert mine.state == "waiting" and events(own(people.lan)) == []
    assert len(events(own(people.ruoxi))) == 2
    assert len(events(own(people.mingyuan))) == 2
    assert "meet.example/room" in events(own(people.ruoxi))[1]["DESCRIPTION"]
    give_up(enrolment_id=term.enrolments.get(user=people.ruoxi).pk, actor=people.ruoxi)
    assert events(own(people.ruoxi)) == [] and len(events(own(people.lan))) == 2


def test_a_renewed_address_is_another_and_the_old_one_opens_nothing(
    people: People, client_of: Callable[..., Client]
) -> None:
    old = own(people.ruoxi)
    assert Client().get(old).status_code == 200
    assert client_of(people.ruoxi).post("/training/calendar/renew/").status_code == 302
    new = own(people.ruoxi)
    assert new != old
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    renew_calendar(actor=people.ruoxi)
    assert Client().get(new).status_code == 404
    assert people.ruoxi.slug not in own(people.heng)
    stolen = own(people.heng).replace(people.heng.slug, people.ruoxi.slug)
    assert Client().get(stolen).status_code == 404


def test_what_is_in_preparation_is_in_no_public_calendar(people: People, term: Term) -> None:
    draft = a_term(people, term.course, name="筹备的班", opened=False)
    a_session(people, draft, 9, topic="还没说")
    assert len(events(paths(term)[1])) == len(events(paths(term)[2])) == 2
    assert Client().get(paths(draft)[0]).status_code == 404
