"""Courses, terms, attendance, internships and lessons of the demo year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yinxian.credentials.models import Level
from yinxian.credentials.operations.levels import edit_level
from yinxian.credentials.queries.levels import current_version
from yinxian.deals.models import Deal
from yinxian.kernel import clock
from yinxian.training import presence
from yinxian.training.lessons import all_lessons
from yinxian.training.models import Enrolment, Session, Term
from yinxian.training.operations.attendance import check_in, mark_list
from yinxian.training.operations.courses import create_course
from yinxian.training.operations.enrolments import enrol, record_fee
from yinxian.training.operations.finishing import finish_term
from yinxian.training.operations.internships import (
    accept_internship,
    ask_for_internship,
    sign_internship,
    write_week,
)
from yinxian.training.operations.lessons import answer_lesson
from yinxian.training.operations.sessions import cancel_session, plan_session
from yinxian.training.operations.terms import add_file, create_term, open_term

from .content import Record, extra, records
from .timeline import Event, World

MADE, THEN, ROLL, LAST = 30, 35, 50, 70
POINTS = {"learning": 12, "practice": 20}  # for its renewal
HOURS = {"common": 6, "policy": 3, "skills": 6, "advance": 2}  # what the first level of the demo asks


def events(world: World) -> Iterator[Event]:
    for course in records("course"):
        yield Event(course["days"], MADE, partial(_course, world, course))
        for term in course.get("term", ()):
            yield from _term_events(world, course, term)
    first = records("course")[0]
    yield Event(first["days"], LAST, partial(_ask_for_hours, world, first))
    for one in extra("course", "internship"):
        yield Event(one["asked"], MADE, partial(_ask, world, one))
        if "accepted" in one:
            yield Event(one["accepted"], MADE, partial(_accept, world, one))
        for week in one.get("weeks", ()):
            yield Event(week["days"], MADE, partial(_week, world, one, week))
        if "signed" in one:
            yield Event(one["signed"], THEN, partial(_sign, world, one))
    for one in extra("course", "reading"):
        yield Event(one["days"], LAST, partial(_read, world, one))


def _term_events(world: World, course: Record, term: Record) -> Iterator[Event]:
    yield Event(term["days"], THEN, partial(_term, world, course, term))
    yield Event(term["opens"], MADE, partial(_open, world, course, term))
    for session in term["sessions"]:
        if session.get("scanned"):
            yield Event(session["days"], ROLL, partial(_scan, world, term, session))
        if session.get("present"):
            yield Event(session["days"] + 1, ROLL, partial(_roll, world, term, session))
        if "late" in session:
            yield Event(session["late"]["days"], ROLL, partial(_mark_anew, world, term, session))
    if "finished" in term:
        yield Event(term["finished"], LAST, partial(_finish, world, course, term))


def _course(world: World, course: Record) -> None:
    names = ("name", "name_en", "track", "step", "mode", "about", "about_en", "modules", "attendance_percent")
    made = create_course(
        association_id=world.pk("organisation", course["association"]),
        actor=world.people[course["keeper"]],
        values={name: course[name] for name in names},
    )
    world.keep("course", course["key"], made.pk)


def _ask_for_hours(world: World, course: Record) -> None:
    """The association decides how many hours its first level asks, and how many points its renewal, now that there is
    a course that gives them."""
    level = Level.objects.get(association=world.pk("organisation", course["association"]), rank=1)
    now = current_version(level)
    lines = [line | {"at_least": HOURS[line["name"]]} if line["kind"] == "hours" else line for line in now.requirements]
    values = {
        "requirements": lines,
        "renewal": [line | {"at_least": POINTS.get(line["kind"], line["at_least"])} for line in now.renewal],
        "valid_months": now.valid_months,
        "note": "按通用课定下学时和续期的积分",
    }
    edit_level(level_id=level.pk, actor=world.people[course["keeper"]], values=values, based_on=now.number)


def _term(world: World, course: Record, term: Record) -> None:
    keeper = world.people[course["keeper"]]
    made = create_term(
        course_id=world.pk("course", course["key"]),
        actor=keeper,
        values={
            **{name: term[name] for name in ("name", "place", "seats", "material")},
            "starts_on": world.day(term["starts"]),
            "ends_on": world.day(term["ends"]),
            "fee_fen": term["fee"],
            "teachers": [world.people[key].slug for key in term["teachers"]],
        },
    )
    world.keep("term", term["key"], made.pk)
    for session in term["sessions"]:
        starts = dt.datetime.combine(world.day(session["days"]), dt.time(9, 0), clock.SHANGHAI)
        planned = plan_session(
            term_id=made.pk,
            actor=keeper,
            values={
                **{name: session[name] for name in ("kind", "topic")},
                "starts_at": starts,
                "ends_at": starts + dt.timedelta(hours=session["hours"]),
                "link": session.get("link", ""),
                "teacher": world.people[session["teacher"]].slug,
            },
        )
        world.keep("session", f"{term['key']}{session['days']}", planned.pk)


def _open(world: World, course: Record, term: Record) -> None:
    """Open, and the first days of enrolment: who came, who paid, which meeting was called off."""
    keeper, pk = world.people[course["keeper"]], world.pk("term", term["key"])
    open_term(term_id=pk, actor=keeper)
    if "handout" in term:
        handout = SimpleUploadedFile(term["handout"]["name"], term["handout"]["text"].encode(), "text/plain")
        add_file(term_id=pk, actor=world.people[term["teachers"][0]], upload=handout)
    for key in term["learners"]:
        made = enrol(term_id=pk, actor=world.people[key])
        if key in term["paid"]:
            record_fee(enrolment_id=made.pk, actor=keeper, paid_fen=term["fee"], paid_on=clock.today(), note="银行回单")
    for session in term["sessions"]:
        if "cancelled" in session:
            cancel_session(session_id=_session(world, term, session).pk, actor=keeper, reason=session["cancelled"])


def _session(world: World, term: Record, session: Record) -> Session:
    return Session.objects.get(pk=world.pk("session", f"{term['key']}{session['days']}"))


def _scan(world: World, term: Record, session: Record) -> None:
    found = _session(world, term, session)
    for key in session["scanned"]:
        code = presence.code_for(found.slug, clock.now())
        check_in(session_id=found.pk, actor=world.people[key], code=code)


def _there(world: World, term: Record, keys: list[str]) -> list[str]:
    wanted = [world.people[key].pk for key in keys]
    found = Enrolment.objects.filter(term=world.pk("term", term["key"]), user__in=wanted)
    return list(found.values_list("slug", flat=True))


def _roll(world: World, term: Record, session: Record) -> None:
    found, teacher = _session(world, term, session), world.people[session["teacher"]]
    mark_list(session_id=found.pk, actor=teacher, present=_there(world, term, session["present"]))
    if "corrected" in session:
        also = [*session["present"], session["corrected"]["person"]]
        reason: Any = session["corrected"]["reason"]
        mark_list(session_id=found.pk, actor=teacher, present=_there(world, term, also), reason=reason)


def _mark_anew(world: World, term: Record, session: Record) -> None:
    """After the term was finished: the hours are counted again, and the points of the first count taken back."""
    found, late = _session(world, term, session), session["late"]
    there = [key for key in session["scanned"] if key != late["absent"]]
    mark_list(
        session_id=found.pk,
        actor=world.people[session["teacher"]],
        present=_there(world, term, there),
        reason=late["reason"],
    )


def _finish(world: World, course: Record, term: Record) -> None:
    found = Term.objects.get(pk=world.pk("term", term["key"]))
    finish_term(term_id=found.pk, actor=world.people[course["keeper"]])


def _ask(world: World, one: Record) -> None:
    mentor, trainee = world.people[one["mentor"]], world.people[one["trainee"]]
    made = ask_for_internship(mentor_id=mentor.pk, actor=trainee, aim=one["aim"])
    world.keep("internship", one["key"], made.pk)


def _accept(world: World, one: Record) -> None:
    deal = Deal.objects.get(pk=world.pk("deal", one["deal"]))
    accept_internship(
        internship_id=world.pk("internship", one["key"]),
        actor=world.people[one["mentor"]],
        deal=deal.slug,
        answer=one["answer"],
    )


def _week(world: World, one: Record, week: Record) -> None:
    write_week(
        internship_id=world.pk("internship", one["key"]),
        actor=world.people[one["trainee"]],
        week=world.day(week["days"]),
        hours=week["hours"],
        text=week["text"],
    )


def _sign(world: World, one: Record) -> None:
    sign_internship(
        internship_id=world.pk("internship", one["key"]),
        actor=world.people[one["mentor"]],
        hours=one["hours"],
        verdict=one["verdict"],
        review=one["review"],
    )


def _read(world: World, one: Record) -> None:
    for lesson in all_lessons()[: one["lessons"]]:
        answer_lesson(lesson=lesson.name, actor=world.people[one["person"]], choice=lesson.right)
