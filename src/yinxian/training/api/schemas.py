"""What goes in and out."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class ModulePart(Schema):
    """``kind``: common, policy, skills or advance; minutes planned."""

    kind: str
    minutes: int
    about: str = ""


class CourseIn(Schema):
    """``track`` is a technology field (01 to 11) or empty for everyone; ``mode``: onsite, online or mixed."""

    name: str
    name_en: str = ""
    track: str = ""
    step: int = 1
    mode: str = "onsite"
    about: str = ""
    about_en: str = ""
    modules: list[ModulePart]
    attendance_percent: int = 80


class CourseOut(CourseIn):
    slug: str
    association: str


class CoursesOut(Schema):
    count: int
    page: int
    pages: int
    items: list[CourseOut]


class CourseTermIn(Schema):
    """``teachers`` by mobile number or person's number (U…)."""

    name: str
    starts_on: dt.date
    ends_on: dt.date
    place: str = ""
    seats: int
    fee_fen: int = 0
    teachers: list[str] = []
    material: str = ""


class MeetingIn(Schema):
    """Moments with a zone; ``teacher`` is a person's number."""

    kind: str
    topic: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""
    link: str = ""
    teacher: str = ""


class MeetingOut(Schema):
    """``sequence`` counts the changes; the link is for those in the term."""

    slug: str
    kind: str
    topic: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    sequence: int
    cancelled: bool


class CourseTermOut(Schema):
    slug: str
    course: str
    name: str
    state: str
    starts_on: dt.date
    ends_on: dt.date
    place: str
    seats: int
    taken: int
    waiting: int
    fee_fen: int
    sessions: list[MeetingOut]


class EnrolmentOut(Schema):
    """``state``: seated, waiting, given_up, completed or incomplete; ``line`` counts from 1 while one waits."""

    slug: str
    term: str
    state: str
    line: int
    minutes: dict[str, int]


class RollOut(Schema):
    """One learner; ``present`` is null before anyone said anything."""

    enrolment: str
    name: str
    present: bool | None
    how: str


class RollIn(Schema):
    """Enrolments that were there; everyone else was not. A correction needs a reason."""

    present: list[str]
    reason: str = ""


class PresenceIn(Schema):
    """The code on the projector as it was scanned."""

    code: str


class TrainingReasonIn(Schema):
    reason: str


class TrainingFeeIn(Schema):
    paid_fen: int
    paid_on: dt.date | None = None
    note: str = ""


class HoursOut(Schema):
    """Minutes by kind of module that stand as facts, beside the hours that the next level asks (null: open)."""

    kind: str
    minutes: int
    asked_hours: int | None


class LessonOut(Schema):
    number: int
    name: str
    title: str
    kind: str
    minutes: int
    read: bool


class ChoiceIn(Schema):
    """The place of the choice, from 0."""

    choice: int


class InternshipIn(Schema):
    """``mentor`` is a manager's number (M…)."""

    mentor: str
    aim: str


class InternshipAnswerIn(Schema):
    accept: bool
    deal: str = ""
    answer: str = ""


class WeekIn(Schema):
    week: dt.date
    hours: int
    text: str


class InternshipSignIn(Schema):
    """``verdict``: passed or failed."""

    hours: int
    verdict: str
    review: str


class InternshipOut(Schema):
    """Of the deal its number only."""

    slug: str
    state: str
    trainee: str
    mentor: str
    deal_number: str
    hours: int | None
    days: int
    verdict: str
